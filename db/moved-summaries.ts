/** The terms of the answers of the dependencias, when a change of the calendar moves them (H9, N13). */
import { sql } from 'kysely'
import type { Calendar } from '../domain/calendar.ts'
import { planNotices, type Term, termFrom } from '../domain/terms.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appNow } from './clock.ts'
import { areStillPublic, holdSummary } from './summaries.ts'
import { endSummaryNotices, reminderNotices } from './summary-notices.ts'
import type { MovedTerm } from './terms.ts'

/** Terms of answers that a change of one day would move, by the calendar as it would be then; nothing changes. */
export async function listMovedSummaries(
  trx: Trx,
  entityId: string,
  day: string,
  calendar: Calendar,
): Promise<MovedTerm[]> {
  return (await waitedFor(trx, entityId, day)).flatMap((row) => moveOf(row, calendar)?.moved ?? [])
}

/** Computes them again; what had been told is not told again, and the workflow is woken. */
export async function moveSummaries(
  trx: Trx,
  actor: ActingPerson,
  day: string,
  calendar: Calendar,
): Promise<MovedTerm[]> {
  const moved: MovedTerm[] = []
  for (const row of await waitedFor(trx, actor.entityId, day)) {
    const move = moveOf(row, calendar)
    if (!move) continue
    await holdSummary(trx, row.id)
    if (await moveSummary(trx, actor, row, move.term, calendar)) moved.push(move.moved)
  }
  return moved
}

type WaitedFor = Awaited<ReturnType<typeof waitedFor>>[number]

/** Summaries without an answer whose term runs over `day`. */
async function waitedFor(trx: Trx, entityId: string, day: string) {
  return await trx
    .selectFrom('agency_summary as s')
    .innerJoin('agency', 'agency.id', 's.agency_id')
    .innerJoin('cycle', 'cycle.id', 's.cycle_id')
    .leftJoin('summary_answer as a', 'a.summary_id', 's.id')
    .select(['s.id', 's.cycle_id as cycleId', 'cycle.name as cycleName', 'agency.name as agency'])
    .select(['s.start_date as start', 's.working_days as workingDays', 's.due_date as dueDate'])
    .where('s.entity_id', '=', entityId)
    .where('s.start_date', '<', day)
    .where('s.due_date', '>=', day)
    .where('a.summary_id', 'is', null)
    .where(areStillPublic)
    .orderBy('s.id')
    .execute()
}

function moveOf(row: WaitedFor, calendar: Calendar): { moved: MovedTerm; term: Term } | null {
  const term = termFrom(row.start, row.workingDays, calendar)
  const { id: termId, cycleId, cycleName, agency, dueDate: before } = row
  if (term.dueDate === before) return null
  return { term, moved: { termId, cycleId, cycleName, of: { agency }, before, after: term.dueDate } }
}

/** False where the dependencia has answered meanwhile. */
async function moveSummary(
  trx: Trx,
  actor: ActingPerson,
  { id, cycleId, agency, dueDate }: WaitedFor,
  term: Term,
  calendar: Calendar,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('agency_summary')
    .set({
      ...{ due_date: term.dueDate, calendar_version: term.calendarVersion, arithmetic: JSON.stringify(term.days) },
      signal_wanted: true,
    })
    .where('id', '=', id)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('summary_answer').select('summary_id').where('summary_id', '=', id))),
    )
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) return false
  const told = await toldOf(trx, id)
  await endSummaryNotices(trx, id)
  const planned = reminderNotices({ entityId: actor.entityId, cycleId, summaryId: id }, planNotices(term, calendar))
  const now = appNow().toISOString()
  const anew = planned.filter(({ kind, duty, planned_at }) => planned_at > now || !told.has(`${kind} ${duty}`))
  await trx
    .insertInto('notice')
    .values(anew)
    .onConflict((oc) => oc.doNothing())
    .execute()
  await recordEvent(trx, {
    ...{ ...eventBy(actor), type: 'summary.moved', objectId: id, cycleId },
    changes: [
      { field: 'agency', before: null, after: agency },
      { field: 'due_date', before: dueDate, after: term.dueDate },
    ],
  })
  return true
}

/** What a dependencia was told of its term, as `kind duty`. */
async function toldOf(trx: Trx, summaryId: string): Promise<Set<string>> {
  const rows = await trx
    .selectFrom('notice')
    .select(['kind', 'duty'])
    .where('summary_id', '=', summaryId)
    .where('planned_at', '<=', sql<Date>`app_now()`)
    .execute()
  return new Set(rows.map(({ kind, duty }) => `${kind} ${duty}`))
}

/** Cycles whose dissemination has not been told that a term moved. Runs over all entities. */
export async function listMovedDisseminations(trx: Trx, limit: number): Promise<{ id: string; entity_id: string }[]> {
  return await trx
    .selectFrom('agency_summary')
    .select(['cycle_id as id', 'entity_id'])
    .distinct()
    .where('signal_wanted', '=', true)
    .limit(limit)
    .execute()
}

/** Takes the wish back and holds the rows: a move that comes meanwhile waits, and wishes again. */
export async function endDisseminationWish(trx: Trx, cycleId: string): Promise<void> {
  await trx
    .updateTable('agency_summary')
    .set({ signal_wanted: false })
    .where('cycle_id', '=', cycleId)
    .where('signal_wanted', '=', true)
    .execute()
}
