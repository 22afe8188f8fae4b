/** Citizens as the record knows them: an id, a keyed hash of the document, a wrapped key (promises §4.5). */
import { type CitizenDocument, normalizedDocument } from '../domain/citizens.ts'
import { Refused } from '../domain/refusals.ts'
import { lookupHash, mintKey, unwrapKey } from './citizen-keys.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'

/** Whose keys: the installation's secret and the entity. */
export interface KeyRing {
  secret: string
  entityId: string
}

export interface OpenedCitizen {
  id: string
  key: Buffer
}

/**
 * The citizen of a document with an open key, known already or made now; without a document always somebody new. Two at
 * once for the same document have the same citizen: the second waits for the first.
 */
export async function openCitizen(trx: Trx, ring: KeyRing, document: CitizenDocument | null): Promise<OpenedCitizen> {
  const known = document && normalizedDocument(document)
  const hash = known ? lookupHash(ring.secret, ring.entityId, known) : null
  const id = newId()
  const { key, wrapped, masterKeyId } = mintKey(ring.secret, ring.entityId, id)
  const added = await trx
    .insertInto('citizen')
    .values({
      ...{ id, entity_id: ring.entityId, lookup_hash: hash, key_state: 'active' },
      ...{ wrapped_key: wrapped, master_key_id: masterKeyId },
    })
    .onConflict((oc) => oc.columns(['entity_id', 'lookup_hash']).where('key_state', '<>', 'destroyed').doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows === 1n) return { id, key }
  const { id: citizenId } = await trx
    .selectFrom('citizen')
    .select('id')
    .where('entity_id', '=', ring.entityId)
    .where('lookup_hash', '=', hash)
    .where('key_state', '<>', 'destroyed')
    .executeTakeFirstOrThrow()
  return { id: citizenId, key: await openKey(trx, ring, citizenId) }
}

/** The key of a citizen, made now where there never was one. Throws `Refused` where it was destroyed: it never returns. */
export async function openKey(trx: Trx, ring: KeyRing, citizenId: string): Promise<Buffer> {
  const row = await trx
    .selectFrom('citizen')
    .select(['key_state', 'wrapped_key', 'master_key_id'])
    .where('id', '=', citizenId)
    .executeTakeFirst()
  if (row?.key_state === 'destroyed') throw new Refused('citizen_erased')
  if (row?.wrapped_key && row.master_key_id)
    return unwrapKey(ring.secret, ring.entityId, citizenId, {
      wrapped: row.wrapped_key,
      masterKeyId: row.master_key_id,
    })
  return await giveKey(trx, ring, citizenId)
}

async function giveKey(trx: Trx, ring: KeyRing, citizenId: string): Promise<Buffer> {
  const { key, wrapped, masterKeyId } = mintKey(ring.secret, ring.entityId, citizenId)
  const given = await trx
    .updateTable('citizen')
    .set({ key_state: 'active', wrapped_key: wrapped, master_key_id: masterKeyId })
    .where('id', '=', citizenId)
    .where('key_state', '=', 'never')
    .executeTakeFirst()
  if (given.numUpdatedRows !== 1n) throw new Error(`citizen ${citizenId} has no key to open`)
  return key
}

/**
 * Destroys the key of a citizen: nothing sealed under it opens again, in no copy of the database, and it never returns. The
 * document no longer leads to them either. False where it was destroyed before.
 */
export async function dropKey(trx: Trx, citizenId: string, at: Date): Promise<boolean> {
  const dropped = await trx
    .updateTable('citizen')
    .set({ key_state: 'destroyed', wrapped_key: null, master_key_id: null, lookup_hash: null, destroyed_at: at })
    .where('id', '=', citizenId)
    .where('key_state', '<>', 'destroyed')
    .executeTakeFirst()
  return dropped.numUpdatedRows === 1n
}
