import { type ActRow, countRefused, findAct, requireAct, storeAct } from '../../db/acts.ts'
import type { Trx } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { hashOf } from '../../db/content-hash.ts'
import { idOf } from '../../db/ids.ts'
import { findAcceptance } from '../../db/risk-acceptances.ts'
import { riskRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { objection, Refused, refuseIf } from '../../domain/refusals.ts'
import type { AcceptanceVerdictInput } from '../../domain/risk-inputs.ts'
import { type AcceptanceDecision, objectionsToVerdict } from '../../domain/risk-treatment.ts'
import type { AppContext } from '../context.server.ts'
import { type Actor, isProofRecent } from '../session.server.ts'
import { type Receipt, receiptCode, sameBody } from './conduct-act.server.ts'
import { conductStored } from './conduct-stored.server.ts'
import { permitted } from './permitted.server.ts'

/** One verdict on the acceptance of a risk, signed: row first, then the Update under its id (model.md §3; features D9). */
export async function decideAcceptance(
  context: AppContext,
  actor: Actor,
  input: AcceptanceVerdictInput,
): Promise<Receipt> {
  return await conductStored(context, actor, input.acceptanceId, (trx) => storeOnce(trx, context, actor, input))
}

async function storeOnce(
  trx: Trx,
  context: AppContext,
  actor: Actor,
  { acceptanceId, verdict: kind, contentHash, observation }: AcceptanceVerdictInput,
): Promise<ActRow> {
  const { personId, entityId } = actor
  const { id: positionId, duty } = actor.position
  const actingFor = actor.position.actingFor?.personId ?? null
  const acceptance = await findAcceptance(trx, acceptanceId)
  if (!acceptance) throw new Refused('not_visible')
  const k = await countRefused(trx, { objectId: acceptanceId, kind, personId, positionId })
  const id = idOf(acceptanceId, kind, '', personId, positionId, k)
  const bodyHash = hashOf({ contentHash, observation })
  const { state } = acceptance
  const decision: AcceptanceDecision = { id, kind, acceptanceId, personId, positionId, duty, actingFor, contentHash }
  const against = objectionsToVerdict(state, decision, appToday())[0]
  const known = await findAct(trx, id)
  if (known) return sameBody(known, bodyHash, against)
  const row = riskRow(entityId, state.acceptorDuty)
  refuseIf(whyNot(permitted(actor), kind === 'withdraw_risk' ? 'keep' : 'accept', 'Risk', row))
  refuseIf(against)
  if (!isProofRecent(actor)) refuseIf(objection('proof_expired'))
  const stored = await storeAct(trx, {
    ...{ id, entityId, cycleId: null, acceptanceId, stepCode: null, kind, objectType: 'risk_acceptance' },
    ...{ objectId: acceptanceId, signatureRole: null, personId, positionId, duty, actingFor, k, contentHash, bodyHash },
    ...{ proved: actor, requestId: context.requestId, receiptCode: receiptCode(id) },
    observations: observation ? [{ section: '', body: observation }] : [],
  })
  return sameBody(stored ?? (await requireAct(trx, id)), bodyHash)
}
