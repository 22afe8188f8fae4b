import { type ActRow, lockAct, markDone } from '../db/acts.ts'
import { recordEvent } from '../db/audit.ts'
import { beginClosing, campaignEvent, holdCampaign, type LoadedCampaign } from '../db/campaigns.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { faultPoint } from '../db/fault-points.ts'
import { recordReviewSignature } from '../db/review-acts.ts'
import { countUnanswered, settleOutcomes } from '../db/review-closing.ts'
import { endListNotices } from '../db/review-notices.ts'
import { leaveScope } from '../db/review-scope.ts'
import { requireLiveTenure } from '../db/tenures.ts'
import { type CampaignClose, type CampaignState, isCampaignOpen, objectionToClose } from '../domain/campaigns.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import { campaignRow } from '../domain/permission-rows.ts'
import { whyNot } from '../domain/permissions.ts'
import { refuseIf } from '../domain/refusals.ts'
import { byAct } from './record-campaign-opening.ts'
import { refusalOf, refusalsAsFailures } from './refusals.ts'
import type { Tools } from './tools.ts'

export interface RecordCampaignClose {
  entityId: string
  campaignId: string
  /** Null where its days are over: it closes by itself. */
  close: CampaignClose | null
  /** Workflow's clock, ISO. */
  now: string
}

/**
 * The record transaction of a close: nobody answers any more, and how each case came out stands (C6, D2, D6). Closed before,
 * whoever did it, is an answer; an act that comes to a campaign somebody else closed is refused.
 */
export async function recordCampaignClose(tools: Tools, input: RecordCampaignClose): Promise<CampaignState> {
  faultPoint('worker:before-record')
  const state = await refusalsAsFailures(() =>
    withEntity(tools.database, input.entityId, async (trx) => {
      const act = input.close === null ? null : await lockAct(trx, input.close.id)
      const campaign = await holdCampaign(trx, input.campaignId)
      if (act?.status === 'refused') throw refusalOf(act.reason_code)
      const isRecorded = act ? act.status !== 'stored' : !isCampaignOpen(campaign.state.status)
      const after = isRecorded ? campaign.state : await write(trx, campaign, act, input)
      faultPoint('worker:before-commit')
      return after
    }),
  )
  faultPoint('worker:after-commit')
  return state
}

async function write(
  trx: Trx,
  campaign: LoadedCampaign,
  act: ActRow | null,
  { close, now }: RecordCampaignClose,
): Promise<CampaignState> {
  const at = new Date(now)
  await leaveScope(trx, campaign, at)
  if (act && close) await sign(trx, campaign, act, { close, at })
  const by = act && { personId: act.person_id, positionId: act.position_id }
  const closing = await beginClosing(trx, campaign, { by, at })
  await recordEvent(trx, { ...campaignEvent(closing, 'campaign.closing'), ...byAct(act) })
  await settleOutcomes(trx, closing, at)
  await endListNotices(trx, campaign.state.id, { isOver: true, now: at })
  if (act) await markDone(trx, act.id)
  return closing.state
}

async function sign(
  trx: Trx,
  campaign: LoadedCampaign,
  act: ActRow,
  { close, at }: { close: CampaignClose; at: Date },
): Promise<void> {
  const { entityId, state } = campaign
  const tenure = await requireLiveTenure(trx, close, act.kind)
  refuseIf(whyNot({ entityId, ...close }, 'lead', 'Campaign', campaignRow(entityId)))
  refuseIf(objectionToClose(state, await countUnanswered(trx, state.id), bogotaDate(at)))
  await recordReviewSignature(trx, state.id, act, { tenure, items: null })
}
