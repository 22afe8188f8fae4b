import { type ActRow, countRefused, findAct, requireAct, storeAct } from '../../db/acts.ts'
import { findCampaign } from '../../db/campaigns.ts'
import type { Trx } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { hashOf } from '../../db/content-hash.ts'
import { idOf } from '../../db/ids.ts'
import { countUnanswered } from '../../db/review-closing.ts'
import { objectionToClose } from '../../domain/campaigns.ts'
import { campaignRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { type Actor, isProofRecent } from '../session.server.ts'
import { type Receipt, receiptCode, sameBody } from './conduct-act.server.ts'
import { conductStored } from './conduct-stored.server.ts'
import { permitted } from './permitted.server.ts'

/** Closes a review before its day, once every case has its answer: row first, then the Update under its id (C4, D2). */
export async function closeCampaign(
  context: AppContext,
  actor: Actor,
  { campaignId }: { campaignId: string },
): Promise<Receipt> {
  return await conductStored(context, actor, campaignId, (trx) => closeOnce(trx, context, actor, campaignId))
}

async function closeOnce(trx: Trx, context: AppContext, actor: Actor, campaignId: string): Promise<ActRow> {
  const { entityId, personId, position } = actor
  const campaign = await findCampaign(trx, campaignId)
  if (!campaign) throw new Refused('not_visible')
  refuseIf(whyNot(permitted(actor), 'read', 'Campaign', campaignRow(entityId)))
  const k = await countRefused(trx, { objectId: campaignId, kind: 'close', personId, positionId: position.id })
  const id = idOf(campaignId, 'close', '', personId, position.id, k)
  const bodyHash = hashOf({ campaignId })
  const known = await findAct(trx, id)
  if (known) return sameBody(known, bodyHash)
  refuseIf(whyNot(permitted(actor), 'lead', 'Campaign', campaignRow(entityId)))
  refuseIf(objectionToClose(campaign.state, await countUnanswered(trx, campaignId), appToday()))
  if (!isProofRecent(actor)) throw new Refused('proof_expired')
  const stored = await storeAct(trx, {
    ...{ id, entityId, cycleId: null, campaignId, stepCode: null, kind: 'close', objectType: 'access_campaign' },
    ...{ objectId: campaignId, signatureRole: null, personId, positionId: position.id, duty: position.duty },
    ...{
      actingFor: position.actingFor?.personId ?? null,
      k,
      contentHash: null,
      bodyHash,
      proved: actor,
      requestId: context.requestId,
    },
    ...{ receiptCode: receiptCode(id), observations: [] },
  })
  return sameBody(stored ?? (await requireAct(trx, id)), bodyHash)
}
