/** The terms of citizens' requests, when a change of the calendar moves them (N13; Ley 1581 de 2012, arts. 14 and 15). */
import type { Calendar } from '../domain/calendar.ts'
import { type Term, termFrom } from '../domain/terms.ts'
import type { Trx } from './client.ts'
import { changeRightsTerm, type LoadedRights, noteRightsMoved } from './rights.ts'
import { entityCalendar, type MovedTerm } from './terms.ts'

/** Terms to answer that a change of one day would move, by the calendar as it would be then; nothing changes. */
export async function listMovedRightsTerms(
  trx: Trx,
  entityId: string,
  day: string,
  calendar: Calendar,
): Promise<(MovedTerm & { requestId: string })[]> {
  const rows = await runningTerms(trx)
    .select(['r.number'])
    .where('t.entity_id', '=', entityId)
    .where('t.start_date', '<', day)
    .where('t.due_date', '>=', day)
    .orderBy('t.id')
    .execute()
  return rows.flatMap(({ id: termId, requestId, number, start, workingDays, dueDate: before }) => {
    const after = termFrom(start, workingDays, calendar).dueDate
    const of = { request: number }
    return after === before ? [] : [{ termId, requestId, cycleId: null, cycleName: null, of, before, after }]
  })
}

/** Has the workflow of each request count its term again: rows of a request are the worker's to change. */
export async function moveRightsTerms(
  trx: Trx,
  entityId: string,
  day: string,
  calendar: Calendar,
): Promise<MovedTerm[]> {
  const moved = await listMovedRightsTerms(trx, entityId, day, calendar)
  for (const { requestId } of moved) await noteRightsMoved(trx, requestId)
  return moved
}

/** Counts the running term again by the calendar of today; null where it ends on the day it ended before, or none runs. */
export async function moveRightsTerm(
  trx: Trx,
  request: LoadedRights,
  at: Date,
): Promise<{ term: Term; before: string } | null> {
  const row = await runningTerms(trx).where('t.request_id', '=', request.state.id).executeTakeFirst()
  if (!row) return null
  const term = termFrom(row.start, row.workingDays, await entityCalendar(trx, request.entityId))
  if (term.dueDate === row.dueDate) return null
  await changeRightsTerm(trx, request, { kind: row.kind, term, at })
  return { term, before: row.dueDate }
}

const runningTerms = (trx: Trx) =>
  trx
    .selectFrom('rights_term as t')
    .innerJoin('rights_request as r', 'r.id', 't.request_id')
    .select(['t.id', 't.kind', 'r.id as requestId'])
    .select(['t.start_date as start', 't.working_days as workingDays', 't.due_date as dueDate'])
    .where('t.status', '=', 'running')
