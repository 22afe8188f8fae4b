/** The log of each day, published: its last checkpoint and its leaves, for whoever keeps them outside (promises §4.4). */
import { sql } from 'kysely'
import { addDays, bogotaInstant } from '../domain/civil-dates.ts'
import { openCheckpoint } from '../verifier/signed-note.ts'
import type { Trx } from './client.ts'
import { leavesBetween, placesBefore } from './leaf-files.ts'
import { findCheckpoint, listLogKeys } from './log-checkpoints.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { isWaiting } from './sealed-log.ts'

export interface LogDay {
  day: string
  /** Events that came after the day published before it. */
  events: number
  /** Events of the log up to the end of the day. */
  size: number
}

/**
 * The days of an entity's log up to `day` that nobody was given yet, as one: what happened since the last one published. Answers
 * the checkpoint that covers it; `nothing` where nothing happened since, `waiting` where no checkpoint covers it yet.
 */
export async function publishLogDay(
  trx: Trx,
  entityId: string,
  day: string,
): Promise<'nothing' | 'waiting' | (LogDay & { note: string })> {
  const first = await publishedUpTo(trx, entityId)
  if (await isWaiting(trx, entityId, bogotaInstant(addDays(day, 1), '00:00'))) return 'waiting'
  const size = BigInt(await placesBefore(trx, entityId, addDays(day, 1)))
  if (size <= first) return 'nothing'
  const checkpoint = await findCheckpoint(trx, entityId, size - 1n)
  if (!checkpoint) return 'waiting'
  await trx
    .insertInto('log_day')
    .values({
      ...{ entity_id: entityId, day, first: String(first), size: String(size) },
      checkpoint_size: String(checkpoint.size),
    })
    .execute()
  return { day, events: Number(size - first), size: Number(size), note: checkpoint.note }
}

async function publishedUpTo(trx: Trx, entityId: string): Promise<bigint> {
  const last = await trx
    .selectFrom('log_day')
    .select('size')
    .where('entity_id', '=', entityId)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst()
  return BigInt(last?.size ?? 0)
}

export interface PublishedLog {
  entityId: string
  name: string
  lastDay: string
}

/** Whose logs have a day that was published, by name. */
export async function listPublishedLogs(
  trx: Trx,
  { cursor, limit }: { cursor: string | null; limit: number },
): Promise<Page<PublishedLog>> {
  const after = decodeCursor(cursor, ['text', 'id'])
  const { rows } = await sql<PublishedLog>`
    select e.id as "entityId", e.name, d.day as "lastDay" from entity e
    join lateral (select day from log_day where entity_id = e.id order by day desc limit 1) d on true
    where ${after ? sql`(e.name, e.id) > (${after[0]}, ${after[1]}::uuid)` : sql`true`}
    order by e.name, e.id limit ${limit + 1}`.execute(trx)
  return pageOf(rows, limit, ({ name, entityId }) => [name, entityId])
}

/** The published days of one log, newest first, with the keys that sign it; undefined where none was published. */
export async function findPublishedLog(
  trx: Trx,
  entityId: string,
  { cursor, limit }: { cursor: string | null; limit: number },
): Promise<{ name: string; keys: string[]; days: Page<LogDay> } | undefined> {
  const entity = await trx
    .selectFrom('entity')
    .select('name')
    .where('id', '=', entityId)
    .where((eb) => eb.exists(eb.selectFrom('log_day').select('day').where('entity_id', '=', entityId)))
    .executeTakeFirst()
  if (!entity) return undefined
  const after = decodeCursor(cursor, ['date'])
  const rows = await trx
    .selectFrom('log_day')
    .select(['day', 'first', 'size'])
    .where('entity_id', '=', entityId)
    .$if(after !== null, (query) => query.where('day', '<', after?.[0] ?? ''))
    .orderBy('day', 'desc')
    .limit(limit + 1)
    .execute()
  const page = pageOf(rows, limit, ({ day }) => [day])
  const days = page.rows.map(({ day, first, size }) => ({
    day,
    events: Number(size) - Number(first),
    size: Number(size),
  }))
  return { name: entity.name, keys: await listLogKeys(trx, entityId), days: { next: page.next, rows: days } }
}

/** The checkpoint or the leaves of a published day, as text; undefined where the day was not published. */
export async function findLogDayFile(
  trx: Trx,
  entityId: string,
  day: string,
  kind: 'checkpoint' | 'leaves',
): Promise<string | undefined> {
  const found = await trx
    .selectFrom('log_day')
    .innerJoin('log_checkpoint as c', (join) =>
      join.onRef('c.entity_id', '=', 'log_day.entity_id').onRef('c.size', '=', 'log_day.checkpoint_size'),
    )
    .select(['log_day.first', 'log_day.size', 'c.note'])
    .where('log_day.entity_id', '=', entityId)
    .where('log_day.day', '=', day)
    .executeTakeFirst()
  if (!found) return undefined
  if (kind === 'checkpoint') return found.note
  const { origin } = openCheckpoint(found.note, await listLogKeys(trx, entityId))
  return await leavesBetween(trx, entityId, origin, found)
}
