/** What pages read of reviews of accesses: campaigns, how far each reviewer is, and the evidence (C4, D6). */
import { sql } from 'kysely'
import type { CampaignKind, CampaignStatus, OnSilence, Outcome, OutcomeBy, ReviewVerdict } from '../domain/campaigns.ts'
import type { CaptureForm, GrantStatus } from '../domain/grants.ts'
import type { ReviewCause } from '../domain/review-causes.ts'
import type { Trx } from './client.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

export interface CampaignLine {
  id: string
  code: string
  kind: CampaignKind
  cause: ReviewCause | null
  vigencia: number
  status: CampaignStatus
  openedAt: Date
  /** Civil date; null until it is recorded. */
  dueOn: string | null
  /** Cases that need an answer, and how many have one. */
  cases: number
  answered: number
  /** Accesses that came to an end by it. */
  ended: number
}

const LINE = sql`c.id, c.code, c.kind, c.cause, c.vigencia, c.status, c.opened_at as "openedAt", c.due_date as "dueOn",
  n.cases, n.answered, n.ended`
const COUNTS = sql`lateral (
  select count(*) filter (where i.left_at is null)::int as cases,
    count(*) filter (where i.left_at is null and i.answer_id is not null)::int as answered,
    count(*) filter (where i.after_status in ('retired', 'suspended'))::int as ended
  from review_item i where i.campaign_id = c.id) n`

/** Reviews of an entity, the last opened first; 25 a page. */
export async function listCampaigns(
  trx: Trx,
  entityId: string,
  { cursor = null, limit = 25 }: { cursor?: string | null; limit?: number } = {},
): Promise<Page<CampaignLine>> {
  const after = decodeCursor(cursor, ['instant', 'id'])
  const from = after ? sql`and (c.opened_at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``
  const found = await sql<CampaignLine & { key: string }>`
    select ${LINE}, c.opened_at::text as key from access_campaign c, ${COUNTS}
    where c.entity_id = ${entityId} ${from} order by c.opened_at desc, c.id desc limit ${limit + 1}`.execute(trx)
  const { rows, next } = pageOf(found.rows, limit, (row) => [row.key, row.id])
  return { next, rows: rows.map(({ key: _key, ...row }) => row) }
}

export interface CampaignPage extends CampaignLine {
  onSilence: OnSilence
  workingDays: number
  startOn: string | null
  openedBy: string | null
  closedAt: Date | null
  closedBy: string | null
  executedAt: Date | null
  ticket: string | null
  ticketOn: string | null
  ticketedBy: string | null
  evidenceHash: string | null
  kept: number
  changed: number
  retired: number
  suspended: number
  bySilence: number
  /** Cases nobody may review, and those that left. */
  unassigned: number
  left: number
}

export async function findCampaignPage(trx: Trx, entityId: string, id: string): Promise<CampaignPage | undefined> {
  const found = await sql<CampaignPage>`
    select ${LINE}, c.on_silence as "onSilence", c.working_days as "workingDays", c.start_date as "startOn",
      opener.name as "openedBy", c.closed_at as "closedAt", closer.name as "closedBy", c.executed_at as "executedAt",
      c.ticket, c.ticket_on as "ticketOn", ticketer.name as "ticketedBy", c.evidence_hash as "evidenceHash", more.*
    from access_campaign c left join position opener on opener.id = c.opened_position
    left join position closer on closer.id = c.closed_position left join position ticketer on ticketer.id = c.ticketed_position,
    ${COUNTS}, lateral (
      select count(*) filter (where outcome = 'kept')::int as kept, count(*) filter (where outcome = 'changed')::int as changed,
        count(*) filter (where outcome = 'retired')::int as retired,
        count(*) filter (where outcome = 'suspended')::int as suspended,
        count(*) filter (where outcome_by in ('silence', 'nobody'))::int as "bySilence",
        count(*) filter (where list_id is null and left_at is null)::int as unassigned,
        count(*) filter (where left_at is not null)::int as "left"
      from review_item i where i.campaign_id = c.id) more
    where c.entity_id = ${entityId} and c.id = ${id}`.execute(trx)
  return found.rows[0]
}

export interface ReviewerLine {
  id: string
  /** Null for whoever leads the process. */
  agencyName: string | null
  /** Who sits there today; empty where the position is vacant. */
  reviewers: string[]
  cases: number
  confirmed: number
  modified: number
  retired: number
  unanswered: number
  /** When somebody of them last had the list before them, and was last told of it. */
  readAt: Date | null
  toldAt: Date | null
}

/** How far each reviewer is; `leads`: the duties that lead the process. */
export async function listProgress(trx: Trx, campaignId: string, leads: readonly string[]): Promise<ReviewerLine[]> {
  const found = await sql<ReviewerLine>`
    select l.id, a.name as "agencyName", array(
        select distinct p.display_name from position pos join tenure t on t.position_id = pos.id join person p on p.id = t.person_id
        where case when l.agency_id is null then pos.duty = any(${[...leads]}::text[]) and pos.entity_id = l.entity_id
            else pos.agency_id = l.agency_id and pos.heads_agency end
          and (pos.ended_on is null or pos.ended_on >= app_today()) and t.from_date <= app_today()
          and (t.to_date is null or t.to_date >= app_today()) and (p.ended_on is null or p.ended_on >= app_today())
        order by 1) as reviewers,
      n.*, (select max(r.last_at) from review_reading r where r.list_id = l.id) as "readAt",
      (select max(m.settled_at) from notice m where m.list_id = l.id and m.status = 'sent') as "toldAt"
    from review_list l left join agency a on a.id = l.agency_id, lateral (
      select count(*)::int as cases, count(*) filter (where v.verdict = 'confirm')::int as confirmed,
        count(*) filter (where v.verdict = 'modify')::int as modified, count(*) filter (where v.verdict = 'retire')::int as retired,
        count(*) filter (where v.id is null)::int as unanswered
      from review_item i left join review_answer v on v.id = i.answer_id where i.list_id = l.id and i.left_at is null) n
    where l.campaign_id = ${campaignId} and n.cases > 0 order by a.name nulls last, l.id`.execute(trx)
  return found.rows
}

/** Every list of a review, also one with nothing left to ask; `agencyName` is null for whoever leads the process. */
export async function listReviewLists(
  trx: Trx,
  campaignId: string,
): Promise<{ id: string; agencyName: string | null }[]> {
  return await trx
    .selectFrom('review_list as l')
    .leftJoin('agency as a', 'a.id', 'l.agency_id')
    .select(['l.id', 'a.name as agencyName'])
    .where('l.campaign_id', '=', campaignId)
    .orderBy('a.name', (by) => by.nullsLast())
    .orderBy('l.id')
    .execute()
}

export interface CaseLine {
  id: string
  code: string
  personName: string
  agencyName: string
  pointName: string
  form: CaptureForm
  before: GrantStatus
  beforeEndsOn: string
  verdict: ReviewVerdict | null
  /** How many answers there were; those before the last stay in the record. */
  answers: number
  reason: string | null
  answeredBy: string | null
  answeredAt: Date | null
  /** What the quality of the review is worked out from (`qualityOf`); null without an answer. */
  paceMs: number | null
  batchSize: number | null
  wasUnused: boolean | null
  outcome: Outcome | null
  by: OutcomeBy | null
  after: GrantStatus | null
  endsOn: string
  executedAt: Date | null
  hasLeft: boolean
}

/** Every case of a review, before and after, by the code of its access; 50 a page. */
export async function listCases(
  trx: Trx,
  campaignId: string,
  { cursor = null, limit = 50 }: { cursor?: string | null; limit?: number } = {},
): Promise<Page<CaseLine>> {
  const after = decodeCursor(cursor, ['text', 'id'])
  const from = after ? sql`and (g.code, i.id) > (${after[0]}, ${after[1]}::uuid)` : sql``
  const found = await sql<CaseLine>`
    select i.id, g.code, p.display_name as "personName", a.name as "agencyName", s.name as "pointName", g.form,
      i.before_status as before, i.before_ends_on as "beforeEndsOn", v.verdict, coalesce(v.n, 0) as answers,
      nullif(v.reason, '') as reason, pos.name as "answeredBy", v.answered_at as "answeredAt",
      v.pace_ms as "paceMs", v.batch_size as "batchSize", v.was_unused as "wasUnused", i.outcome,
      i.outcome_by as by, i.after_status as after, g.ends_on as "endsOn", i.executed_at as "executedAt",
      i.left_at is not null as "hasLeft"
    from review_item i join access_grant g on g.id = i.grant_id join person p on p.id = g.grantee_id
    join agency a on a.id = g.agency_id join service_point s on s.id = g.point_id
    left join review_answer v on v.id = i.answer_id left join position pos on pos.id = v.position_id
    where i.campaign_id = ${campaignId} ${from} order by g.code, i.id limit ${limit + 1}`.execute(trx)
  return pageOf(found.rows, limit, (row) => [row.code, row.id])
}
