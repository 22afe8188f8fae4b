import { sql } from 'kysely'
import type { AddCalendarDay } from '../domain/administration.ts'
import { type Calendar, isWorkingDay, reasonNotWorking } from '../domain/calendar.ts'
import { weekday } from '../domain/civil-dates.ts'
import { type StepCode, stepTemplate } from '../domain/procedures.ts'
import { type Term, termFrom } from '../domain/terms.ts'
import { type ActingPerson, eventBy, refuse } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appNow, appToday } from './clock.ts'
import { idOf } from './ids.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { requireProcedureVersion } from './procedures.ts'
import { type AttemptKey, endTerm, entityCalendar, insertTerm, planTermNotices } from './terms.ts'

/** A deadline that a change of the calendar moves, with both dates (N13). */
export interface MovedTerm {
  termId: string
  cycleId: string
  cycleName: string
  stepCode: string
  before: string
  after: string
}

export type CalendarChange = { moved: MovedTerm[]; problems?: undefined } | ReturnType<typeof refuse>

/** Terms a day would move, for the page that asks to confirm; nothing changes. */
export async function previewCalendarDay(
  trx: Trx,
  entityId: string,
  input: Pick<AddCalendarDay, 'day' | 'kind'>,
): Promise<MovedTerm[]> {
  const calendar = withDay(await entityCalendar(trx, entityId), input)
  return (await runningTerms(trx, entityId, input.day)).flatMap((row) => moveOf(row, calendar)?.moved ?? [])
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
  const own = await entityCalendar(trx, entityId)
  const others = <D extends { date: string }>(days: readonly D[]) => days.filter(({ date }) => date !== day)
  const calendar = { ...own, extra: others(own.extra), removed: others(own.removed) }
  return (await runningTerms(trx, entityId, day)).flatMap((row) => moveOf(row, calendar)?.moved ?? [])
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

function isHoliday(day: string, calendar: Calendar): boolean {
  const weekend = weekday(day) === 0 || weekday(day) === 6
  return !weekend && reasonNotWorking(day, calendar) !== null
}

function withDay(calendar: Calendar, { day, kind }: Pick<AddCalendarDay, 'day' | 'kind'>): Calendar {
  return kind === 'extra'
    ? { ...calendar, extra: [...calendar.extra, { date: day, name: '', act: '' }] }
    : { ...calendar, removed: [...calendar.removed, { date: day, act: '' }] }
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

type RunningTerm = Awaited<ReturnType<typeof runningTerms>>[number]

/** Running terms with `day` between their start and their end; only those can move. */
async function runningTerms(trx: Trx, entityId: string, day: string) {
  return await trx
    .selectFrom('term')
    .innerJoin('step', 'step.id', 'term.step_id')
    .innerJoin('cycle', 'cycle.id', 'term.cycle_id')
    .select([
      'term.id',
      'term.cycle_id',
      'term.step_id',
      'term.attempt_id',
      'term.start_date',
      'term.working_days',
      'term.due_date',
      'step.code as step_code',
      'cycle.name as cycle_name',
      'cycle.procedure_version_id',
    ])
    .where('term.entity_id', '=', entityId)
    .where('term.status', '=', 'running')
    .where('term.start_date', '<', day)
    .where('term.due_date', '>=', day)
    .orderBy('term.id')
    .execute()
}

function moveOf(row: RunningTerm, calendar: Calendar): { moved: MovedTerm; term: Term } | null {
  const term = termFrom(row.start_date, row.working_days, calendar)
  if (term.dueDate === row.due_date) return null
  const { id: termId, cycle_id: cycleId, cycle_name: cycleName, step_code: stepCode } = row
  return { term, moved: { termId, cycleId, cycleName, stepCode, before: row.due_date, after: term.dueDate } }
}

async function moveTerms(trx: Trx, actor: ActingPerson, day: string): Promise<MovedTerm[]> {
  const calendar = await entityCalendar(trx, actor.entityId)
  const moved: MovedTerm[] = []
  for (const row of await runningTerms(trx, actor.entityId, day)) {
    const move = moveOf(row, calendar)
    if (!move) continue
    await moveTerm(trx, actor, row, move.term, calendar)
    moved.push(move.moved)
  }
  return moved
}

async function moveTerm(
  trx: Trx,
  actor: ActingPerson,
  row: RunningTerm,
  term: Term,
  calendar: Calendar,
): Promise<void> {
  const key: AttemptKey = {
    entityId: actor.entityId,
    cycleId: row.cycle_id,
    stepId: row.step_id,
    attemptId: row.attempt_id,
  }
  const { procedure } = await requireProcedureVersion(trx, row.procedure_version_id)
  await endTerm(trx, row.attempt_id, 'superseded', appNow())
  const termId = await insertTerm(trx, key, term)
  await trx.updateTable('term').set({ replaced_by: termId }).where('id', '=', row.id).execute()
  await planTermNotices(trx, key, termId, term, stepTemplate(procedure, row.step_code as StepCode), calendar)
  await forgetTold(trx, row.id, termId)
  await trx
    .updateTable('task')
    .set({ due_at: term.dueAt })
    .where('attempt_id', '=', row.attempt_id)
    .where('status', '=', 'open')
    .where('due_at', 'is not', null)
    .execute()
  await trx.updateTable('cycle').set({ refresh_wanted: true }).where('id', '=', row.cycle_id).execute()
  await recordEvent(trx, {
    ...eventBy(actor),
    type: 'term.moved',
    objectId: termId,
    cycleId: row.cycle_id,
    stepCode: row.step_code,
    changes: [{ field: 'due_date', before: row.due_date, after: term.dueDate }],
  })
}

/** What the old term had already told is not told again; what now lies ahead, or fell due only by the move, is. */
async function forgetTold(trx: Trx, oldTerm: string, newTerm: string): Promise<void> {
  await trx
    .updateTable('notice')
    .set({ status: 'superseded', settled_at: appNow() })
    .where('term_id', '=', newTerm)
    .where('planned_at', '<=', sql<Date>`app_now()`)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('notice as told')
          .select('told.id')
          .where('told.term_id', '=', oldTerm)
          .whereRef('told.kind', '=', 'notice.kind')
          .whereRef('told.duty', '=', 'notice.duty')
          .where('told.planned_at', '<=', sql<Date>`app_now()`),
      ),
    )
    .execute()
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
