/**
 * The trail of a whole entity, which may hold millions of events. Who acted has an index in order. Narrowed by step or kind, a page is put
 * together from the newest of each matter asked for (migration 0080): each is in order too, and the events between are never read, however
 * rare what is asked for is.
 */
import { type RawBuilder, sql } from 'kysely'
import { wordsOf } from '../domain/event-kinds.ts'
import { STEP_CODES } from '../domain/procedures.ts'
import type { Trx } from './client.ts'
import type { Page } from './pages.ts'
import { conditionsOf, listEventsOf, olderThan, type TimelineEntry, type Wanted } from './timeline.ts'

/** Everything that happened in an entity, newest first: what an auditor reads (I1, N9). */
export async function listTrail(trx: Trx, entityId: string, options: Wanted = {}): Promise<Page<TimelineEntry>> {
  const { kind, stepCode, limit = 50, ...others } = options
  const whole = sql`e.entity_id = ${entityId}`
  if (kind === undefined && stepCode === undefined) return await listEventsOf(trx, whole, options)
  const conditions = [whole, ...conditionsOf(others), ...olderThan(options.cursor)]
  const newestOf = (matter: RawBuilder<unknown>, count: number) => sql`
    select e.id, e.at from event e where ${sql.join(conditions, sql` and `)} and e.matter = ${matter}
    order by e.at desc, e.id desc limit ${sql.lit(count)}`
  // No page holds more matters than lines, and those it holds are the ones with the newest events.
  const most = sql.lit(limit + 1)
  const page = sql`
    select found.id from (
      select asked.matter from unnest(${mattersOf(options)}::text[]) asked(matter)
        cross join lateral (${newestOf(sql`asked.matter`, 1)}) newest
      order by newest.at desc, newest.id desc limit ${most}) candidate
      cross join lateral (${newestOf(sql`candidate.matter`, limit + 1)}) found
    order by found.at desc, found.id desc limit ${most}`
  return await listEventsOf(trx, sql`${whole} and e.id in (${page})`, { limit })
}

/** As events hold them: «3 step», « session». */
function mattersOf({ kind, stepCode }: Wanted): string[] {
  const steps = stepCode === undefined ? ['', ...STEP_CODES] : [stepCode]
  return steps.flatMap((step) => wordsOf(kind).map((word) => `${step} ${word}`))
}
