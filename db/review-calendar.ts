/** When the reviews of an entity open by themselves, and what came of it (domain/review-calendar.ts). */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { refuseIf } from '../domain/refusals.ts'
import {
  objectionToCalendar,
  type ReviewCalendar,
  type StandingVersion,
  type TurnOutcome,
  USUAL_CALENDAR,
} from '../domain/review-calendar.ts'
import { type ActingPerson, changesBetween, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

/** `n` is 0 for the usual one, that nobody changed. */
export interface StandingCalendar extends StandingVersion {
  reason: string | null
  /** Position of whoever changed it. */
  changedPosition: string | null
}

const NOBODY = { reason: null, changedAt: null, changedBy: null, changedPosition: null }
const USUAL: StandingCalendar = { ...USUAL_CALENDAR, n: 0, ...NOBODY }

const COLUMNS = sql`c.n, c.yearly, c.singles, c.month, c.day, c.working_days as "workingDays", c.on_silence as "onSilence",
  c.reason, c.changed_at as "changedAt", p.display_name as "changedBy", pos.name as "changedPosition"`
const FROM = sql`review_calendar c join person p on p.id = c.changed_by join position pos on pos.id = c.changed_position`

/** The calendar in force of an entity. */
export async function findReviewCalendar(trx: Trx, entityId: string): Promise<StandingCalendar> {
  return (await listReviewCalendars(trx, entityId)).get(entityId) ?? USUAL
}

/** That of every entity in sight, by its id; of one where it is named. */
export async function listReviewCalendars(trx: Trx, entityId?: string): Promise<Map<string, StandingCalendar>> {
  const found = await sql<StandingCalendar & { entityId: string }>`
    select distinct on (c.entity_id) c.entity_id as "entityId", ${COLUMNS} from ${FROM}
    where ${entityId ? sql`c.entity_id = ${entityId}` : sql`true`} order by c.entity_id, c.n desc`.execute(trx)
  return new Map(found.rows.map(({ entityId: of, ...calendar }) => [of, calendar]))
}

/** A version that somebody made. */
export type CalendarVersion = { [K in keyof StandingCalendar]: NonNullable<StandingCalendar[K]> }

/** The versions of an entity before the one in force, the last first; 10 a page. */
export async function listEarlierCalendars(
  trx: Trx,
  entityId: string,
  { cursor, limit = 10 }: { cursor?: string | null; limit?: number } = {},
): Promise<Page<CalendarVersion>> {
  const after = decodeCursor(cursor, ['number'])
  const found = await sql<CalendarVersion>`
    select ${COLUMNS} from ${FROM} where c.entity_id = ${entityId}
      and c.n < ${after ? sql`${after[0]}::integer` : sql`(select max(n) from review_calendar where entity_id = ${entityId})`}
    order by c.n desc limit ${limit + 1}`.execute(trx)
  return pageOf(found.rows, limit, ({ n }) => [String(n)])
}

/** Every entity with its calendar; of all entities, so for the worker alone. */
export async function listCalendarsKept(trx: Trx): Promise<{ entityId: string; calendar: StandingCalendar }[]> {
  const entities = await trx.selectFrom('entity').select('id').orderBy('id').execute()
  const known = await listReviewCalendars(trx)
  return entities.map(({ id }) => ({ entityId: id, calendar: known.get(id) ?? USUAL }))
}

/**
 * Keeps another version with its event, which holds the hash of the reason. Throws `Refused` where it does not follow the
 * version in force (`seenN`), or says the same.
 */
export async function changeReviewCalendar(
  trx: Trx,
  by: ActingPerson & { positionId: string },
  { reason, seenN, ...calendar }: ReviewCalendar & { reason: string; seenN: number },
): Promise<void> {
  const { entityId, personId, positionId } = by
  await sql`select pg_advisory_xact_lock(hashtextextended(${entityId}, 37))`.execute(trx)
  const before = await findReviewCalendar(trx, entityId)
  refuseIf(objectionToCalendar(before, { ...calendar, seenN }))
  const columns = columnsOf(calendar)
  const who = { changed_by: personId, changed_position: positionId }
  const row = { id: newId(), entity_id: entityId, n: before.n + 1, ...columns, reason, ...who }
  await trx.insertInto('review_calendar').values(row).execute()
  const hash = createHash('sha256').update(reason).digest('hex')
  const changes = [...changesBetween(columnsOf(before), columns), { field: 'reason', before: null, after: hash }]
  await recordEvent(trx, { ...eventBy(by), type: 'campaign.calendar_changed', objectId: entityId, changes })
}

function columnsOf({ yearly, singles, month, day, workingDays, onSilence }: ReviewCalendar) {
  return { yearly, singles, month, day, working_days: workingDays, on_silence: onSilence }
}

/** Notes what came of a day, once; false where that is known. `day`: civil date on which it was to open. */
export async function noteTurn(
  trx: Trx,
  turn: { entityId: string; vigencia: number; day: string; outcome: TurnOutcome },
): Promise<boolean> {
  const { entityId, ...rest } = turn
  const kept = await trx
    .insertInto('review_turn')
    .values({ entity_id: entityId, ...rest })
    .onConflict((oc) => oc.columns(['entity_id', 'day']).doNothing())
    .executeTakeFirst()
  return kept.numInsertedOrUpdatedRows === 1n
}

/** The last day on which the calendar was to open a review, and what came of it; undefined where none came yet. */
export async function findLastTurn(
  trx: Trx,
  entityId: string,
): Promise<{ day: string; outcome: TurnOutcome } | undefined> {
  const row = await trx
    .selectFrom('review_turn')
    .select(['day', 'outcome'])
    .where('entity_id', '=', entityId)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { day: row.day, outcome: row.outcome as TurnOutcome }
}
