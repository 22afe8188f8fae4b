import { type ActRow, countRefused, findAct, requireAct, storeAct } from '../../db/acts.ts'
import { listHeadPositions, listLeadPositions } from '../../db/agency-heads.ts'
import type { Trx } from '../../db/client.ts'
import { hashOf } from '../../db/content-hash.ts'
import { findGrant, type LoadedGrant } from '../../db/grants.ts'
import { idOf } from '../../db/ids.ts'
import type { GrantVerdictInput } from '../../domain/grant-inputs.ts'
import { type GrantVerdict, objectionsToGrant } from '../../domain/grants.ts'
import { GRANT_RIGHTS, grantRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { objection, Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { type Actor, isProofRecent } from '../session.server.ts'
import { type Receipt, receiptCode, sameBody } from './conduct-act.server.ts'
import { conductStored } from './conduct-stored.server.ts'
import { permitted } from './permitted.server.ts'

/** Verdicts that are signed with the password proved again (model.md §4). */
const PROVED: readonly GrantVerdict[] = ['grant', 'revoke']

/** One verdict on a delegated access: row first, then the Update under its id (model.md §3; rules D4, D8). */
export async function decideAccess(context: AppContext, actor: Actor, input: GrantVerdictInput): Promise<Receipt> {
  return await conductStored(context, actor, input.grantId, (trx) => storeOnce(trx, context, actor, input))
}

async function storeOnce(trx: Trx, context: AppContext, actor: Actor, input: GrantVerdictInput): Promise<ActRow> {
  const { grantId, verdict: kind, contentHash, reason, cause } = input
  const { personId, entityId } = actor
  const { id: positionId, duty } = actor.position
  const actingFor = actor.position.actingFor?.personId ?? null
  const grant = await findGrant(trx, grantId)
  if (!grant) throw new Refused('not_visible')
  const k = await countRefused(trx, { objectId: grantId, kind, personId, positionId })
  const id = idOf(grantId, kind, '', personId, positionId, k)
  const bodyHash = hashOf({ contentHash, reason, cause })
  const decision = { kind, grantId, personId, positionId, duty, actingFor, contentHash, cause }
  const against = objectionsToGrant(grant.state, decision)[0]
  const known = await findAct(trx, id)
  if (known) return sameBody(known, bodyHash, against)
  await refuseWithoutRight(trx, actor, grant, kind)
  refuseIf(against)
  const isProved = PROVED.includes(kind)
  if (isProved && !isProofRecent(actor)) refuseIf(objection('proof_expired'))
  const stored = await storeAct(trx, {
    ...{ id, entityId, cycleId: null, grantId, stepCode: null, kind, objectType: 'access_grant', objectId: grantId },
    ...{ signatureRole: null, personId, positionId, duty, actingFor, k, contentHash, bodyHash },
    ...{ cause: kind === 'revoke' ? cause : null, proved: isProved ? actor : null },
    ...{ requestId: context.requestId, receiptCode: receiptCode(id) },
    observations: reason.trim() ? [{ section: 'motivo', body: reason }] : [],
  })
  return sameBody(stored ?? (await requireAct(trx, id)), bodyHash)
}

async function refuseWithoutRight(trx: Trx, actor: Actor, grant: LoadedGrant, kind: GrantVerdict): Promise<void> {
  const { entityId } = actor
  const [heads, leads] = [await listHeadPositions(trx, grant.agencyId), await listLeadPositions(trx, entityId)]
  const row = grantRow(entityId, heads, grant.state.granteeId, leads)
  refuseIf(whyNot(permitted(actor), 'read', 'Grant', row))
  refuseIf(whyNot(permitted(actor), GRANT_RIGHTS[kind], 'Grant', row))
}
