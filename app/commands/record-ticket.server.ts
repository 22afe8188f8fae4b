import { findCampaign, noteTicket } from '../../db/campaigns.ts'
import { campaignRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { TicketInput } from '../../domain/review-inputs.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

/** Notes, once, the case of the service desk of the bulk act: number, date and who notes it (R7, D6). */
export async function recordTicket(context: AppContext, actor: Actor, input: TicketInput): Promise<void> {
  const { campaignId } = input
  await recordingRefusals(context, actor, { objectId: campaignId }, async (trx, by) => {
    const row = campaignRow(actor.entityId)
    const campaign = await findCampaign(trx, campaignId)
    if (!campaign) throw new Refused('not_visible')
    refuseIf(whyNot(permitted(actor), 'read', 'Campaign', row))
    refuseIf(whyNot(permitted(actor), 'lead', 'Campaign', row))
    if (!(await noteTicket(trx, by, campaign, input))) throw new Refused('ticket_known')
  })
}
