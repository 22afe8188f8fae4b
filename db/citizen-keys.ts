/**
 * What identifies a citizen at rest (promises §4.5): AES-256-GCM under a key of the citizen's own, wrapped by a key that
 * only the installation's secret gives. Whoever destroys the wrapped key destroys every copy of what it sealed.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import type { CitizenDocument } from '../domain/citizens.ts'

const NONCE = 12
const TAG = 16

/** Table, column, row and whatever else a sealed text is bound to: it opens nowhere else. */
export type Place = readonly [table: string, column: string, row: string, ...rest: (string | number)[]]

export interface WrappedKey {
  wrapped: Buffer
  /** Tells under which secret of the installation it was wrapped; says nothing about the secret. */
  masterKeyId: string
}

function derived(secret: string, purpose: string): Buffer {
  return createHmac('sha256', secret).update(`caracteriza:${purpose}`).digest()
}

function masterKey(secret: string, entityId: string): { key: Buffer; id: string } {
  const key = derived(secret, `citizens:${entityId}`)
  return { key, id: createHash('sha256').update(key).digest('hex').slice(0, 16) }
}

/** Under which the drafts of one entity are sealed: they live a day and belong to nobody yet. */
export function draftKey(secret: string, entityId: string): Buffer {
  return derived(secret, `capture-drafts:${entityId}`)
}

/** Nonce (random, 96 bits), tag and ciphertext, in that order. */
export function seal(key: Buffer, place: Place, content: unknown): Buffer {
  return sealed(key, place, Buffer.from(JSON.stringify(content)))
}

/** Throws when it was sealed for another place, under another key, or was altered. */
export function unseal<T>(key: Buffer, place: Place, bytes: Buffer): T {
  return JSON.parse(unsealed(key, place, bytes).toString('utf8')) as T
}

/** A new key of a citizen's own, and how it is kept. */
export function mintKey(secret: string, entityId: string, citizenId: string): WrappedKey & { key: Buffer } {
  const { key: master, id } = masterKey(secret, entityId)
  const key = randomBytes(32)
  return { key, wrapped: sealed(master, keyPlace(entityId, citizenId), key), masterKeyId: id }
}

/** Throws where the installation's secret is not the one it was wrapped under. */
export function unwrapKey(secret: string, entityId: string, citizenId: string, kept: WrappedKey): Buffer {
  const { key: master, id } = masterKey(secret, entityId)
  if (id !== kept.masterKeyId) throw new Error('the keys of the citizens were wrapped under another secret')
  return unsealed(master, keyPlace(entityId, citizenId), kept.wrapped)
}

/**
 * By which a document is looked up: HMAC-SHA-256 under a key of the entity's own, so that the same person is another one in
 * another municipality and nobody can try numbers. The document is normalised (domain/citizens.ts).
 */
export function lookupHash(secret: string, entityId: string, { type, number }: CitizenDocument): Buffer {
  return createHmac('sha256', derived(secret, `citizen-lookup:${entityId}`))
    .update(`${type}\u001f${number}`)
    .digest()
}

const keyPlace = (entityId: string, citizenId: string): Place => ['citizen', 'wrapped_key', citizenId, entityId]

function sealed(key: Buffer, place: Place, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(JSON.stringify(place)))
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text])
}

function unsealed(key: Buffer, place: Place, bytes: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE))
    .setAAD(Buffer.from(JSON.stringify(place)))
    .setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
  return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()])
}
