/** Answers of a review as they are stored, judged and recorded; the last recorded one counts, those before it stay (C7). */
import { type RawBuilder, sql } from 'kysely'
import { type AnswerFacts, type CampaignStatus, isUnused, type ReviewVerdict } from '../domain/campaigns.ts'
import type { RefusalCode } from '../domain/refusals.ts'
import type { TypedAnswer } from '../domain/review-inputs.ts'
import type { ActRow } from './acts.ts'
import { recordEvents } from './audit.ts'
import { type LoadedCampaign, reviewEvent } from './campaigns.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { newId } from './ids.ts'

export interface ReviewListRow {
  id: string
  entityId: string
  campaignId: string
  /** Null for the list of whoever leads the process. */
  agencyId: string | null
}

export async function findReviewList(trx: Trx, id: string): Promise<ReviewListRow | undefined> {
  return await trx
    .selectFrom('review_list')
    .select(['id', 'entity_id as entityId', 'campaign_id as campaignId', 'agency_id as agencyId'])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Persons who had the list before them once: they may read it still, and are told why they do not answer any more. */
export async function listReaders(trx: Trx, listId: string): Promise<string[]> {
  const rows = await trx.selectFrom('review_reading').select('person_id').where('list_id', '=', listId).execute()
  return rows.map((row) => row.person_id)
}

/** The last day, in Bogotá, on which the person of the access `g` came in; null where they never did. */
export const lastUse: RawBuilder<string | null> =
  sql`(select (max(e.at) at time zone 'America/Bogota')::date::text from event e
  where e.actor_person = g.grantee_id and e.type = 'session.started')`

/** One case with what an answer on it is judged by. */
export interface JudgedItem extends Omit<AnswerFacts, 'seenN' | 'isOnList'> {
  id: string
  grantId: string
  listId: string | null
  lastVerdict: ReviewVerdict | null
  /** Civil date. */
  endsOn: string
  isUnused: boolean
}

/** The cases of these ids, of one campaign; ids of others are left out. */
export async function judgedItems(
  trx: Trx,
  campaignId: string,
  ids: readonly string[],
): Promise<Map<string, JudgedItem>> {
  const found = await sql<Omit<JudgedItem, 'isUnused'> & { startsOn: string; lastUseOn: string | null }>`
    select i.id, i.grant_id as "grantId", i.list_id as "listId", i.left_at is not null as "hasLeft",
      c.status as campaign, g.grantee_id as "granteeId", g.ends_on as "endsOn", g.starts_on as "startsOn",
      coalesce((select array_remove(array[s.person_id, s.acting_for], null)::text[] from access_signature s
        where s.grant_id = g.id and s.kind = 'grant' limit 1), '{}') as granters,
      coalesce(a.n, 0) as "lastN", a.verdict as "lastVerdict", ${lastUse} as "lastUseOn"
    from review_item i join access_campaign c on c.id = i.campaign_id join access_grant g on g.id = i.grant_id
    left join review_answer a on a.id = i.answer_id
    where i.campaign_id = ${campaignId} and i.id = any(${[...ids]}::uuid[]) order by i.id`.execute(trx)
  return new Map(
    found.rows.map(({ startsOn, lastUseOn, ...item }) => [
      item.id,
      { ...item, campaign: item.campaign as CampaignStatus, isUnused: isUnused({ startsOn, lastUseOn }, appToday()) },
    ]),
  )
}

/** Milliseconds since this person last answered in the list or, before that, since they first had it before them. */
export async function sinceLastLook(trx: Trx, listId: string, personId: string): Promise<number> {
  const found = await sql<{ ms: string }>`
    select coalesce(extract(epoch from app_now() - greatest(
      (select r.last_at from review_reading r where r.list_id = ${listId} and r.person_id = ${personId}),
      (select max(a.answered_at) from review_answer a join act on act.id = a.act_id
        where act.list_id = ${listId} and a.person_id = ${personId}))) * 1000, 0)::bigint::text as ms`.execute(trx)
  return Math.max(0, Number(found.rows[0]?.ms ?? 0))
}

/** That the person has the list before them now. */
export async function noteReading(trx: Trx, list: ReviewListRow, personId: string): Promise<void> {
  await trx
    .insertInto('review_reading')
    .values({ list_id: list.id, person_id: personId, entity_id: list.entityId })
    .onConflict((oc) => oc.columns(['list_id', 'person_id']).doUpdateSet({ last_at: sql<Date>`app_now()` }))
    .execute()
}

/** Stores the answers of an act, to be recorded by its workflow. */
export async function storeAnswers(
  trx: Trx,
  act: Pick<ActRow, 'id' | 'entity_id' | 'person_id' | 'position_id' | 'acting_for'>,
  answers: readonly (TypedAnswer & { wasUnused: boolean })[],
  paceMs: number,
): Promise<void> {
  const rows = answers.map(({ itemId, verdict, reason, change, seenN, seenMs, wasUnused }) => ({
    ...{ id: newId(), entity_id: act.entity_id, item_id: itemId, act_id: act.id, seen: seenN, verdict, reason },
    ends_on: change.endsOn,
    ...{ batch_size: answers.length, seen_ms: seenMs, pace_ms: Math.round(paceMs / answers.length) },
    ...{ was_unused: wasUnused, person_id: act.person_id, position_id: act.position_id, acting_for: act.acting_for },
  }))
  await trx.insertInto('review_answer').values(rows).execute()
}

export interface StoredAnswer {
  id: string
  itemId: string
  verdict: ReviewVerdict
  seen: number
}

/** Answers of an act that wait to be recorded, held with their cases. */
export async function holdStoredAnswers(trx: Trx, actId: string): Promise<StoredAnswer[]> {
  const found = await sql<StoredAnswer>`
    select a.id, a.item_id as "itemId", a.verdict, a.seen from review_answer a join review_item i on i.id = a.item_id
    where a.act_id = ${actId} and a.status = 'stored' order by a.item_id for update of a, i`.execute(trx)
  return found.rows
}

/** The answer counts from now on, with its event; the one before it stays in the record. */
export async function recordAnswers(
  trx: Trx,
  campaign: LoadedCampaign,
  act: ActRow,
  taken: readonly { answer: StoredAnswer; item: JudgedItem }[],
): Promise<void> {
  if (taken.length === 0) return
  const [ids, items] = [taken.map(({ answer }) => answer.id), taken.map(({ item }) => item.id)]
  const numbers = taken.map(({ item }) => item.lastN + 1)
  await sql`update review_answer set status = 'recorded', n = t.n
    from unnest(${ids}::uuid[], ${numbers}::int[]) as t(id, n) where review_answer.id = t.id`.execute(trx)
  await sql`update review_item set answer_id = t.answer
    from unnest(${items}::uuid[], ${ids}::uuid[]) as t(id, answer) where review_item.id = t.id`.execute(trx)
  await recordEvents(
    trx,
    taken.map(({ answer, item }) => {
      const event = reviewEvent(campaign, 'review.answered', item.grantId)
      const verdict = { field: 'verdict', before: item.lastVerdict, after: answer.verdict }
      const who = { actorPerson: act.person_id, actorPosition: act.position_id, actingFor: act.acting_for }
      return {
        ...event,
        ...who,
        actId: act.id,
        requestId: act.request_id,
        changes: [...(event.changes ?? []), verdict],
      }
    }),
  )
}

/** An answer that could not be taken any more when its turn came. */
export async function dropAnswer(trx: Trx, id: string, code: RefusalCode): Promise<void> {
  await trx.updateTable('review_answer').set({ status: 'skipped', skipped_code: code }).where('id', '=', id).execute()
}
