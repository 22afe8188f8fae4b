/**
 * What identifies a citizen at rest (promises §4.5): AES-256-GCM under a key of the citizen's own, wrapped by a key of the entity's
 * (db/entity-key.ts). Whoever destroys the wrapped key destroys every copy of what it sealed.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { CitizenDocument } from '../domain/citizens.ts'
import { keyOfEntity } from './entity-key.ts'
import { type Place, sealBytes, unsealBytes } from './sealed-texts.ts'

export interface WrappedKey {
  wrapped: Buffer
  /** Tells by which key of the entity it was wrapped; says nothing about that key. */
  masterKeyId: string
}

function masterKey(secret: string, entityId: string): { key: Buffer; id: string } {
  const key = keyOfEntity(secret, entityId, 'citizens')
  return { key, id: createHash('sha256').update(key).digest('hex').slice(0, 16) }
}

/** Under which the drafts of one entity are sealed: they live a day and belong to nobody yet. */
export function draftKey(secret: string, entityId: string): Buffer {
  return keyOfEntity(secret, entityId, 'capture-drafts')
}

/** A new key of a citizen's own, and how it is kept. */
export function mintKey(secret: string, entityId: string, citizenId: string): WrappedKey & { key: Buffer } {
  const { key: master, id } = masterKey(secret, entityId)
  const key = randomBytes(32)
  return { key, wrapped: sealBytes(master, keyPlace(entityId, citizenId), key), masterKeyId: id }
}

/** Throws where the installation's secret is not the one it was wrapped under. */
export function unwrapKey(secret: string, entityId: string, citizenId: string, kept: WrappedKey): Buffer {
  const { key: master, id } = masterKey(secret, entityId)
  if (id !== kept.masterKeyId) throw new Error('the keys of the citizens were wrapped under another secret')
  return unsealBytes(master, keyPlace(entityId, citizenId), kept.wrapped)
}

/**
 * By which a document is looked up: HMAC-SHA-256 under a key of the entity's own, so that the same person is another one in
 * another municipality and nobody can try numbers. The document is normalised (domain/citizens.ts).
 */
export function lookupHash(secret: string, entityId: string, { type, number }: CitizenDocument): Buffer {
  return createHmac('sha256', keyOfEntity(secret, entityId, 'citizen-lookup'))
    .update(`${type}\u001f${number}`)
    .digest()
}

const keyPlace = (entityId: string, citizenId: string): Place => ['citizen', 'wrapped_key', citizenId, entityId]
