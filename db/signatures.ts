import { sql } from 'kysely'
import { SIGNATURE_METHODS, statementOf } from '../catalog/statements.ts'
import { stepOf } from '../domain/cycle-state.ts'
import { type Decision, warningOn } from '../domain/decisions.ts'
import type { Trx } from './client.ts'
import type { LoadedCycle } from './cycles.ts'
import type { LiveTenure } from './tenures.ts'

/** Whoever signs as author elaborated the step, also when they typed nothing of it; acting for someone counts as both. */
async function rememberAuthors(trx: Trx, cycle: LoadedCycle, decision: Decision): Promise<void> {
  const { stepCode, personId, positionId, actingFor } = decision
  const people = [personId, actingFor].filter((id) => id !== null)
  await trx
    .insertInto('attempt_author')
    .values(
      people.map((person) => ({
        entity_id: cycle.entityId,
        step_id: cycle.stepIds[stepCode] ?? '',
        attempt_id: cycle.attemptIds[stepCode] ?? '',
        person_id: person,
        position_id: positionId,
      })),
    )
    .onConflict((oc) => oc.columns(['attempt_id', 'person_id']).doNothing())
    .execute()
}

interface SignedAct {
  receipt_code: string
  proved_at: Date | null
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
  if (kind === 'submit') await rememberAuthors(trx, cycle, decision)
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
      statement: statementOf(kind, signatureRole),
      method: act.proved_at ? SIGNATURE_METHODS.proved : SIGNATURE_METHODS.session,
      content_hash: contentHash,
      reviewer_is_approver: procedure.reviewerIsApprover,
      warning: warningOn(stepOf(cycle.state, decision.stepCode), decision, procedure),
      receipt_code: act.receipt_code,
      signed_at: sql<Date>`app_now()`,
    })
    .execute()
}
