import { type ActRow, lockAct, markDone } from '../db/acts.ts'
import { adoptVariables } from '../db/adopt-variables.ts'
import type { Cause } from '../db/cause.ts'
import { gateObjection } from '../db/check-gates.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { countUnresolved } from '../db/comments.ts'
import { findCycle, type LoadedCycle } from '../db/cycles.ts'
import { earlierObjection } from '../db/earlier-reports.ts'
import { faultPoint } from '../db/fault-points.ts'
import { recordReopening } from '../db/reopenings.ts'
import { reviewsObjection } from '../db/risk-reviews.ts'
import { recordSignature } from '../db/signatures.ts'
import { requireLiveTenure } from '../db/tenures.ts'
import { saveTransition } from '../db/transitions.ts'
import { objectionToOpen } from '../domain/comments.ts'
import { apply } from '../domain/cycles.ts'
import { type Decision, objectionsTo } from '../domain/decisions.ts'
import { Refused, refuseIf } from '../domain/refusals.ts'
import { type CycleRecord, cycleRecord } from './cycle-record.ts'
import { refusalOf, refusalsAsFailures } from './refusals.ts'
import type { Tools } from './tools.ts'

export interface RecordDecision {
  entityId: string
  decision: Decision
  /** Workflow's clock, ISO: the civil date new terms start on. */
  now: string
}

/**
 * The record transaction of one act: live tenure, signature, step, tasks, terms, events, act → done, all or nothing.
 * Already recorded is an answer; a refusal is a non-retryable failure whose type is the reason code.
 */
export async function recordDecision({ database }: Tools, input: RecordDecision): Promise<CycleRecord> {
  const { decision, entityId } = input
  faultPoint('worker:before-record')
  const record = await refusalsAsFailures(() =>
    withEntity(database, entityId, async (trx) => {
      const act = await lockAct(trx, decision.id)
      const cycle = await findCycle(trx, decision.cycleId, { lock: true })
      if (!cycle) throw new Refused('not_visible')
      if (act.status === 'stored') await write(trx, cycle, input, act)
      else if (act.status === 'refused') throw refusalOf(act.reason_code)
      const after = await cycleRecord(trx, decision.cycleId)
      faultPoint('worker:before-commit')
      return after
    }),
  )
  faultPoint('worker:after-commit')
  return record
}

async function write(trx: Trx, cycle: LoadedCycle, { decision, now }: RecordDecision, act: ActRow): Promise<void> {
  const tenure = await requireLiveTenure(trx, decision, decision.kind)
  const first = objectionsTo(cycle.state, decision, cycle.version.procedure)[0]
  if (first) throw new Refused(first.code, first.facts)
  if (decision.kind === 'approve') {
    const open = await countUnresolved(trx, cycle.stepIds[decision.stepCode] ?? '')
    refuseIf(objectionToOpen(cycle.version.procedure, decision.stepCode, open))
    refuseIf(await earlierObjection(trx, cycle, decision))
    refuseIf(await reviewsObjection(trx, cycle.entityId, decision))
  }
  if (decision.kind === 'approve' || decision.kind === 'submit')
    refuseIf(
      await gateObjection(trx, { entityId: cycle.entityId, cycleId: decision.cycleId, stepCode: decision.stepCode }),
    )
  const cause: Cause = {
    decision,
    origin: 'workflow',
    workflowId: `cycle:${decision.cycleId}`,
    now: new Date(now),
    requestId: act.request_id,
    bodyHash: act.body_hash,
  }
  const after = apply(cycle.state, decision, cycle.version.procedure)
  await recordSignature(trx, cycle, decision, tenure, act)
  await recordReopening(trx, cycle, after, decision)
  await saveTransition(trx, cycle, after, cause)
  await adoptVariables(trx, cycle, after, cause)
  await markDone(trx, decision.id)
}
