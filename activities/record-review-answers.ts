import { type ActRow, lockAct, markDone } from '../db/acts.ts'
import { listHeadPositions } from '../db/agency-heads.ts'
import { holdCampaign, type LoadedCampaign } from '../db/campaigns.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { appNow } from '../db/clock.ts'
import { faultPoint } from '../db/fault-points.ts'
import { recordReviewSignature } from '../db/review-acts.ts'
import {
  dropAnswer,
  findReviewList,
  holdStoredAnswers,
  type JudgedItem,
  judgedItems,
  type ReviewListRow,
  recordAnswers,
  type StoredAnswer,
} from '../db/review-answers.ts'
import { endListNotices } from '../db/review-notices.ts'
import { type LiveTenure, requireLiveTenure } from '../db/tenures.ts'
import { isCampaignOpen, objectionToAnswer, type ReviewBatch } from '../domain/campaigns.ts'
import { reviewRow } from '../domain/permission-rows.ts'
import { whyNot } from '../domain/permissions.ts'
import { Refused, refuseIf } from '../domain/refusals.ts'
import { refusalOf, refusalsAsFailures } from './refusals.ts'
import type { Tools } from './tools.ts'

export interface RecordReviewAnswers {
  entityId: string
  campaignId: string
  batch: ReviewBatch
}

/**
 * The record transaction of a batch of answers: live tenure, who heads the organismo today, each case judged again,
 * signature, events, act → done. A case that cannot be answered any more is left out with its reason and harms no other; a
 * batch of nothing else is refused. Already recorded is an answer.
 */
export async function recordReviewAnswers(tools: Tools, input: RecordReviewAnswers): Promise<void> {
  faultPoint('worker:before-record')
  await refusalsAsFailures(() =>
    withEntity(tools.database, input.entityId, async (trx) => {
      const act = await lockAct(trx, input.batch.id)
      if (act.status === 'refused') throw refusalOf(act.reason_code)
      if (act.status === 'stored') await write(trx, act, input)
      faultPoint('worker:before-commit')
    }),
  )
  faultPoint('worker:after-commit')
}

async function write(trx: Trx, act: ActRow, { campaignId, batch }: RecordReviewAnswers): Promise<void> {
  // Held against the close: what is recorded before it counts, and nothing is recorded after.
  const campaign = await holdCampaign(trx, campaignId, 'share')
  if (!isCampaignOpen(campaign.state.status)) throw new Refused('review_over')
  const tenure = await requireLiveTenure(trx, batch, act.kind)
  const list = await findReviewList(trx, batch.listId)
  if (!list) throw new Refused('not_visible')
  await refuseWithoutRight(trx, list, batch)
  await take(trx, { campaign, list, act, tenure })
  await markDone(trx, act.id)
}

/** Judged again when it is recorded: who headed the organismo yesterday answers no more. */
async function refuseWithoutRight(trx: Trx, list: ReviewListRow, batch: ReviewBatch): Promise<void> {
  const heads = list.agencyId === null ? null : await listHeadPositions(trx, list.agencyId)
  const row = reviewRow(list.entityId, heads, [])
  refuseIf(whyNot({ entityId: list.entityId, ...batch }, 'answer', 'Review', row))
}

interface Taking {
  campaign: LoadedCampaign
  list: ReviewListRow
  act: ActRow
  tenure: LiveTenure
}

async function take(trx: Trx, { campaign, list, act, tenure }: Taking): Promise<void> {
  const stored = await holdStoredAnswers(trx, act.id)
  const items = await judgedItems(
    trx,
    campaign.state.id,
    stored.map(({ itemId }) => itemId),
  )
  const by = { personId: act.person_id, actingFor: act.acting_for }
  const taken: { answer: StoredAnswer; item: JudgedItem }[] = []
  const left: Refused[] = []
  for (const answer of stored) {
    const item = items.get(answer.itemId)
    if (!item) throw new Error(`answer ${answer.id} is about no case of the campaign`)
    const facts = { ...item, seenN: answer.seen, isOnList: item.listId === list.id }
    const against = objectionToAnswer(facts, by)
    if (against) {
      left.push(new Refused(against.code, against.facts))
      await dropAnswer(trx, answer.id, against.code)
    } else taken.push({ answer, item })
  }
  if (taken.length === 0 && left[0]) throw left[0]
  await recordReviewSignature(trx, campaign.state.id, act, { tenure, items: taken.length })
  await recordAnswers(trx, campaign, act, taken)
  await endListNotices(trx, campaign.state.id, { isOver: false, now: appNow() })
}
