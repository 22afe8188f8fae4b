/** The leaves of a day, for whoever keeps them outside the reach of those who run the server (promises §4.4). */
import { sql } from 'kysely'
import { addDays, bogotaInstant } from '../domain/civil-dates.ts'
import { leafFileText } from '../verifier/leaf-file.ts'
import type { Trx } from './client.ts'

/**
 * The file of one civil day in Bogotá: the files of consecutive days follow each other without gap, whatever order events of
 * midnight were written in. Complete once no event of the day waits for the sealer. `origin`: as checkpoints say it.
 */
export async function exportLeaves(trx: Trx, entityId: string, origin: string, day: string): Promise<string> {
  const first = await placesBefore(trx, entityId, day)
  return await leavesBetween(trx, entityId, origin, { first, size: await placesBefore(trx, entityId, addDays(day, 1)) })
}

/** The same of the places [first, size). */
export async function leavesBetween(
  trx: Trx,
  entityId: string,
  origin: string,
  { first, size }: { first: string; size: string },
): Promise<string> {
  const { rows } = await sql<{ leaf: string }>`
    select encode(leaf, 'hex') as leaf from log_leaf where entity_id = ${entityId} and n >= ${first} and n < ${size}
    order by n`.execute(trx)
  return leafFileText({ origin, from: Number(first), leaves: rows.map(({ leaf }) => leaf) })
}

/** How many places the log has up to the last event before that day. */
export async function placesBefore(trx: Trx, entityId: string, day: string): Promise<string> {
  const { rows } = await sql<{ places: string }>`
    select l.n + 1 as places from log_leaf l join event e on e.id = l.event_id
    where l.entity_id = ${entityId} and e.at < ${bogotaInstant(day, '00:00')} order by l.n desc limit 1`.execute(trx)
  return rows[0]?.places ?? '0'
}
