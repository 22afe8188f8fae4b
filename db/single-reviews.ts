/** To whom something happened that asks for a review of their accesses alone (C11); judged by `causeOfReview`. */
import { sql } from 'kysely'
import { isUnused } from '../domain/campaigns.ts'
import { addDays, yearOf } from '../domain/civil-dates.ts'
import { NEWS_DAYS, type SingleFacts } from '../domain/review-causes.ts'
import type { Trx } from './client.ts'
import { lastUse } from './review-answers.ts'

export interface Holder extends SingleFacts {
  personId: string
}

interface HolderRow extends Omit<Holder, 'isUnused'> {
  startsOn: string
  lastUseOn: string | null
}

/**
 * Whoever holds accesses of the vigencia that let them in on `day` and are under no review, with what happened of late. An
 * order to end an access leaves nothing to review.
 */
export async function listAccessHolders(trx: Trx, entityId: string, day: string): Promise<Holder[]> {
  const since = addDays(day, -NEWS_DAYS)
  const found = await sql<HolderRow>`
    with g as (
      select g.grantee_id, min(g.starts_on) as starts_on, array_agg(distinct g.agency_id) as agencies
      from access_grant g where g.entity_id = ${entityId} and g.status = 'granted' and g.vigencia = ${yearOf(day)}
        and g.starts_on <= ${day}::date and g.ends_on >= ${day}::date
        and not exists (select from review_item i where i.grant_id = g.id and i.left_at is null and i.executed_at is null)
        and not exists (select from access_ending e where e.grant_id = g.id and e.settled_at is null)
      group by g.grantee_id
    )
    select g.grantee_id as "personId", g.starts_on as "startsOn", ${lastUse} as "lastUseOn",
      exists (select from tenure t join position pos on pos.id = t.position_id where t.person_id = g.grantee_id
        and t.from_date between ${since}::date and ${day}::date and pos.agency_id <> all(g.agencies)) as "hasMoved",
      exists (select from tenure t join position pos on pos.id = t.position_id where t.person_id = g.grantee_id
        and t.to_date between ${since}::date and ${day}::date and pos.agency_id = any(g.agencies)) as "hasLeft",
      coalesce((select jsonb_agg(e.at) from event e where e.actor_person = g.grantee_id and e.type = 'session.started'
        and e.at >= ${since}::date at time zone 'America/Bogota'), '[]') as entries,
      (select max((c.opened_at at time zone 'America/Bogota')::date)::text from access_campaign c
        where c.subject_id = g.grantee_id) as "lastReviewOn"
    from g order by g.grantee_id`.execute(trx)
  return found.rows.map(({ startsOn, lastUseOn, ...holder }) => ({
    ...holder,
    isUnused: isUnused({ startsOn, lastUseOn }, day),
  }))
}

/** Reviews of one person that are to begin, the first opened first. */
export async function listFiledSingles(trx: Trx, entityId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('access_campaign')
    .select('id')
    .where('entity_id', '=', entityId)
    .where('kind', '=', 'event')
    .where('status', '=', 'filed')
    .orderBy('n')
    .execute()
  return rows.map(({ id }) => id)
}
