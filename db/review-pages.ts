/** What a reviewer reads before answering (C8), and what of it waits in an inbox. */
import { type RawBuilder, sql } from 'kysely'
import { isUnused, type ReviewVerdict } from '../domain/campaigns.ts'
import { type CaptureForm, GRANTERS } from '../domain/grants.ts'
import { abilityFor, type Permitted } from '../domain/permissions.ts'
import type { ReviewCause } from '../domain/review-causes.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { rulesToCondition } from './permit.ts'
import { lastUse } from './review-answers.ts'

/** Whether this actor answers the list `l`: the same rule as its page (`reviewRow` in domain/permission-rows.ts). */
function answerable(actor: Permitted): RawBuilder<unknown> {
  const columns = { entityId: sql.ref('l.entity_id'), reviewers: sql.ref('reviewer.who') }
  return sql`exists (
    select from (
      select unnest(${GRANTERS}::text[]) where l.agency_id is null
      union all select pos.id::text from position pos where pos.agency_id = l.agency_id and pos.heads_agency
        and (pos.ended_on is null or pos.ended_on >= app_today())
    ) reviewer(who) where ${rulesToCondition(abilityFor(actor), 'answer', 'Review', columns)})`
}

export interface WaitingReview {
  /** Of the list. */
  id: string
  code: string
  /** Null for the list of whoever leads the process. */
  agencyName: string | null
  dueOn: string
  /** People whose access waits for an answer. */
  people: number
}

/** The first lists of open reviews that wait for this actor's answers, the first to end first. */
export async function listWaitingReviews(trx: Trx, actor: Permitted, limit: number): Promise<WaitingReview[]> {
  const found = await sql<WaitingReview>`
    select l.id, c.code, a.name as "agencyName", c.due_date as "dueOn", count(distinct g.grantee_id)::int as people
    from review_list l join access_campaign c on c.id = l.campaign_id left join agency a on a.id = l.agency_id
    join review_item i on i.list_id = l.id and i.left_at is null and i.answer_id is null
    join access_grant g on g.id = i.grant_id and g.grantee_id <> ${actor.personId}
    where l.entity_id = ${actor.entityId} and c.status = 'open' and ${answerable(actor)}
    group by l.id, c.code, a.name, c.due_date order by c.due_date, c.code, l.id limit ${limit}`.execute(trx)
  return found.rows
}

export interface ReviewHead {
  id: string
  campaignId: string
  code: string
  vigencia: number
  /** Why the accesses of one person are reviewed; null in the review of a vigencia. */
  cause: ReviewCause | null
  status: string
  dueOn: string | null
  agencyName: string | null
  cases: number
  unanswered: number
}

export async function findReviewHead(trx: Trx, entityId: string, listId: string): Promise<ReviewHead | undefined> {
  const found = await sql<ReviewHead>`
    select l.id, c.id as "campaignId", c.code, c.vigencia, c.cause, c.status, c.due_date as "dueOn", a.name as "agencyName",
      count(i.id)::int as cases, count(i.id) filter (where i.answer_id is null)::int as unanswered
    from review_list l join access_campaign c on c.id = l.campaign_id left join agency a on a.id = l.agency_id
    left join review_item i on i.list_id = l.id and i.left_at is null
    where l.entity_id = ${entityId} and l.id = ${listId} group by l.id, c.id, a.name`.execute(trx)
  return found.rows[0]
}

export interface ReviewCard {
  id: string
  grantId: string
  code: string
  granteeId: string
  personName: string
  /** Positions the person holds today. */
  position: string | null
  pointId: string
  pointName: string
  agencyId: string
  form: CaptureForm
  startsOn: string
  endsOn: string
  /** How it came about: the communication, and who asked and approved it. */
  radicado: string
  radicadoOn: string
  askedBy: string
  grantedBy: string | null
  grantedAt: Date | null
  /** Civil date; null where they never came in. */
  lastUseOn: string | null
  isUnused: boolean
  /** Records its person captured by it since `capturedSince`, a civil date: its last review or, before the first, its first day. */
  captured: number
  capturedSince: string
  /** Others who have the same point and form in force. */
  peers: number
  /** What the person said, in order. */
  statements: { at: string; body: string }[]
  answer: {
    n: number
    verdict: ReviewVerdict
    reason: string
    endsOn: string | null
    by: string
    at: string
  } | null
}

/** Cases of a list, those without an answer first where `unanswered` says so alone; by person, 25 a page. */
export async function listCards(
  trx: Trx,
  listId: string,
  {
    cursor = null,
    unanswered = false,
    limit = 25,
  }: { cursor?: string | null; unanswered?: boolean; limit?: number } = {},
): Promise<Page<ReviewCard>> {
  const after = decodeCursor(cursor, ['text', 'id'])
  const from = after ? sql`and (p.display_name, i.id) > (${after[0]}, ${after[1]}::uuid)` : sql``
  const open = unanswered ? sql`and i.answer_id is null` : sql``
  const found = await sql<Omit<ReviewCard, 'isUnused'>>`
    select i.id, g.id as "grantId", g.code, g.grantee_id as "granteeId", p.display_name as "personName",
      (select string_agg(distinct pos.name, ' · ') from tenure t join position pos on pos.id = t.position_id
        where t.person_id = p.id and t.from_date <= app_today() and (t.to_date is null or t.to_date >= app_today())) as position,
      g.point_id as "pointId", s.name as "pointName", g.agency_id as "agencyId", g.form, g.starts_on as "startsOn",
      g.ends_on as "endsOn", g.radicado, g.radicado_on as "radicadoOn", asker.name as "askedBy",
      granted.position_name as "grantedBy", granted.signed_at as "grantedAt", ${lastUse} as "lastUseOn",
      since.day as "capturedSince", (select count(*)::int from capture_outcome k where k.person_id = g.grantee_id
        and k.scope = scope_of(g.point_id, g.form, g.vigencia) and k.outcome = 'captured'
        and k.happened_on >= since.day::date) as captured,
      (select count(*)::int from access_grant o where o.point_id = g.point_id and o.form = g.form and o.id <> g.id
        and o.status = 'granted' and o.starts_on <= app_today() and o.ends_on >= app_today()) as peers,
      coalesce((select jsonb_agg(jsonb_build_object('at', w.stated_at, 'body', w.body) order by w.stated_at)
        from review_statement w where w.item_id = i.id), '[]') as statements,
      case when v.id is not null then jsonb_build_object('n', v.n, 'verdict', v.verdict, 'reason', v.reason,
        'endsOn', v.ends_on, 'by', who.name, 'at', v.answered_at) end as answer
    from review_item i join access_grant g on g.id = i.grant_id join person p on p.id = g.grantee_id
    join service_point s on s.id = g.point_id join position asker on asker.id = g.asked_position
    left join lateral (select a.position_name, a.signed_at from access_signature a where a.grant_id = g.id and a.kind = 'grant'
      limit 1) granted on true
    left join review_answer v on v.id = i.answer_id left join position who on who.id = v.position_id
    cross join lateral (select coalesce(max((d.executed_at at time zone 'America/Bogota')::date), g.starts_on)::text as day
      from review_item d where d.grant_id = g.id and d.id <> i.id) since
    where i.list_id = ${listId} and i.left_at is null ${open} ${from}
    order by p.display_name, i.id limit ${limit + 1}`.execute(trx)
  const { rows, next } = pageOf(found.rows, limit, (row) => [row.personName, row.id])
  return { next, rows: rows.map((row) => ({ ...row, isUnused: isUnused(row, appToday()) })) }
}
