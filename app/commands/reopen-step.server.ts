import type { Trx } from '../../db/client.ts'
import { findCycle, type LoadedCycle } from '../../db/cycles.ts'
import { nextReopeningId } from '../../db/reopenings.ts'
import { type CycleState, type StepState, stepOf } from '../../domain/cycle-state.ts'
import { unsettled } from '../../domain/cycles.ts'
import { stepRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { conductAct, type Proposal, type Receipt } from './conduct-act.server.ts'
import { permitted } from './permitted.server.ts'

export interface ReopeningRequest {
  cycleId: string
  stepCode: StepCode
  reason: string
}

/** Asks the approver of an approved step to reopen it, with the reason (model.md §2, Reopen). */
export async function askToReopen(context: AppContext, actor: Actor, request: ReopeningRequest): Promise<Receipt> {
  return await conductAct(context, actor, async (trx): Promise<Proposal> => {
    const { cycleId, stepCode, reason } = request
    const cycle = await requireCycle(trx, cycleId)
    const objectId = await nextReopeningId(trx, cycle, stepCode)
    return {
      cycle,
      objectType: 'reopening',
      decision: { kind: 'ask_reopen', cycleId, stepCode, objectId, contentHash: null, signatureRole: null },
      forbidden: whyNot(
        permitted(actor),
        'ask_reopen',
        'Step',
        stepRow(cycle.entityId, cycle.version.procedure, stepCode),
      ),
      observations: [{ section: 'motivo', body: reason }],
      proved: null,
    }
  })
}

export interface ReopeningAnswer {
  cycleId: string
  stepCode: StepCode
  reopeningId: string
  verdict: 'reopen' | 'decline_reopen'
  reason: string
}

/** The approver of the step answers a request to reopen it. */
export async function answerReopening(context: AppContext, actor: Actor, answer: ReopeningAnswer): Promise<Receipt> {
  return await conductAct(context, actor, async (trx): Promise<Proposal> => {
    const { cycleId, stepCode, reopeningId, verdict, reason } = answer
    const cycle = await requireCycle(trx, cycleId)
    return {
      cycle,
      objectType: 'reopening',
      decision: { kind: verdict, cycleId, stepCode, objectId: reopeningId, contentHash: null, signatureRole: null },
      forbidden: whyNot(permitted(actor), 'reopen', 'Step', stepRow(cycle.entityId, cycle.version.procedure, stepCode)),
      observations: [{ section: 'motivo', body: reason }],
      proved: actor,
    }
  })
}

/** Everything the reopening of a step would change, listed before anyone confirms it. */
export function effectsOfReopening(
  cycle: CycleState,
  stepCode: StepCode,
): { step: StepState; becomes: StepState['status'] }[] {
  const cause = stepOf(cycle, stepCode)
  return cycle.steps
    .filter((step) => Number(step.code) > Number(stepCode))
    .map((step) => ({ step, becomes: unsettled(step, cause).status }))
    .filter(({ step, becomes }) => becomes !== step.status)
}

async function requireCycle(trx: Trx, cycleId: string): Promise<LoadedCycle> {
  const cycle = await findCycle(trx, cycleId)
  if (!cycle) throw new Refused('not_visible')
  return cycle
}
