import { type ActRow, markDone } from '../db/acts.ts'
import type { Trx } from '../db/client.ts'
import { endRunNotices, planRunNotices } from '../db/control-notices.ts'
import { columnsOfAct, recordEvidence, recordRunAct } from '../db/control-run-acts.ts'
import { holdRun, type LoadedRun, moveRun } from '../db/control-runs.ts'
import { loadRunRow } from '../db/run-checkers.ts'
import { requireLiveTenure } from '../db/tenures.ts'
import { applyToRun, isCheck, objectionsToRun, type RunDecision } from '../domain/control-runs.ts'
import { whyNot } from '../domain/permissions.ts'
import { refuseIf } from '../domain/refusals.ts'
import { evidenceMoved } from './evidence-moved.ts'
import { recordVerdict } from './record-verdict.ts'
import { type RunRecord, runRecord } from './run-record.ts'
import { tellOfRunAct } from './tell-of-run.ts'
import type { Tools } from './tools.ts'

export interface RecordRunVerdict {
  entityId: string
  decision: RunDecision
  /** Workflow's clock, ISO. */
  now: string
}

/**
 * The record transaction of one verdict on a run of a control: live tenure, status, evidence, what is left of the risk, notices,
 * event, act → done, all or nothing. Already recorded is an answer.
 */
export async function recordRunVerdict(tools: Tools, input: RecordRunVerdict): Promise<RunRecord> {
  const { decision, entityId } = input
  return await recordVerdict(tools, {
    ...{ entityId, actId: decision.id },
    hold: (trx) => holdRun(trx, decision.runId),
    write: (trx, run, act) => write(trx, tools, { run, act }, input),
    read: (trx) => runRecord(trx, decision.runId),
  })
}

async function write(
  trx: Trx,
  tools: Tools,
  { run, act }: { run: LoadedRun; act: ActRow },
  { decision, now }: RecordRunVerdict,
): Promise<void> {
  const { control, state } = run
  await requireLiveTenure(trx, decision, decision.kind)
  const right = isCheck(decision.kind) ? 'check' : 'execute'
  refuseIf(whyNot({ entityId: control.entityId, ...decision }, right, 'Run', await loadRunRow(trx, run)))
  refuseIf(objectionsToRun(state, decision)[0])
  const at = new Date(now)
  const { status, isClosed } = applyToRun(state, decision)
  const validUntil = isCheck(decision.kind) ? run.validUntil : await recordEvidence(trx, act.id, at)
  await moveRun(trx, run, { status, isClosed }, at, { ...columnsOfAct(act, at), valid_until: validUntil })
  await recordRunAct(trx, run, act, { status, validUntil: decision.kind === 'omit' ? null : validUntil })
  await markDone(trx, act.id)
  const after = await holdRun(trx, state.id)
  await evidenceMoved(trx, tools, after, at, act.id)
  if (status === 'rejected') await planRunNotices(trx, after, at)
  else await endRunNotices(trx, state.id, at)
  await tellOfRunAct(trx, tools, after, { actId: act.id, at })
}
