/** The days an entity's calendar has of its own: added and taken back by act (N13). */
import type { AddCalendarDay } from '../domain/administration.ts'
import { isHoliday, isWorkingDay, withDay, withoutDay } from '../domain/calendar.ts'
import { type ActingPerson, eventBy, refuse } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { idOf } from './ids.ts'
import { listMovedTerms, moveTerms } from './moved-terms.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { entityCalendar, type MovedTerm } from './terms.ts'

export type CalendarChange = { moved: MovedTerm[]; problems?: undefined } | ReturnType<typeof refuse>

/** Terms a day would move, for the page that asks to confirm; nothing changes. */
export async function previewCalendarDay(
  trx: Trx,
  entityId: string,
  input: Pick<AddCalendarDay, 'day' | 'kind'>,
): Promise<MovedTerm[]> {
  return await listMovedTerms(trx, entityId, input.day, withDay(await entityCalendar(trx, entityId), input))
}

/**
 * Adds a day of the entity's own by act: one that does not count, or a holiday that does. Exactly the running terms
 * that cross it are computed again; their notices, tasks and workflows follow in the same transaction.
 */
export async function addCalendarDay(trx: Trx, actor: ActingPerson, input: AddCalendarDay): Promise<CalendarChange> {
  const { entityId } = actor
  const { day, kind } = input
  await lockCalendar(trx, entityId)
  const refused = await refuseDay(trx, entityId, input)
  if (refused) return refused
  const { name, actReference: act_reference } = input
  await trx.insertInto('calendar_day').values({ entity_id: entityId, day, kind, name, act_reference }).execute()
  await recordDay(trx, actor, 'calendar.day_added', day, kind)
  return { moved: await moveTerms(trx, actor, day) }
}

/** Why a day cannot be added, for the page that asks to confirm as for the change itself; undefined when it can. */
export async function refuseDay(
  trx: Trx,
  entityId: string,
  { day, kind }: Pick<AddCalendarDay, 'day' | 'kind'>,
): Promise<ReturnType<typeof refuse> | undefined> {
  if (await findDay(trx, entityId, day)) return refuse('day', 'day_taken')
  const calendar = await entityCalendar(trx, entityId)
  if (day < appToday()) return refuse('day', 'day_is_past')
  if (kind === 'extra' && !isWorkingDay(day, calendar)) return refuse('day', 'already_not_working')
  if (kind === 'removed' && !isHoliday(day, calendar)) return refuse('day', 'not_a_holiday')
  return undefined
}

/** Terms that taking a day back would move; nothing changes. */
export async function previewCalendarRemoval(trx: Trx, entityId: string, day: string): Promise<MovedTerm[]> {
  return await listMovedTerms(trx, entityId, day, withoutDay(await entityCalendar(trx, entityId), day))
}

/** Takes one of the entity's own days back, for example a día cívico that was revoked. */
export async function removeCalendarDay(trx: Trx, actor: ActingPerson, day: string): Promise<CalendarChange> {
  const { entityId } = actor
  await lockCalendar(trx, entityId)
  const known = await findDay(trx, entityId, day)
  if (!known) return refuse('day', 'not_found')
  if (day < appToday()) return refuse('day', 'day_is_past')
  await trx.deleteFrom('calendar_day').where('entity_id', '=', entityId).where('day', '=', day).execute()
  await recordDay(trx, actor, 'calendar.day_removed', day, known.kind)
  return { moved: await moveTerms(trx, actor, day) }
}

/**
 * One change at a time, and every cycle of the entity stands still meanwhile: a decision or an opening locks its cycle
 * first, so it ends or starts its term either before this change or by the new calendar. Weaker locks than `for update`:
 * what an opening writes refers to its entity, and would wait for this change while this change waits for it.
 */
async function lockCalendar(trx: Trx, entityId: string): Promise<void> {
  await trx.selectFrom('entity').select('id').where('id', '=', entityId).forNoKeyUpdate().execute()
  await trx
    .selectFrom('cycle')
    .select('id')
    .where('entity_id', '=', entityId)
    .where('status', 'in', ['requested', 'active'])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
}

function findDay(trx: Trx, entityId: string, day: string) {
  return trx
    .selectFrom('calendar_day')
    .select('kind')
    .where('entity_id', '=', entityId)
    .where('day', '=', day)
    .executeTakeFirst()
}

async function recordDay(
  trx: Trx,
  actor: ActingPerson,
  type: 'calendar.day_added' | 'calendar.day_removed',
  day: string,
  kind: string,
): Promise<void> {
  const { entityId } = actor
  await trx
    .updateTable('entity')
    .set(({ eb, ref }) => ({ calendar_version: eb(ref('calendar_version'), '+', 1) }))
    .where('id', '=', entityId)
    .execute()
  const change = (field: string, value: string) =>
    type === 'calendar.day_added' ? { field, before: null, after: value } : { field, before: value, after: null }
  await recordEvent(trx, {
    ...eventBy(actor),
    type,
    objectId: idOf('calendar_day', entityId, day),
    changes: [change('day', day), change('kind', kind)],
  })
}

export interface CalendarDayLine {
  day: string
  kind: 'extra' | 'removed'
  name: string
  actReference: string
  addedAt: Date
  /** Past days are history: they can no longer be taken back. */
  past: boolean
}

/** The entity's own days, latest first, 50 a page. */
export async function listCalendarDays(
  trx: Trx,
  entityId: string,
  options: { cursor?: string | null; limit?: number } = {},
): Promise<Page<CalendarDayLine>> {
  const limit = options.limit ?? 50
  const after = decodeCursor(options.cursor, ['date'])
  let query = trx
    .selectFrom('calendar_day')
    .select(['day', 'kind', 'name', 'act_reference as actReference', 'added_at as addedAt'])
    .where('entity_id', '=', entityId)
  if (after?.[0]) query = query.where('day', '<', after[0])
  const rows = await query
    .orderBy('day', 'desc')
    .limit(limit + 1)
    .execute()
  const lines = rows.map((row) => ({ ...row, kind: row.kind as CalendarDayLine['kind'], past: row.day < appToday() }))
  return pageOf(lines, limit, (row) => [row.day])
}
