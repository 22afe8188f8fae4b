/** The days of open runs of controls, when a change of the calendar moves them (features D5, N13). */
import type { Calendar } from '../domain/calendar.ts'
import { movedDueDay, ONCE_HAPPENED } from '../domain/control-periods.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { countedDays, type LoadedRun } from './control-runs.ts'
import { entityCalendar, type MovedTerm } from './terms.ts'

/** Days by which runs are done that a change of one day would move, by the calendar as it would be then; nothing changes. */
export async function listMovedRunTerms(
  trx: Trx,
  entityId: string,
  day: string,
  calendar: Calendar,
): Promise<MovedTerm[]> {
  const rows = await trx
    .selectFrom('control_run as r')
    .innerJoin('risk_control as c', 'c.id', 'r.control_id')
    .select(['r.id as termId', 'c.code', 'c.periodicity', 'r.opens_on as opensOn', 'r.due_on as dueOn'])
    .select(['r.period_start as start', 'r.period_end as end'])
    .where('r.entity_id', '=', entityId)
    .where('r.status', '=', 'open')
    .where('r.period_start', '<=', day)
    .where('r.period_end', '>=', day)
    .orderBy('r.id')
    .execute()
  return rows.flatMap(({ termId, code, periodicity, opensOn, dueOn: before, ...period }) => {
    const run = { opensOn, dueOn: before, isHappened: periodicity === ONCE_HAPPENED }
    const after = movedDueDay(run, period, { calendar, today: appToday() })
    return after === null ? [] : [{ termId, cycleId: null, cycleName: null, of: { control: code }, before, after }]
  })
}

/** Has the workflow of each of them count its day again: rows of a run are the worker's to change. */
export async function moveRunTerms(trx: Trx, entityId: string, day: string, calendar: Calendar): Promise<MovedTerm[]> {
  const moved = await listMovedRunTerms(trx, entityId, day, calendar)
  const ids = moved.map(({ termId }) => termId)
  if (ids.length > 0) await trx.updateTable('control_run').set({ signal_wanted: true }).where('id', 'in', ids).execute()
  return moved
}

/** Counts the day of an open run again by the calendar of today; answers the new one, null where it stays. */
export async function moveRunTerm(trx: Trx, { state, control }: LoadedRun, today: string): Promise<string | null> {
  if (state.status !== 'open') return null
  const calendar = await entityCalendar(trx, control.entityId)
  const run = { ...state, isHappened: control.rhythm === null }
  const after = movedDueDay(run, state.period, { calendar, today })
  if (after === null) return null
  const counted = countedDays({ ...run, dueOn: after }, calendar)
  await trx
    .updateTable('control_run')
    .set({ due_on: after, ...counted })
    .where('id', '=', state.id)
    .execute()
  return after
}
