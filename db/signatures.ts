import { sql } from 'kysely'
import { signatureMethod, statementOf } from '../catalog/statements.ts'
import { openCommentsPolicy } from '../domain/comments.ts'
import { stepOf } from '../domain/cycle-state.ts'
import { type Decision, warningOn } from '../domain/decisions.ts'
import type { Trx } from './client.ts'
import type { LoadedCycle } from './cycles.ts'
import { noteAuthor } from './drafts.ts'
import type { LiveTenure } from './tenures.ts'

/** Whoever signs as author elaborated the step, also when they typed nothing of it; acting for someone counts as both. */
async function noteAuthors(trx: Trx, cycle: LoadedCycle, decision: Decision): Promise<void> {
  const { stepCode, personId, positionId, actingFor } = decision
  await noteAuthor(trx, cycle, stepCode, { personId, positionId })
  if (actingFor !== null) await noteAuthor(trx, cycle, stepCode, { personId: actingFor, positionId })
}

interface SignedAct {
  receipt_code: string
  proof: string | null
  read_typed: boolean
}

/**
 * The signature a submission, approval or return leaves, with name, cargo, statement and method as they were then.
 * Ley 527 de 1999, Decreto 2364 de 2012. Other decisions leave none.
 */
export async function recordSignature(
  trx: Trx,
  cycle: LoadedCycle,
  decision: Decision,
  tenure: LiveTenure,
  act: SignedAct,
): Promise<void> {
  const { kind, signatureRole, contentHash } = decision
  if ((kind !== 'submit' && kind !== 'approve' && kind !== 'return') || !signatureRole || !contentHash) return
  if (kind === 'submit') await noteAuthors(trx, cycle, decision)
  const { procedure } = cycle.version
  await trx
    .insertInto('signature')
    .values({
      id: decision.id,
      entity_id: cycle.entityId,
      cycle_id: decision.cycleId,
      step_id: cycle.stepIds[decision.stepCode] ?? '',
      step_version_id: decision.objectId,
      role: signatureRole,
      verdict: kind,
      person_id: decision.personId,
      position_id: decision.positionId,
      acting_for: decision.actingFor,
      person_name: tenure.personName,
      position_name: tenure.positionName,
      tenure_kind: tenure.kind,
      duty: tenure.duty,
      statement: statementOf(kind, signatureRole, act.read_typed),
      method: signatureMethod(act.proof),
      content_hash: contentHash,
      reviewer_is_approver: procedure.reviewerIsApprover,
      open_comments: openCommentsPolicy(procedure),
      warning: warningOn(stepOf(cycle.state, decision.stepCode), decision, procedure),
      receipt_code: act.receipt_code,
      signed_at: sql<Date>`app_now()`,
    })
    .execute()
}
