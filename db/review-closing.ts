/** How a campaign comes out, and what its accesses come to: each once, whoever asks how often (C6, D6). */
import { sql } from 'kysely'
import { type Outcome, type OutcomeBy, outcomeOf, type ReviewVerdict } from '../domain/campaigns.ts'
import type { GrantStatus } from '../domain/grants.ts'
import type { Keep, ReviewQuality } from '../domain/review-quality.ts'
import { recordEvents } from './audit.ts'
import { type LoadedCampaign, reviewEvent } from './campaigns.ts'
import type { Trx } from './client.ts'
import { hashOf } from './content-hash.ts'

/** Cases that have no answer; of those in the list where one is named. */
export async function countUnanswered(trx: Trx, campaignId: string, listId?: string): Promise<number> {
  let query = trx
    .selectFrom('review_item')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where('campaign_id', '=', campaignId)
    .where('left_at', 'is', null)
    .where('answer_id', 'is', null)
  if (listId !== undefined) query = query.where('list_id', '=', listId)
  return Number((await query.executeTakeFirstOrThrow()).n)
}

interface OpenItem {
  id: string
  grantId: string
  listId: string | null
  verdict: ReviewVerdict | null
  status: GrantStatus
}

/**
 * Settles how each case came out, once. What ends nothing, or is over already, is done with that; what is left lets
 * somebody in and is ended by the workflow of its access.
 */
export async function settleOutcomes(trx: Trx, campaign: LoadedCampaign, now: Date): Promise<void> {
  const found = await sql<OpenItem>`
    select i.id, i.grant_id as "grantId", i.list_id as "listId", a.verdict, g.status
    from review_item i join access_grant g on g.id = i.grant_id left join review_answer a on a.id = i.answer_id
    where i.campaign_id = ${campaign.state.id} and i.left_at is null and i.outcome is null
    order by i.id for update of i`.execute(trx)
  if (found.rows.length === 0) return
  const settled = found.rows.map((item) => {
    const { outcome, by } = outcomeOf(item.verdict, {
      hasReviewer: item.listId !== null,
      onSilence: campaign.onSilence,
    })
    const isDone = outcome === 'kept' || item.status !== 'granted'
    return { ...item, outcome, by, after: isDone ? item.status : null }
  })
  await sql`update review_item set outcome = t.outcome, outcome_by = t.by, after_status = t.after,
      executed_at = case when t.after is not null then ${now}::timestamptz end
    from unnest(${settled.map(({ id }) => id)}::uuid[], ${settled.map(({ outcome }) => outcome)}::text[],
      ${settled.map(({ by }) => by)}::text[], ${settled.map(({ after }) => after)}::text[]) as t(id, outcome, by, after)
    where review_item.id = t.id`.execute(trx)
  await recordEvents(
    trx,
    settled.filter(({ after }) => after !== null).map(({ grantId, outcome }) => endedEvent(campaign, grantId, outcome)),
  )
}

function endedEvent(campaign: LoadedCampaign, grantId: string, outcome: Outcome) {
  const event = reviewEvent(campaign, 'review.ended', grantId)
  return { ...event, changes: [...(event.changes ?? []), { field: 'outcome', before: null, after: outcome }] }
}

/** Accesses whose outcome is settled and not done yet: those of a list or, for null, all of the campaign. */
export async function listUnexecuted(trx: Trx, campaignId: string, listId: string | null): Promise<string[]> {
  const rows = await trx
    .selectFrom('review_item')
    .select('grant_id')
    .where('campaign_id', '=', campaignId)
    .where(({ eb, lit }) => (listId === null ? lit(true) : eb('list_id', '=', listId)))
    .where('outcome', 'is not', null)
    .where('executed_at', 'is', null)
    .where('left_at', 'is', null)
    .orderBy('grant_id')
    .execute()
  return rows.map((row) => row.grant_id)
}

/** What a review decided of an access and is not done yet. */
export interface PendingOutcome {
  itemId: string
  campaignId: string
  outcome: Outcome
  by: OutcomeBy
  /** Fewer days, where the answer asks for them; civil date. */
  endsOn: string | null
}

/** Held, so that it is done once; undefined where nothing is left to do. */
export async function holdPendingOutcome(trx: Trx, grantId: string): Promise<PendingOutcome | undefined> {
  const found = await sql<PendingOutcome>`
    select i.id as "itemId", i.campaign_id as "campaignId", i.outcome, i.outcome_by as by, a.ends_on as "endsOn"
    from review_item i left join review_answer a on a.id = i.answer_id
    where i.grant_id = ${grantId} and i.outcome is not null and i.executed_at is null and i.left_at is null
    for update of i`.execute(trx)
  return found.rows[0]
}

/** It is done, and what the access came to. */
export async function endItem(trx: Trx, itemId: string, after: GrantStatus, at: Date): Promise<void> {
  const ended = await trx
    .updateTable('review_item')
    .set({ executed_at: at, after_status: after })
    .where('id', '=', itemId)
    .where('executed_at', 'is', null)
    .executeTakeFirst()
  if (ended.numUpdatedRows !== 1n) throw new Error(`case ${itemId} was done before`)
}

/** Of a campaign whose outcomes are settled: how many are still to be done, and how many accesses came to an end by it. */
export async function countExecuted(trx: Trx, campaignId: string): Promise<{ left: number; ended: number }> {
  const found = await sql<{ left: number; ended: number }>`
    select count(*) filter (where outcome is not null and executed_at is null and left_at is null)::int as "left",
      count(*) filter (where after_status in ('retired', 'suspended'))::int as ended
    from review_item where campaign_id = ${campaignId}`.execute(trx)
  return found.rows[0] ?? { left: 0, ended: 0 }
}

/** An access that a review did not end. */
export interface GoingOn {
  grantId: string
  granteeId: string
  code: string
  outcome: Extract<Outcome, 'kept' | 'changed'>
  /** Civil date. */
  endsOn: string
}

/** The accesses of a review that go on after it, with fewer days or as they were; those that ended meanwhile are not among them. */
export async function listGoingOn(trx: Trx, campaignId: string): Promise<GoingOn[]> {
  const found = await sql<GoingOn>`
    select g.id as "grantId", g.grantee_id as "granteeId", g.code, i.outcome, g.ends_on as "endsOn"
    from review_item i join access_grant g on g.id = i.grant_id
    where i.campaign_id = ${campaignId} and i.outcome in ('kept', 'changed') and i.after_status = 'granted' and i.left_at is null
    order by g.code`.execute(trx)
  return found.rows
}

/** The answers that count and keep an access, as they were given (C9, N3). */
export async function listKeeps(trx: Trx, campaignId: string): Promise<Keep[]> {
  return await trx
    .selectFrom('review_item')
    .innerJoin('review_answer', 'review_answer.id', 'review_item.answer_id')
    .select(['pace_ms as paceMs', 'batch_size as batchSize', 'was_unused as wasUnused'])
    .where('review_item.campaign_id', '=', campaignId)
    .where('left_at', 'is', null)
    .where('verdict', '<>', 'retire')
    .execute()
}

/** SHA-256 over the JCS of the list before and after, with answers, and the grade: whoever has the file can check it (D6). */
export async function evidenceHash(trx: Trx, campaignId: string, quality: ReviewQuality | null): Promise<string> {
  const found = await sql<Record<string, unknown>>`
    select g.code, i.before_status as before, i.before_ends_on as "beforeEndsOn", a.verdict, a.n, i.outcome,
      i.outcome_by as by, i.after_status as after, g.ends_on as "endsOn", i.left_at is not null as "hasLeft",
      a.pace_ms as "paceMs", a.batch_size as "batchSize", a.was_unused as "wasUnused"
    from review_item i join access_grant g on g.id = i.grant_id left join review_answer a on a.id = i.answer_id
    where i.campaign_id = ${campaignId} order by g.code`.execute(trx)
  return hashOf({ schema: 2, campaignId, cases: found.rows, quality })
}
