import { type ActRow, countRefused, findAct, requireAct, storeAct } from '../../db/acts.ts'
import type { Trx } from '../../db/client.ts'
import { hashOf } from '../../db/content-hash.ts'
import { findDisposal, requireDisposable } from '../../db/disposals.ts'
import { idOf } from '../../db/ids.ts'
import {
  type DisposalDecision,
  type DisposalVerdictInput,
  disposalRight,
  objectionsToDisposal,
} from '../../domain/disposal.ts'
import { whyNot } from '../../domain/permissions.ts'
import { objection, Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { type Actor, isProofRecent } from '../session.server.ts'
import { type Receipt, receiptCode, sameBody } from './conduct-act.server.ts'
import { conductStored } from './conduct-stored.server.ts'
import { permitted } from './permitted.server.ts'

/** One verdict on a disposal, signed: row first, then the Update under its id (model.md §3; features I4). */
export async function decideDisposal(context: AppContext, actor: Actor, input: DisposalVerdictInput): Promise<Receipt> {
  return await conductStored(context, actor, input.disposalId, (trx) => storeOnce(trx, context, actor, input))
}

async function storeOnce(
  trx: Trx,
  context: AppContext,
  actor: Actor,
  { disposalId, verdict: kind, contentHash, observation }: DisposalVerdictInput,
): Promise<ActRow> {
  const { personId, entityId } = actor
  const { id: positionId, duty } = actor.position
  const actingFor = actor.position.actingFor?.personId ?? null
  const disposal = await findDisposal(trx, disposalId)
  if (!disposal) throw new Refused('not_visible')
  const k = await countRefused(trx, { objectId: disposalId, kind, personId, positionId })
  const id = idOf(disposalId, kind, '', personId, positionId, k)
  const bodyHash = hashOf({ contentHash, observation })
  const { state, cycleId } = disposal
  const decision: DisposalDecision = { id, kind, disposalId, personId, positionId, duty, actingFor, contentHash }
  const against = objectionsToDisposal(state, decision)[0]
  const known = await findAct(trx, id)
  if (known) return sameBody(known, bodyHash, against)
  refuseIf(whyNot(permitted(actor), disposalRight(kind, state.status), 'Entity', { entityId }))
  refuseIf(against)
  if (!isProofRecent(actor)) refuseIf(objection('proof_expired'))
  if (kind === 'approve_disposal') {
    const now = await requireDisposable(trx, { entityId, cycleId, ownId: disposalId })
    if (now.contentHash !== contentHash) throw new Refused('inventory_changed')
  }
  const stored = await storeAct(trx, {
    ...{ id, entityId, cycleId: null, disposalId, stepCode: null, kind, objectType: 'disposal' },
    ...{ objectId: disposalId, signatureRole: null, personId, positionId, duty, actingFor, k, contentHash, bodyHash },
    ...{ proved: actor, requestId: context.requestId, receiptCode: receiptCode(id) },
    observations: observation ? [{ section: '', body: observation }] : [],
  })
  return sameBody(stored ?? (await requireAct(trx, id)), bodyHash)
}
