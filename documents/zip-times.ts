/** The times that a zip archive carries of its parts. */

/** 1 January 1980 at 0:00, the first time a zip can say, as its four bytes. */
const NO_TIME = Buffer.from([0x00, 0x00, 0x21, 0x00])
const END_BYTES = 22
const ENTRY_BYTES = 46

/** Takes the times out of an archive without a comment, in place: equal contents are then equal bytes. Throws where it is none. */
export function withoutTimes(zip: Buffer): Buffer {
  const end = zip.length - END_BYTES
  if (end < 0 || zip.toString('latin1', end, end + 4) !== 'PK\x05\x06') throw new Error('no zip archive')
  let entry = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    NO_TIME.copy(zip, entry + 12)
    NO_TIME.copy(zip, zip.readUInt32LE(entry + 42) + 10)
    const [name, extra, comment] = [28, 30, 32].map((at) => zip.readUInt16LE(entry + at)) as [number, number, number]
    entry += ENTRY_BYTES + name + extra + comment
  }
  return zip
}
