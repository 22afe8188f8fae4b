/** Keys and codes of the second factor (RFC 6238), and how a key is kept. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { DIGITS, stepAt, TOLERATED_STEPS } from '../domain/second-factor.ts'

const NONCE = 12
const TAG = 16
const KEY_BYTES = 20

export const newKey = () => randomBytes(KEY_BYTES)

/** The code of a key at a step (RFC 4226, section 5.3, over the number of the step). */
export function codeAt(key: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', key).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  const number = digest.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** The step a code is of, near an instant; null where it is of none, whoever looks at the time it takes. */
export function stepOf(key: Uint8Array, code: string, at: Date): number | null {
  const now = stepAt(at)
  const given = Buffer.from(code.padEnd(DIGITS).slice(0, DIGITS))
  let found: number | null = null
  for (let step = now - TOLERATED_STEPS; step <= now + TOLERATED_STEPS; step++)
    if (timingSafeEqual(given, Buffer.from(codeAt(key, step)))) found = step
  return code.length === DIGITS ? found : null
}

const sealingKey = (secret: string) => createHmac('sha256', secret).update('caracteriza:second-factor').digest()

/** AES-256-GCM bound to the account; nonce, tag and ciphertext in that order. */
export function sealKey(secret: string, accountId: string, key: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', sealingKey(secret), nonce).setAAD(Buffer.from(accountId))
  const text = Buffer.concat([cipher.update(key), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text])
}

/** Throws where it was sealed for another account or with another secret, or was altered. */
export function openSealedKey(secret: string, accountId: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(secret), sealed.subarray(0, NONCE))
    .setAAD(Buffer.from(accountId))
    .setAuthTag(sealed.subarray(NONCE, NONCE + TAG))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()])
}
