/** Texts sealed with AES-256-GCM to one place: they open nowhere else. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const NONCE = 12
const TAG = 16

/** Table, column, row and whatever else a sealed text is bound to: it opens nowhere else. */
export type Place = readonly [table: string, column: string, row: string, ...rest: (string | number)[]]

/** Nonce (random, 96 bits), tag and ciphertext, in that order. */
export function seal(key: Buffer, place: Place, content: unknown): Buffer {
  return sealBytes(key, place, Buffer.from(JSON.stringify(content)))
}

/** Throws when it was sealed for another place, under another key, or was altered. */
export function unseal<T>(key: Buffer, place: Place, bytes: Buffer): T {
  return JSON.parse(unsealBytes(key, place, bytes).toString('utf8')) as T
}

export function sealBytes(key: Buffer, place: Place, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(JSON.stringify(place)))
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text])
}

export function unsealBytes(key: Buffer, place: Place, bytes: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE))
    .setAAD(Buffer.from(JSON.stringify(place)))
    .setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
  return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()])
}
