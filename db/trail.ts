/**
 * The trail of a whole entity, which may hold millions of events. Narrowed by step, kind, person or position, its page is put together
 * from the newest of each matter that there is (migration 0080): each is in order in an index, and the events between are never read,
 * however rare what is asked for is.
 */
import { type RawBuilder, sql } from 'kysely'
import { beginningsOf } from '../domain/events.ts'
import type { Trx } from './client.ts'
import type { Page } from './pages.ts'
import { conditionsOf, listEventsOf, olderThan, type TimelineEntry, type Wanted } from './timeline.ts'

/** Everything that happened in an entity, newest first: what an auditor reads (I1, N9). */
export async function listTrail(trx: Trx, entityId: string, options: Wanted = {}): Promise<Page<TimelineEntry>> {
  const { kind, stepCode, limit = 50, ...others } = options
  const whole = sql`e.entity_id = ${entityId}`
  if (!kind && !stepCode && !others.personId && !others.positionId) return await listEventsOf(trx, whole, options)
  const conditions = [whole, ...conditionsOf(others), ...olderThan(options.cursor)]
  const newestOf = (matter: RawBuilder<unknown>, count: number) => sql`
    select e.id, e.at from event e where ${sql.join(conditions, sql` and `)} and e.matter = ${matter}
    order by e.at desc, e.id desc limit ${count}`
  // No page holds more matters than lines, and those it holds are the ones with the newest events.
  const page = sql`
    select found.id from (
      select one.matter from (${mattersOf(whole, options)}) one
        cross join lateral (${newestOf(sql`one.matter`, 1)}) newest
      order by newest.at desc, newest.id desc limit ${limit + 1}) candidate
      cross join lateral (${newestOf(sql`candidate.matter`, limit + 1)}) found
    order by found.at desc, found.id desc limit ${limit + 1}`
  return await listEventsOf(trx, sql`${whole} and e.id in (${page})`, { limit })
}

/** The matters asked for in which there is something, each found by one look into the index: also those that no build knows. */
function mattersOf(whole: RawBuilder<unknown>, { kind, stepCode, personId, positionId }: Wanted) {
  const person = personId ? sql`and e.actor_person = ${personId}` : sql``
  const who = positionId && !personId ? sql`and e.actor_position = ${positionId}` : person
  const next = (after: RawBuilder<unknown>) => sql`
    select e.matter from event e where ${whole} ${who} ${after} order by e.matter limit 1`
  return sql`
    with recursive present(matter) as (
      (${next(sql``)})
      union all
      select later.matter from present cross join lateral (${next(sql`and e.matter > present.matter`)}) later
    )
    select matter from present where true
      ${stepCode ? sql`and split_part(matter, ' ', 1) = ${stepCode}` : sql``}
      ${kind ? sql`and split_part(matter, ' ', 2) = any(${beginningsOf(kind)})` : sql``}`
}
