import { reviewMail } from '../app/text/review-mail.ts'
import { recordEvent } from '../db/audit.ts'
import { campaignEvent, endCampaign, holdCampaign, type LoadedCampaign } from '../db/campaigns.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { idOf } from '../db/ids.ts'
import { leadingTo, writeMail } from '../db/mail.ts'
import { countExecuted, evidenceHash } from '../db/review-closing.ts'
import { reviewersTold } from '../db/review-notices.ts'
import type { CampaignState } from '../domain/campaigns.ts'
import { REVIEWER } from '../domain/campaigns.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import type { Tools } from './tools.ts'

export interface FinishCampaign {
  entityId: string
  campaignId: string
  /** Workflow's clock, ISO. */
  now: string
}

/** All that was decided is done: the evidence stands with its hash, and whoever leads the process is told (D6). */
export async function finishCampaign(tools: Tools, input: FinishCampaign): Promise<CampaignState> {
  const at = new Date(input.now)
  return await withEntity(tools.database, input.entityId, async (trx) => {
    const campaign = await holdCampaign(trx, input.campaignId)
    if (campaign.state.status !== 'closing') return campaign.state
    const { left, ended } = await countExecuted(trx, input.campaignId)
    if (left > 0) throw new Error(`${left} accesses of campaign ${input.campaignId} are still to be ended`)
    await endCampaign(trx, campaign, { at, evidenceHash: await evidenceHash(trx, input.campaignId) })
    const event = campaignEvent(campaign, 'campaign.closed')
    await recordEvent(trx, {
      ...event,
      changes: [...(event.changes ?? []), { field: 'ended', before: null, after: ended }],
    })
    await tellLeads(trx, tools, campaign, { ended, day: bogotaDate(at) })
    return { ...campaign.state, status: 'closed' }
  })
}

async function tellLeads(
  trx: Trx,
  { publicUrl }: Tools,
  { entityId, code, state }: LoadedCampaign,
  { ended, day }: { ended: number; day: string },
): Promise<void> {
  const leads = { id: state.id, entityId, campaignId: state.id, agencyId: null }
  for (const personId of await reviewersTold(trx, leads, REVIEWER, day))
    await writeMail(trx, {
      ...{ id: idOf('mail', state.id, 'closed', personId), entityId, noticeId: null, personId },
      ...reviewMail({ kind: 'closed', code, dueOn: state.dueOn ?? '', n: ended }),
      ...leadingTo(publicUrl, `/accesos/campanas/${state.id}`),
    })
}
