/** What somebody has to do by a day (features D10 to D12): opened, moved and ended in the transaction of whatever causes it. */
import { type SqlBool, sql } from 'kysely'
import { type FollowUpKind, RISK_FOLLOW_UPS } from '../domain/follow-ups.ts'
import type { Trx } from './client.ts'
import { appNow } from './clock.ts'
import { planDayNotices } from './day-notices.ts'
import { newId } from './ids.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

export interface FollowUpKey {
  entityId: string
  kind: FollowUpKind
  /** Finding, risk or indicator it is about. */
  objectId: string
}

export interface NewFollowUp extends FollowUpKey {
  /** Of the object, as pages show it. */
  code: string
  duty: string
  /** The one position that answers; null where whoever has the duty does. */
  positionId: string | null
  /** Civil date by which. */
  dueOn: string
}

/**
 * Asks for it, or for the open one of its kind by another day or of another position; the same again changes nothing.
 * `tellsNow`: who answers hears of it at once, and not only as its day comes near. `postpones`: false where the day of an open one
 * comes no later.
 */
export async function openFollowUp(
  trx: Trx,
  asked: NewFollowUp,
  { tellsNow = false, postpones = true } = {},
): Promise<void> {
  const { entityId, kind, objectId, code, duty, positionId } = asked
  const standing = await trx
    .selectFrom('follow_up')
    .select(['id', 'due_on', 'duty', 'position_id'])
    .where('object_id', '=', objectId)
    .where('kind', '=', kind)
    .where('status', '=', 'open')
    .forUpdate()
    .executeTakeFirst()
  const dueOn = standing && !postpones && standing.due_on < asked.dueOn ? standing.due_on : asked.dueOn
  const of = { duty, position_id: positionId, due_on: dueOn }
  if (standing?.due_on === dueOn && standing.duty === duty && standing.position_id === positionId) return
  const id = standing?.id ?? newId()
  if (standing)
    await trx
      .updateTable('follow_up')
      .set({ ...of, signal_wanted: true })
      .where('id', '=', id)
      .execute()
  else
    await trx
      .insertInto('follow_up')
      .values({ ...of, id, entity_id: entityId, kind, object_id: objectId, code })
      .execute()
  if (standing?.due_on !== dueOn)
    await planDayNotices(trx, { entityId, about: { follow_up_id: id }, day: dueOn, now: appNow(), tellsNow })
}

/** It was done, or is asked for no longer; where none is open nothing happens. */
export async function endFollowUp(
  trx: Trx,
  { entityId, kind, objectId }: FollowUpKey,
  status: 'done' | 'dropped' = 'done',
): Promise<void> {
  const now = appNow()
  const ended = await trx
    .updateTable('follow_up')
    .set({ status, ended_at: now, signal_wanted: true })
    .where('entity_id', '=', entityId)
    .where('object_id', '=', objectId)
    .where('kind', '=', kind)
    .where('status', '=', 'open')
    .returning('id')
    .executeTakeFirst()
  if (ended) await planDayNotices(trx, { entityId, about: { follow_up_id: ended.id }, day: null, now })
}

/** What is asked of positions about these objects is asked of another from now on, by the same day. */
export async function handFollowUps(
  trx: Trx,
  objectIds: readonly string[],
  { from, to }: { from: readonly string[]; to: { id: string; duty: string } },
): Promise<void> {
  await sql`update follow_up set position_id = ${to.id}, duty = ${to.duty}, signal_wanted = true
    where object_id = any(${objectIds}::uuid[]) and status = 'open' and position_id = any(${from}::uuid[])`.execute(trx)
}

export interface FollowUpLine {
  id: string
  kind: FollowUpKind
  code: string
  dueOn: string
}

export interface FollowUpReader {
  entityId: string
  positionId: string
  duty: string
}

/** What waits for this reader, by its day. */
export async function listFollowUps(
  trx: Trx,
  { entityId, positionId, duty }: FollowUpReader,
  { until, cursor = null, limit = 10 }: { until: string; cursor?: string | null; limit?: number },
): Promise<Page<FollowUpLine>> {
  const after = decodeCursor(cursor, ['date', 'id'])
  let query = trx
    .selectFrom('follow_up')
    .select(['id', 'kind', 'code', 'due_on as dueOn'])
    .where('entity_id', '=', entityId)
    .where('status', '=', 'open')
    .where('due_on', '<=', until)
    .where(({ or, and, eb }) =>
      or([eb('position_id', '=', positionId), and([eb('position_id', 'is', null), eb('duty', '=', duty)])]),
    )
  if (after) query = query.where(sql<SqlBool>`(due_on, id) > (${after[0]}::date, ${after[1]}::uuid)`)
  const rows = await query
    .orderBy('due_on')
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  const { rows: page, next } = pageOf(rows, limit, (row) => [row.dueOn, row.id])
  return { rows: page.map((row) => ({ ...row, kind: row.kind as FollowUpKind })), next }
}

/** Those whose workflow has not been told of what changed. Runs over all entities. */
export async function listMovedFollowUps(trx: Trx, limit: number): Promise<{ id: string; entity_id: string }[]> {
  return await trx
    .selectFrom('follow_up')
    .select(['id', 'entity_id'])
    .where(sql<SqlBool>`signal_wanted`)
    .limit(limit)
    .execute()
}

/** Takes the wish back and holds the row: a change that comes meanwhile waits, and wishes again. */
export async function endFollowUpWish(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('follow_up').set({ signal_wanted: false }).where('id', '=', id).execute()
}

/** What is due of all risks of an entity, by its day; 25 a page. */
export async function listRiskFollowUps(
  trx: Trx,
  entityId: string,
  { cursor = null, limit = 25 }: { cursor?: string | null; limit?: number } = {},
): Promise<Page<FollowUpLine & { owner: string | null }>> {
  const after = decodeCursor(cursor, ['date', 'id'])
  let query = trx
    .selectFrom('follow_up')
    .leftJoin('position', 'position.id', 'follow_up.position_id')
    .select(['follow_up.id', 'kind', 'code', 'due_on as dueOn', 'position.name as owner'])
    .where('follow_up.entity_id', '=', entityId)
    .where('status', '=', 'open')
    .where('kind', 'in', RISK_FOLLOW_UPS)
  if (after) query = query.where(sql<SqlBool>`(due_on, follow_up.id) > (${after[0]}::date, ${after[1]}::uuid)`)
  const rows = await query
    .orderBy('due_on')
    .orderBy('follow_up.id')
    .limit(limit + 1)
    .execute()
  const { rows: page, next } = pageOf(rows, limit, (row) => [row.dueOn, row.id])
  return { rows: page.map((row) => ({ ...row, kind: row.kind as FollowUpKind })), next }
}
