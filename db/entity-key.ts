import { createHmac } from 'node:crypto'

/** The entity's own key for pseudonyms, 32 bytes: the same citizen has another pseudonym in another municipality. */
export function entityKey(secret: string, entityId: string): Buffer {
  return createHmac('sha256', secret).update(`caracteriza:entity:${entityId}`).digest()
}
