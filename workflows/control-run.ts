import { setHandler, workflowInfo } from '@temporalio/workflow'
import type { RunRecord } from '../activities/run-record.ts'
import { applyToRun, objectionsToRun, type RunDecision, type RunState } from '../domain/control-runs.ts'
import { expireEvidence, openControlRun, recordRunVerdict, tendControlRun } from './activities.ts'
import { type ControlRunInput, decideRun, type ReviewTurnInput, runMoved } from './messages.ts'
import { scheduledDay } from './scheduled-day.ts'
import { TendedCase } from './tended.ts'

/**
 * One run of a control (features D5): it asks for it, reminds, waits for evidence or a reason and for the check of somebody
 * else, and says so where its day passes. Its Schedule starts it, for the day it stands for.
 */
export async function controlRun({ entityId, controlId, happenedOn }: ControlRunInput): Promise<void> {
  const { workflowId } = workflowInfo()
  let runId = ''
  const run = new TendedCase<RunState, RunDecision, RunRecord>({
    tend: (now) => tendControlRun({ entityId, runId, now }),
    record: (decision, now) => recordRunVerdict({ entityId, decision, now }),
    apply: applyToRun,
    objections: objectionsToRun,
    isOver: ({ isClosed }) => isClosed,
  })
  setHandler(runMoved, () => run.move())
  setHandler(decideRun, (decision) => run.decide(decision), { validator: (decision) => run.admit(decision) })
  const opened = await openControlRun({
    entityId,
    controlId,
    workflowId,
    day: scheduledDay(),
    happenedOn,
    now: nowIso(),
  })
  if (opened === null) return
  runId = opened
  await run.run()
}

/** A day of an entity begins: evidence that ended with the one before is in force no longer (D4). */
export async function evidenceDay({ entityId }: ReviewTurnInput): Promise<void> {
  await expireEvidence({ entityId, day: scheduledDay() })
}

function nowIso(): string {
  return new Date(Date.now()).toISOString()
}
