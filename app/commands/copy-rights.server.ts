import { captureDefinitionAt } from '../../catalog/capture/index.ts'
import { recordEvents } from '../../db/audit.ts'
import { listConsents } from '../../db/capture-pages.ts'
import { openAnswers } from '../../db/capture-records.ts'
import { findRights } from '../../db/rights.ts'
import { findCitizenOf, listCitizenRecords } from '../../db/rights-effects.ts'
import { rightsDuties } from '../../db/rights-notices.ts'
import { pagesFor } from '../../domain/capture-forms.ts'
import { rightsRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { keyRing } from './capture-desk.server.ts'
import { permitted } from './permitted.server.ts'

export type CopiedRecord = Awaited<ReturnType<typeof copyRecords>>[number]

/**
 * All that the entity keeps of a citizen who asked and whose identity was checked, for the copy that is handed to them (Ley
 * 1581 de 2012, art. 14). Each record that is opened is an event with its purpose (promises G18).
 */
export async function copyRecords(context: AppContext, actor: Actor, id: string) {
  return await recordingRefusals(context, actor, { objectId: id }, async (trx, by) => {
    const request = await findRights(trx, id)
    if (!request) throw new Refused('not_visible')
    const row = rightsRow(request.entityId, await rightsDuties(trx, request.entityId), request.receivedBy)
    refuseIf(whyNot(permitted(actor), 'read', 'Rights', row))
    refuseIf(whyNot(permitted(actor), 'handle', 'Rights', row))
    if (!request.state.isIdentified) throw new Refused('unidentified')
    const citizenId = await findCitizenOf(trx, id)
    const records = citizenId === null ? [] : await listCitizenRecords(trx, citizenId)
    if (records.length === 0) throw new Refused('no_record')
    await recordEvents(
      trx,
      records.map((record) => ({
        ...{ entityId: request.entityId, type: 'capture.read', objectId: record.id, purposeCode: 'citizen_request' },
        ...{ actorPerson: by.personId, actorPosition: by.positionId, actingFor: by.actingFor, origin: 'web' },
        ...{ requestId: by.requestId, changes: [{ field: 'code', before: null, after: request.number }] },
      })),
    )
    const ring = keyRing(context, actor)
    const copied = []
    for (const record of records) {
      const { code, form, formVersion, pointName, vigencia, capturedAt } = record
      const consents = await listConsents(trx, record.id)
      const given = consents.flatMap((one) => (one.given ? [one.purpose] : []))
      const pages = pagesFor(captureDefinitionAt(form, formVersion), given)
      copied.push({
        code,
        form,
        pointName,
        vigencia,
        capturedAt,
        consents,
        pages,
        answers: await openAnswers(trx, ring, record),
      })
    }
    return copied
  })
}
