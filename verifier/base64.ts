/** The bytes of a text in base64; undefined where it is not written in the one way in which those bytes are. */
export function readBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}
