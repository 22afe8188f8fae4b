/** Who acts for whom today, judged from the rows at every request (features C3). */
import { type RawBuilder, sql } from 'kysely'
import type { SubstitutionScope } from '../domain/substitutions.ts'
import type { Trx } from './client.ts'

/** A substitution `sub` with its absence `ab`, the absent person's tenure `t` of the position `pos`, and that person `p`. */
export const SUBSTITUTED = sql`substitution sub join absence ab on ab.id = sub.absence_id
  join position pos on pos.id = ab.position_id
  join tenure t on t.position_id = ab.position_id and t.person_id = ab.person_id
  join person p on p.id = ab.person_id join person deputy on deputy.id = sub.substitute_id`

/**
 * It reaches today: planned for it and not cancelled, the absent person holds the position still (nobody passes on more
 * than they have), and the substitute has not left.
 */
export const isSubstitutedToday = isSubstitutedOn(sql`app_today()`)

/** The same on a civil date. */
export function isSubstitutedOn(day: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(ab.cancelled_at is null and ab.from_date <= ${day} and ab.to_date >= ${day}
    and t.from_date <= ${day} and (t.to_date is null or t.to_date >= ${day})
    and (pos.ended_on is null or pos.ended_on >= ${day}) and (p.ended_on is null or p.ended_on >= ${day})
    and (deputy.ended_on is null or deputy.ended_on >= ${day}))`
}

/** Which of a position's work is asked about; any where it is not said. */
export type Work = Exclude<SubstitutionScope, 'all'>

/** Persons who act on a civil date for whoever holds a duty, or one position; never those who elaborated the step `barredOn`. */
export async function substitutesOf(
  trx: Trx,
  key: { entityId: string; day: string; duty?: string; positionId?: string; work?: Work; barredOn?: string | null },
): Promise<string[]> {
  const { entityId, day, duty = null, positionId = null, work = null, barredOn = null } = key
  const found = await sql<{ id: string }>`
    select distinct sub.substitute_id as id from ${SUBSTITUTED}
    where sub.entity_id = ${entityId} and ${isSubstitutedOn(sql`${day}::date`)}
      and (${duty}::text is null or pos.duty = ${duty}) and (${positionId}::uuid is null or pos.id = ${positionId})
      and (${work}::text is null or sub.scope in ('all', ${work}))
      and not exists (select 1 from attempt_author a where a.step_id = ${barredOn}
        and a.person_id in (sub.substitute_id, ab.person_id))
    order by 1`.execute(trx)
  return found.rows.map(({ id }) => id)
}
