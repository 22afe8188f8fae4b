import type { ActRow } from '../db/acts.ts'
import { recordEvent, recordEvents } from '../db/audit.ts'
import type { Trx } from '../db/client.ts'
import { dropCitizen } from '../db/erasures.ts'
import type { LoadedRights } from '../db/rights.ts'
import { rightsEvent } from '../db/rights-acts.ts'
import { changeRecords, findCitizenOf, withdrawConsents } from '../db/rights-effects.ts'
import { findRightsDetail, openCorrections } from '../db/rights-texts.ts'
import type { Purpose } from '../domain/capture-forms.ts'
import { Refused } from '../domain/refusals.ts'
import type { Tools } from './tools.ts'

/**
 * Does to the records of a citizen what attending their request means, with its events (Ley 1581 de 2012, art. 8): their data
 * corrected by field name only, an authorisation ended, everything erased. Knowing them, or another breach, changes nothing.
 * Throws `Refused` where the entity has no record of this person.
 */
export async function attendRights(
  trx: Trx,
  { secret }: Tools,
  { request, act, at }: { request: LoadedRights; act: ActRow; at: Date },
): Promise<void> {
  const { aim, id: requestId } = request.state
  if (aim === 'access' || aim === 'breach') return
  const citizenId = await findCitizenOf(trx, requestId)
  if (citizenId === null) throw new Refused('no_record')
  const { entityId } = request
  const detail = await findRightsDetail(trx, act.id)
  const by = { actorPerson: act.person_id, actorPosition: act.position_id, actingFor: act.acting_for, actId: act.id }
  if (aim === 'erasure') {
    await dropCitizen(trx, citizenId, { entityId, cause: { requestId, actId: act.id }, at })
    return await recordEvent(trx, { ...rightsEvent(request, 'citizen.erased'), ...by })
  }
  if (aim === 'withdrawal') {
    const purposes = detail.purposes as Purpose[]
    await withdrawConsents(trx, citizenId, { purposes, at })
    const changes = [{ field: 'purposes', before: null, after: purposes.join(', ') }]
    return await recordEvent(trx, { ...rightsEvent(request, 'consent.withdrawn'), ...by, changes })
  }
  const ring = { secret, entityId }
  const corrections = await openCorrections(trx, ring, { requestId, actId: act.id, sealed: detail.sealed })
  const hand = { personId: act.person_id, positionId: act.position_id }
  const changed = await changeRecords(trx, ring, citizenId, { corrections, by: hand })
  await recordEvents(
    trx,
    changed.map(({ recordId, fields }) => ({
      ...{ ...rightsEvent(request, 'capture.corrected'), ...by, objectId: recordId },
      changes: fields.map((field) => ({ field, before: null, after: null })),
    })),
  )
}
