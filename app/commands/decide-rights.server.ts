import { captureDefinition } from '../../catalog/capture/index.ts'
import { type ActRow, countRefused, findAct, requireAct, storeAct } from '../../db/acts.ts'
import type { Trx } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { hashOf } from '../../db/content-hash.ts'
import { idOf } from '../../db/ids.ts'
import { findRights, type LoadedRights } from '../../db/rights.ts'
import { findCitizenOf } from '../../db/rights-effects.ts'
import { rightsDuties } from '../../db/rights-notices.ts'
import { insertRightsDetail, insertRightsText } from '../../db/rights-texts.ts'
import { CAPTURE_FORMS } from '../../domain/grants.ts'
import { rightsRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { type Objection, objection, Refused, refuseIf } from '../../domain/refusals.ts'
import { objectionsToRights, type RightsVerdict } from '../../domain/rights.ts'
import { faultOfCorrection } from '../../domain/rights-effects.ts'
import type { RightsVerdictInput } from '../../domain/rights-inputs.ts'
import type { AppContext } from '../context.server.ts'
import { type Actor, isProofRecent } from '../session.server.ts'
import { type Receipt, receiptCode, sameBody } from './conduct-act.server.ts'
import { conductStored } from './conduct-stored.server.ts'
import { permitted } from './permitted.server.ts'

/** Verdicts that are signed with the password proved again (model.md §4): they answer, and cannot be undone. */
export const PROVED_RIGHTS: readonly RightsVerdict[] = ['attend', 'deny', 'forward']

/** One verdict on a citizen's request: row first, then the Update under its id (model.md §3; Ley 1581 de 2012). */
export async function decideRights(context: AppContext, actor: Actor, input: RightsVerdictInput): Promise<Receipt> {
  return await conductStored(context, actor, input.requestId, (trx) => storeOnce(trx, context, actor, input))
}

async function storeOnce(trx: Trx, context: AppContext, actor: Actor, input: RightsVerdictInput): Promise<ActRow> {
  const { requestId, verdict: kind, contentHash, text, ...said } = input
  const { personId, entityId } = actor
  const { id: positionId, duty } = actor.position
  const actingFor = actor.position.actingFor?.personId ?? null
  const request = await findRights(trx, requestId)
  if (!request) throw new Refused('not_visible')
  const k = await countRefused(trx, { objectId: requestId, kind, personId, positionId })
  const id = idOf(requestId, kind, '', personId, positionId, k)
  // Keyed: what was typed may be personal, and a hash of few words would give them away.
  const bodyHash = hashOf({ secret: context.config.APP_SECRET, contentHash, text, ...said })
  const known = await findAct(trx, id)
  const against = objectionsToRights(request.state, { kind, contentHash }, appToday())[0]
  if (known) return sameBody(known, bodyHash, against)
  const row = rightsRow(request.entityId, await rightsDuties(trx, request.entityId), request.receivedBy)
  refuseIf(whyNot(permitted(actor), 'read', 'Rights', row))
  refuseIf(whyNot(permitted(actor), 'handle', 'Rights', row))
  refuseIf(against)
  if (kind === 'attend') refuseIf(await objectionToAttending(trx, request, input))
  const isProved = PROVED_RIGHTS.includes(kind)
  if (isProved && !isProofRecent(actor)) refuseIf(objection('proof_expired'))
  const stored = await storeAct(trx, {
    ...{ id, entityId, cycleId: null, rightsId: requestId, stepCode: null, kind, objectType: 'rights_request' },
    ...{
      objectId: requestId,
      signatureRole: null,
      personId,
      positionId,
      duty,
      actingFor,
      k,
      contentHash,
      bodyHash,
    },
    ...{ proved: isProved ? actor : null, requestId: context.requestId, receiptCode: receiptCode(id) },
    observations: [],
  })
  if (stored) {
    const ring = { secret: context.config.APP_SECRET, entityId }
    await insertRightsDetail(trx, ring, { actId: id, requestId, ...said })
    await insertRightsText(trx, ring, { id, requestId, actId: id, kind, text })
  }
  return sameBody(stored ?? (await requireAct(trx, id)), bodyHash)
}

/** What attending this request still needs, by what it asks for; the records themselves are not opened. */
async function objectionToAttending(
  trx: Trx,
  { state }: LoadedRights,
  { purposes, corrections }: RightsVerdictInput,
): Promise<Objection | null> {
  const { aim, id } = state
  if (aim === 'withdrawal' && purposes.length === 0) return objection('purposes_missing')
  if (aim === 'correction') {
    if (corrections.length === 0) return objection('corrections_missing')
    for (const correction of corrections) {
      const faults = CAPTURE_FORMS.map((form) => faultOfCorrection(captureDefinition(form), correction))
      const fault = faults.find((one) => one !== null)
      if (fault) return objection('correction_wrong', { label: String(fault.facts.label ?? '') })
    }
  }
  const changesRecords = aim !== 'access' && aim !== 'breach'
  return changesRecords && (await findCitizenOf(trx, id)) === null ? objection('no_record') : null
}
