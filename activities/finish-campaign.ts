import { reviewMail } from '../app/text/review-mail.ts'
import { recordEvent } from '../db/audit.ts'
import { campaignEvent, endCampaign, holdCampaign, type LoadedCampaign } from '../db/campaigns.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { idOf } from '../db/ids.ts'
import { openIncident } from '../db/incidents.ts'
import { type NewMail, toldBeside, writeMail, writeMails } from '../db/mail.ts'
import { countExecuted, evidenceHash, type GoingOn, listGoingOn, listKeeps } from '../db/review-closing.ts'
import { reviewersTold } from '../db/review-notices.ts'
import { type CampaignState, REVIEWER } from '../domain/campaigns.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import { qualityOf } from '../domain/review-quality.ts'
import type { Tools } from './tools.ts'

export interface FinishCampaign {
  entityId: string
  campaignId: string
  /** Workflow's clock, ISO. */
  now: string
}

/**
 * All that was decided is done: the evidence stands with its hash, and whoever leads the process is told, and everybody
 * whose access goes on (D6, C12). Answers that show no thought open an incident (C9, N3).
 */
export async function finishCampaign(tools: Tools, input: FinishCampaign): Promise<CampaignState> {
  const at = new Date(input.now)
  return await withEntity(tools.database, input.entityId, async (trx) => {
    const campaign = await holdCampaign(trx, input.campaignId)
    if (campaign.state.status !== 'closing') return campaign.state
    const { left, ended } = await countExecuted(trx, input.campaignId)
    if (left > 0) throw new Error(`${left} accesses of campaign ${input.campaignId} are still to be ended`)
    const quality = qualityOf(await listKeeps(trx, input.campaignId))
    await endCampaign(trx, campaign, { at, evidenceHash: await evidenceHash(trx, input.campaignId, quality) })
    const event = campaignEvent(campaign, 'campaign.closed')
    const facts = { ended, quality: quality?.grade ?? null, points: quality?.points ?? null }
    const changes = Object.entries(facts).map(([field, after]) => ({ field, before: null, after }))
    await recordEvent(trx, { ...event, changes: [...(event.changes ?? []), ...changes] })
    if (quality?.grade === 'low') await openIncident(trx, hastyReview(input))
    const goingOn = await listGoingOn(trx, input.campaignId)
    await writeMails(
      trx,
      goingOn.map((access) => toPerson(tools, campaign, access)),
    )
    await tellLeads(trx, tools, campaign, { ended, day: bogotaDate(at) })
    return { ...campaign.state, status: 'closed' }
  })
}

function hastyReview({ entityId, campaignId }: FinishCampaign) {
  return {
    ...{ entityId, kind: 'review_hasty', objectType: 'access_campaign', objectId: campaignId },
    origin: 'workflow' as const,
  }
}

/** That their access goes on: whoever was told that it is under review hears how it came out (C12). */
function toPerson({ publicUrl }: Tools, campaign: LoadedCampaign, access: GoingOn): NewMail {
  const { entityId, code, state } = campaign
  const { grantId, granteeId, outcome, endsOn } = access
  return {
    ...{ id: idOf('mail', state.id, grantId, 'came out'), entityId, noticeId: null, personId: granteeId },
    ...reviewMail({ kind: MAIL[outcome], code, dueOn: endsOn, access: access.code }),
    ...toldBeside(publicUrl, `/accesos/${grantId}`),
  }
}

const MAIL = { kept: 'goes_on', changed: 'ends_earlier' } as const

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
      ...toldBeside(publicUrl, `/accesos/campanas/${state.id}`),
    })
}
