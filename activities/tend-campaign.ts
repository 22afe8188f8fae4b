import { reviewMail } from '../app/text/review-mail.ts'
import { holdCampaign, type LoadedCampaign } from '../db/campaigns.ts'
import { withEntity } from '../db/client.ts'
import { idOf } from '../db/ids.ts'
import { type NewMail, toldBeside, writeMails } from '../db/mail.ts'
import { endListNotices, planListNotices } from '../db/review-notices.ts'
import { type Joined, leaveScope, settleSeats, takeScope } from '../db/review-scope.ts'
import { entityCalendar } from '../db/terms.ts'
import { isCampaignOpen } from '../domain/campaigns.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import type { Tools } from './tools.ts'

export interface TendCampaign {
  entityId: string
  campaignId: string
  /** Workflow's clock, ISO. */
  now: string
}

/**
 * Reads a campaign again, in one transaction: what joins it and what leaves it, who reviews each case today, what each list
 * is told and when, and the word to every person whose access comes under review (C4, C5, C12). Answers the lists with cases.
 */
export async function tendCampaign(tools: Tools, input: TendCampaign): Promise<{ lists: string[] }> {
  const now = new Date(input.now)
  return await withEntity(tools.database, input.entityId, async (trx) => {
    const campaign = await holdCampaign(trx, input.campaignId)
    if (!isCampaignOpen(campaign.state.status)) return { lists: [] }
    await leaveScope(trx, campaign, now)
    await endListNotices(trx, input.campaignId, { isOver: false, now })
    const joined = await takeScope(trx, campaign)
    const first = new Set(joined.map(({ grantId }) => grantId))
    const lists = await settleSeats(trx, campaign, bogotaDate(now), first)
    if (lists.length > 0)
      await planListNotices(trx, campaign, lists, { calendar: await entityCalendar(trx, campaign.entityId), now })
    await writeMails(
      trx,
      joined.map((one) => toPerson(tools, campaign, one)),
    )
    return { lists }
  })
}

/** That their access is under review, and that they may say something to it. */
function toPerson({ publicUrl }: Tools, campaign: LoadedCampaign, joined: Joined): NewMail {
  const { entityId, code, cause, state } = campaign
  return {
    ...{ id: idOf('mail', state.id, joined.grantId), entityId, noticeId: null, personId: joined.granteeId },
    ...reviewMail({ kind: 'under_review', code, dueOn: state.dueOn ?? '', access: joined.code, cause }),
    ...toldBeside(publicUrl, `/accesos/${joined.grantId}`),
  }
}
