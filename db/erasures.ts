/** Erasures of citizens from their record until nothing made before leads to them any more (model.md §7; Ley 1581 de 2012, art. 8). */
import { sql } from 'kysely'
import { recordEvents } from './audit.ts'
import { dropKey } from './citizens.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'

export interface Erasure {
  id: string
  entityId: string
  citizenId: string
  erasedAt: Date
  isSpread: boolean
  /** SHA-256 of files it made or replaced that may be there although no row names them. */
  leftovers: string[]
}

/** What the list outside the database says of an erasure: ids and the instant, nothing of whom (ISO). */
export interface ListedErasure {
  entityId: string
  citizenId: string
  erasedAt: string
}

export async function findErasure(trx: Trx, id: string): Promise<Erasure | undefined> {
  const row = await trx
    .selectFrom('citizen_tombstone')
    .select(['id', 'entity_id', 'citizen_id', 'erased_at', 'spread_at', 'leftovers'])
    .where('id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      ...{ id: row.id, entityId: row.entity_id, citizenId: row.citizen_id },
      ...{ erasedAt: row.erased_at, isSpread: row.spread_at !== null, leftovers: row.leftovers },
    }
  )
}

/** The oldest erasure of each entity that has not reached everything yet: one goes through its files at a time. Runs over all entities. */
export async function listUnspreadErasures(trx: Trx, limit: number): Promise<{ id: string; entity_id: string }[]> {
  return await trx
    .selectFrom('citizen_tombstone')
    .distinctOn('entity_id')
    .select(['id', 'entity_id'])
    .where('spread_at', 'is', null)
    .orderBy('entity_id')
    .orderBy('erased_at')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Remembers these files too until they are named or removed, so that no crash leaves one behind. */
export async function noteLeftovers(trx: Trx, id: string, files: readonly string[]): Promise<void> {
  await sql`update citizen_tombstone set leftovers = array(select distinct unnest(leftovers || ${files}::text[]))
    where id = ${id}`.execute(trx)
}

export async function markSpread(trx: Trx, id: string): Promise<void> {
  await trx
    .updateTable('citizen_tombstone')
    .set({ spread_at: sql<Date>`app_now()`, leftovers: [] })
    .where('id', '=', id)
    .execute()
}

/** What happened when, and by which act; null where a restored copy is older than the request. */
export interface Tombstone {
  entityId: string
  cause: { requestId: string; actId: string } | null
  at: Date
}

/**
 * Erases a citizen: their key, what is unfinished of theirs, and the keys of their earlier requests; a tombstone says that it
 * was done, by which act, and nothing of whom (promises G19). Answers its id, or null where it was done before.
 */
export async function dropCitizen(
  trx: Trx,
  citizenId: string,
  { entityId, cause, at }: Tombstone,
): Promise<string | null> {
  if (!(await dropKey(trx, citizenId, at))) return null
  const id = newId()
  await trx
    .deleteFrom('capture_draft')
    .where('record_id', 'in', (eb) => eb.selectFrom('capture_record').select('id').where('citizen_id', '=', citizenId))
    .execute()
  await trx
    .updateTable('rights_request')
    .set({ wrapped_key: null, master_key_id: null, lookup_hash: null })
    .where('citizen_id', '=', citizenId)
    .where('ended_at', 'is not', null)
    .execute()
  await trx
    .insertInto('citizen_tombstone')
    .values({
      ...{ id, entity_id: entityId, citizen_id: citizenId, erased_at: at },
      ...{ request_id: cause?.requestId ?? null, act_id: cause?.actId ?? null },
    })
    .execute()
  return id
}

/**
 * Erases again whom a restored copy still knows, and has every erasure of the entity spread anew: files of the copy may be
 * older than its rows. Answers how many citizens the copy still opened.
 */
export async function dropAgain(trx: Trx, entityId: string, listed: readonly ListedErasure[]): Promise<number> {
  const again: string[] = []
  for (const { citizenId, erasedAt } of listed) {
    const id = await dropCitizen(trx, citizenId, { entityId, cause: null, at: new Date(erasedAt) })
    if (id) again.push(id)
  }
  const event = { entityId, type: 'citizen.erased_again', origin: 'system' } as const
  await recordEvents(
    trx,
    again.map((objectId) => ({ ...event, objectId })),
  )
  await trx.updateTable('citizen_tombstone').set({ spread_at: null }).where('entity_id', '=', entityId).execute()
  return again.length
}
