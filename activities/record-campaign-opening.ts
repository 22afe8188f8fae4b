import { type ActRow, markDone, markRefused, requireAct } from '../db/acts.ts'
import { type EventRecord, recordEvent } from '../db/audit.ts'
import { campaignEvent, holdCampaign, type LoadedCampaign, refuseCampaign, startCampaign } from '../db/campaigns.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { faultPoint } from '../db/fault-points.ts'
import { recordRefusal } from '../db/refusals.ts'
import { recordReviewSignature } from '../db/review-acts.ts'
import { findLiveTenure, handOf } from '../db/tenures.ts'
import { entityCalendar } from '../db/terms.ts'
import type { CampaignState } from '../domain/campaigns.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import { campaignRow } from '../domain/permission-rows.ts'
import { whyNot } from '../domain/permissions.ts'
import { termFrom } from '../domain/terms.ts'
import type { Tools } from './tools.ts'

export interface RecordCampaignOpening {
  entityId: string
  campaignId: string
  /** Null where the calendar or an event opens it. */
  actId: string | null
  /** Workflow's clock, ISO. */
  now: string
}

/** Records that a review was opened, and until when it runs. Repeating it answers the same. */
export async function recordCampaignOpening(tools: Tools, input: RecordCampaignOpening): Promise<CampaignState> {
  faultPoint('worker:before-record')
  const state = await withEntity(tools.database, input.entityId, async (trx) => {
    const campaign = await holdCampaign(trx, input.campaignId)
    if (campaign.state.status !== 'filed') return campaign.state
    const after = await open(trx, campaign, input)
    faultPoint('worker:before-commit')
    return after
  })
  faultPoint('worker:after-commit')
  return state
}

async function open(trx: Trx, campaign: LoadedCampaign, { actId, now }: RecordCampaignOpening): Promise<CampaignState> {
  const act = actId === null ? null : await requireAct(trx, actId)
  if (act && !(await sign(trx, campaign, act))) return { ...campaign.state, status: 'refused' }
  const calendar = await entityCalendar(trx, campaign.entityId)
  const started = await startCampaign(
    trx,
    campaign,
    termFrom(bogotaDate(new Date(now)), campaign.workingDays, calendar),
  )
  const event = campaignEvent(started, 'campaign.opened')
  const cause = campaign.cause === null ? [] : [{ field: 'cause', before: null, after: campaign.cause }]
  await recordEvent(trx, { ...event, changes: [...(event.changes ?? []), ...cause], ...byAct(act) })
  if (act) await markDone(trx, act.id)
  return started.state
}

/** False where whoever opened it leads the process no longer: it ends before it was recorded. */
async function sign(trx: Trx, campaign: LoadedCampaign, act: ActRow): Promise<boolean> {
  const { entityId, state } = campaign
  const tenure = await findLiveTenure(trx, handOf(act))
  const opener = { entityId, personId: act.person_id, positionId: act.position_id, duty: act.duty }
  if (tenure && whyNot(opener, 'lead', 'Campaign', campaignRow(entityId)) === null) {
    await recordReviewSignature(trx, state.id, act, { tenure, items: null })
    return true
  }
  await refuseCampaign(trx, campaign)
  await markRefused(trx, act.id, 'tenure_ended')
  await recordRefusal(trx, {
    ...{ entityId, personId: act.person_id, positionId: act.position_id, objectId: state.id },
    ...{ code: 'tenure_ended', actId: act.id, origin: 'workflow', requestId: act.request_id },
  })
  return false
}

/** Who did it, in an event; nobody where the calendar did. */
export function byAct(act: ActRow | null): Partial<EventRecord> {
  if (act === null) return {}
  return {
    ...{ actorPerson: act.person_id, actorPosition: act.position_id, actingFor: act.acting_for },
    ...{ actId: act.id, requestId: act.request_id },
  }
}
