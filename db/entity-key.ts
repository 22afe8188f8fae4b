import { createHmac } from 'node:crypto'
import { adoptedKey } from './adopted-keys.ts'

/** What an entity has a key of its own for. */
export const KEY_PURPOSES = [
  'citizens',
  'capture-drafts',
  'citizen-lookup',
  'entity',
  'originals',
  'connections',
] as const
export type KeyPurpose = (typeof KEY_PURPOSES)[number]

/** A key of one entity, 32 bytes: the installation's secret gives it, unless the entity brought it from another installation (decision 0065). */
export function keyOfEntity(secret: string, entityId: string, purpose: KeyPurpose): Buffer {
  return (
    adoptedKey(secret, entityId, purpose) ??
    createHmac('sha256', secret).update(`caracteriza:${purpose}:${entityId}`).digest()
  )
}

/** The entity's own key for pseudonyms: the same citizen has another pseudonym in another municipality. */
export function entityKey(secret: string, entityId: string): Buffer {
  return keyOfEntity(secret, entityId, 'entity')
}
