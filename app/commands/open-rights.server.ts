import { recordEvent } from '../../db/audit.ts'
import { findRights } from '../../db/rights.ts'
import { rightsDuties } from '../../db/rights-notices.ts'
import { openRightsContent, openRightsTexts, type RightsText } from '../../db/rights-texts.ts'
import { rightsRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { RightsContent } from '../../domain/rights-inputs.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

export interface OpenedRights {
  /** Null once the key of the request is no more. */
  content: RightsContent | null
  texts: RightsText[]
}

/** What a citizen typed, for whoever answers for data protection; each time is on record with its purpose (promises G18). */
export async function openRights(context: AppContext, actor: Actor, id: string): Promise<OpenedRights> {
  return await recordingRefusals(context, actor, { objectId: id }, async (trx, by) => {
    const request = await findRights(trx, id)
    if (!request) throw new Refused('not_visible')
    const row = rightsRow(request.entityId, await rightsDuties(trx, request.entityId), request.receivedBy)
    refuseIf(whyNot(permitted(actor), 'read', 'Rights', row))
    refuseIf(whyNot(permitted(actor), 'handle', 'Rights', row))
    const ring = { secret: context.config.APP_SECRET, entityId: request.entityId }
    await recordEvent(trx, {
      ...{ entityId: request.entityId, type: 'rights.opened', objectId: id, purposeCode: 'citizen_request' },
      ...{
        actorPerson: by.personId,
        actorPosition: by.positionId,
        actingFor: by.actingFor,
        origin: 'web',
        requestId: by.requestId,
      },
      changes: [{ field: 'code', before: null, after: request.number }],
    })
    return { content: (await openRightsContent(trx, ring, id)) ?? null, texts: await openRightsTexts(trx, ring, id) }
  })
}
