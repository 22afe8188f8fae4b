/** Runs of controls as their workflow and every judgement read and write them (domain/control-runs.ts). */
import { sql } from 'kysely'
import type { Calendar } from '../domain/calendar.ts'
import { showsOf } from '../domain/control-evidence.ts'
import {
  explainRun,
  ONCE_HAPPENED,
  type Period,
  periodOf,
  type RunDays,
  runDays,
  runDaysOnceHappened,
} from '../domain/control-periods.ts'
import type { RunState, RunStatus } from '../domain/control-runs.ts'
import type { Trx } from './client.ts'
import { isPaused } from './control-resumptions.ts'
import { idOf } from './ids.ts'
import { type RunControl, requireControl } from './run-controls.ts'
import { entityCalendar } from './terms.ts'

export interface LoadedRun {
  state: RunState
  control: RunControl
  workflowId: string
  validUntil: string | null
}

/** The run, held until the transaction ends where `lock` says so; undefined where there is none. */
export async function findRun(
  trx: Trx,
  id: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<LoadedRun | undefined> {
  const row = await trx
    .selectFrom('control_run')
    .selectAll()
    .where('id', '=', id)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst()
  if (!row) return undefined
  return {
    state: {
      ...{ id: row.id, controlId: row.control_id, status: row.status as RunStatus, missedOn: row.missed_on },
      ...{ opensOn: row.opens_on, dueOn: row.due_on, lateUntil: row.late_until, contentHash: row.content_hash },
      ...{ period: { start: row.period_start, end: row.period_end }, isClosed: row.closed_at !== null },
      hands: await listRunHands(trx, id),
    },
    control: await requireControl(trx, row.control_id),
    ...{ workflowId: row.workflow_id, validUntil: row.valid_until },
  }
}

/** The run, held; only the worker may. */
export async function holdRun(trx: Trx, id: string): Promise<LoadedRun> {
  const run = await findRun(trx, id, { lock: true })
  if (!run) throw new Error(`run ${id} has no row`)
  return run
}

/** The run of a control whose period begins on a day; undefined where there is none. */
export async function findRunId(trx: Trx, controlId: string, periodStart: string): Promise<string | undefined> {
  const row = await trx
    .selectFrom('control_run')
    .select('id')
    .where('control_id', '=', controlId)
    .where('period_start', '=', periodStart)
    .executeTakeFirst()
  return row?.id
}

/** Persons who executed a run, acted for or attested what is shown of it. */
export async function listRunHands(trx: Trx, runId: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select distinct id from (
      select unnest(array[a.person_id, a.acting_for]) as id from act a
      where a.run_id = ${runId} and a.kind in ('execute', 'omit') and a.status in ('done', 'confirmed')
      union all
      select unnest(array[e.attested_by, e.attested_for]) from control_evidence_use u
      join control_evidence e on e.id = u.evidence_id where u.run_id = ${runId} and u.recorded_at is not null
    ) hands where id is not null order by 1`.execute(trx)
  return found.rows.map(({ id }) => id)
}

/**
 * Opens the run of the period that holds a day, once: another that opens it finds it. Null where no working day is left in it,
 * or another workflow carries it. One whose day lies in a pause is recorded as such.
 */
export async function openRun(
  trx: Trx,
  control: RunControl,
  { day, happenedOn = null, workflowId }: { day: string; happenedOn?: string | null; workflowId: string },
): Promise<{ id: string; isNew: boolean } | null> {
  if (control.retiredOn !== null) return null
  const calendar = await entityCalendar(trx, control.entityId)
  const run = runOf(control, { day, happenedOn }, calendar)
  if (run === null) return null
  const { period, days } = run
  const id = idOf(happenedOn === null ? 'control run' : 'happened run', control.id, period.start)
  const inPause = await isPaused(trx, control.id, { from: days.opensOn, until: days.opensOn })
  const opened = await trx
    .insertInto('control_run')
    .values({
      ...{ id, entity_id: control.entityId, control_id: control.id, workflow_id: workflowId },
      ...{ period_start: period.start, period_end: period.end },
      ...{ opens_on: days.opensOn, due_on: days.dueOn, late_until: days.lateUntil },
      ...countedDays({ ...days, isHappened: happenedOn !== null }, calendar),
      ...{ status: inPause ? 'paused' : 'open', closed_at: inPause ? sql<Date>`app_now()` : null },
    })
    .onConflict((oc) => oc.columns(['control_id', 'period_start']).doNothing())
    .executeTakeFirst()
  if (opened.numInsertedOrUpdatedRows === 1n) return { id, isNew: true }
  const stands = await trx
    .selectFrom('control_run')
    .select(['id', 'workflow_id'])
    .where('control_id', '=', control.id)
    .where('period_start', '=', period.start)
    .executeTakeFirstOrThrow()
  return stands.workflow_id === workflowId ? { id: stands.id, isNew: false } : null
}

/** How the days of a run were counted, in its columns. */
export function countedDays(run: Parameters<typeof explainRun>[0], calendar: Calendar) {
  return { arithmetic: JSON.stringify(explainRun(run, calendar)), calendar_version: calendar.version }
}

/** The period that holds a day with the days of its run; of what is executed when the risk happens, it begins when it did. */
function runOf(
  { rhythm }: RunControl,
  { day, happenedOn }: { day: string; happenedOn: string | null },
  calendar: Calendar,
): { period: Period; days: RunDays } | null {
  if (happenedOn !== null) {
    const days = runDaysOnceHappened(day, calendar)
    return { period: { start: happenedOn, end: days.dueOn }, days }
  }
  if (rhythm === null) return null
  const period = periodOf(rhythm, day)
  const days = runDays(rhythm, period, day, calendar)
  return days && { period, days }
}

/**
 * Controls to be executed because their risk happened, and each day on which it did since they stand: those without a run of that
 * day yet. Runs over all entities.
 */
export async function listHappened(
  trx: Trx,
  limit = 200,
): Promise<{ entityId: string; controlId: string; happenedOn: string }[]> {
  const found = await sql<{ entityId: string; controlId: string; happenedOn: string }>`
    select distinct c.entity_id as "entityId", c.id as "controlId", e.occurred_on::text as "happenedOn"
    from risk_event e join risk_control c on c.risk_id = e.risk_id and c.periodicity = ${ONCE_HAPPENED}
      and c.retired_at is null and c.created_at <= e.written_at
    where not exists (select from control_run r where r.control_id = c.id and r.period_start = e.occurred_on)
    order by 2, 3 limit ${limit}`.execute(trx)
  return found.rows
}

/** A run that is no longer as it was; what it shows of its control follows. `isClosed`: nothing changes it any more. */
export async function moveRun(
  trx: Trx,
  { state }: LoadedRun,
  to: { status: RunStatus; isClosed?: boolean; missedOn?: string },
  at: Date,
  columns: RunColumns = {},
): Promise<void> {
  const missedOn = to.missedOn ?? state.missedOn
  const moved = await trx
    .updateTable('control_run')
    .set({
      ...{
        ...columns,
        status: to.status,
        missed_on: missedOn,
        shows: showsOf({ status: to.status, before: state.status, missedOn }),
      },
      ...(to.isClosed && { closed_at: at }),
    })
    .where('id', '=', state.id)
    .where('status', '=', state.status)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  if (moved.numUpdatedRows !== 1n) throw new Error(`run ${state.id} is no longer ${state.status}`)
}

export type RunColumns = Partial<{
  content_hash: string
  valid_until: string | null
  executed_by: string
  executed_position: string
  executed_for: string | null
  executed_at: Date
  checked_by: string | null
  checked_position: string | null
  checked_for: string | null
  checked_at: Date | null
}>

/** Runs whose workflow has something to read: their control was retired. Runs over all entities. */
export async function listMovedRuns(
  trx: Trx,
  limit: number,
): Promise<{ id: string; entity_id: string; workflow_id: string }[]> {
  return await trx
    .selectFrom('control_run')
    .select(['id', 'entity_id', 'workflow_id'])
    .where('signal_wanted', '=', true)
    .orderBy('opened_at')
    .limit(limit)
    .execute()
}

export async function endRunWish(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('control_run').set({ signal_wanted: false }).where('id', '=', id).execute()
}
