import { recordEvent } from '../db/audit.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { endRunNotices, planRunNotices } from '../db/control-notices.ts'
import { runEvent } from '../db/control-run-acts.ts'
import { holdRun, type LoadedRun, moveRun } from '../db/control-runs.ts'
import { moveRunTerm } from '../db/moved-runs.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import { turnedRun } from '../domain/control-runs.ts'
import { evidenceMoved } from './evidence-moved.ts'
import { openRunFinding } from './open-run-finding.ts'
import { type RunRecord, runRecord } from './run-record.ts'
import { tellDueOfRun } from './tell-of-run.ts'
import type { Tools } from './tools.ts'

export interface TendControlRun {
  entityId: string
  runId: string
  /** Workflow's clock, ISO. */
  now: string
}

/**
 * Does what the calendar asks of a run: its day passed and nobody did it, it is too late to make up for it, its control was
 * retired; and people are told. Repeating it finds nothing left to do.
 */
export async function tendControlRun(tools: Tools, input: TendControlRun): Promise<RunRecord> {
  return await withEntity(tools.database, input.entityId, async (trx) => {
    const now = new Date(input.now)
    await followCalendar(trx, await holdRun(trx, input.runId), now)
    await turn(trx, tools, await holdRun(trx, input.runId), now)
    await tellDueOfRun(trx, tools, input.runId, now)
    return await runRecord(trx, input.runId)
  })
}

/** The entity's calendar changed meanwhile: it is done by another day, and everybody is told by the new one. */
async function followCalendar(trx: Trx, run: LoadedRun, now: Date): Promise<void> {
  const after = await moveRunTerm(trx, run, bogotaDate(now))
  if (after === null) return
  await planRunNotices(trx, await holdRun(trx, run.state.id), now)
  const due = { field: 'due_date', before: run.state.dueOn, after }
  const event = runEvent(run, 'control.run_term_moved')
  await recordEvent(trx, { ...event, changes: [...(event.changes ?? []), due] })
}

async function turn(trx: Trx, tools: Tools, run: LoadedRun, now: Date): Promise<void> {
  const { state, control } = run
  const today = bogotaDate(now)
  if (state.isClosed) return
  if (control.retiredOn !== null) {
    await moveRun(trx, run, { status: 'withdrawn', isClosed: true }, now)
    return await end(trx, run, 'control.run_withdrawn', now)
  }
  const turned = turnedRun(state, today)
  if (turned === 'missed') {
    await moveRun(trx, run, { status: 'missed', missedOn: today }, now)
    await recordEvent(trx, runEvent(run, 'control.missed'))
    await evidenceMoved(trx, tools, run, now)
    // Its own clock may stand where the day to make up for it has passed too.
    return await turn(trx, tools, await holdRun(trx, state.id), now)
  }
  if (turned === 'closed') {
    await moveRun(trx, run, { status: state.status, isClosed: true }, now)
    const { status } = state
    if (status === 'missed' || status === 'rejected') await openRunFinding(trx, run, { status, today })
    await end(trx, run, 'control.run_closed', now)
  }
}

async function end(
  trx: Trx,
  run: LoadedRun,
  type: 'control.run_withdrawn' | 'control.run_closed',
  now: Date,
): Promise<void> {
  await endRunNotices(trx, run.state.id, now)
  await recordEvent(trx, runEvent(run, type))
}
