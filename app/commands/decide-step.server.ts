import type { Trx } from '../../db/client.ts'
import { findCycle } from '../../db/cycles.ts'
import { stepRow, whyNot } from '../../domain/permissions.ts'
import type { SignatureRole, StepCode } from '../../domain/procedures.ts'
import { objection, Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { conductAct, type Proposal, type Receipt } from './conduct-act.server.ts'
import { permitted } from './permitted.server.ts'

export interface StepDecision {
  cycleId: string
  stepCode: StepCode
  /** Version and hash of the content the person read; another one standing there now is 409. */
  versionId: string
  contentHash: string
  verdict: 'approve' | 'return'
  /** The role the page offered; the same form sent again is the same act, whatever happened meanwhile. */
  role: Exclude<SignatureRole, 'author'>
  /** Returning needs at least one, by section of the form. */
  observations: { section: string; body: string }[]
}

/** Reviews, approves, gives visto bueno or returns a submitted step (MM-GAC-P-008, revisó y aprobó). */
export async function decideStep(context: AppContext, actor: Actor, decision: StepDecision): Promise<Receipt> {
  return await conductAct(context, actor, (trx) => propose(trx, actor, decision))
}

async function propose(trx: Trx, actor: Actor, decision: StepDecision): Promise<Proposal> {
  const { cycleId, stepCode, versionId, contentHash, verdict, observations } = decision
  const cycle = await findCycle(trx, cycleId)
  if (!cycle) throw new Refused('not_visible')
  const { procedure } = cycle.version
  return {
    cycle,
    objectType: 'step_version',
    decision: {
      kind: verdict,
      cycleId,
      stepCode,
      objectId: versionId,
      contentHash,
      signatureRole: decision.role,
    },
    forbidden: whyNot(permitted(actor), 'decide', 'Step', stepRow(cycle.entityId, procedure, stepCode)),
    objections: verdict === 'return' && observations.length === 0 ? [objection('incomplete', { step: stepCode })] : [],
    observations,
    provedAt: actor.provedAt,
  }
}
