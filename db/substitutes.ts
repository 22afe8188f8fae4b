/** Who acts for whom today, judged from the rows at every request (features C3) by `substitutions_on`. */
import { sql } from 'kysely'
import type { SubstitutionScope } from '../domain/substitutions.ts'
import type { Trx } from './client.ts'

/** Which of a position's work is asked about; any where it is not said. */
export type Work = Exclude<SubstitutionScope, 'all'>

/** Persons who act on a civil date for whoever holds a duty, or one position; never those who elaborated the step `barredOn`. */
export async function substitutesOf(
  trx: Trx,
  key: { entityId: string; day: string; duty?: string; positionId?: string; work?: Work; barredOn?: string | null },
): Promise<string[]> {
  const { entityId, day, duty = null, positionId = null, work = null, barredOn = null } = key
  const found = await sql<{ id: string }>`
    select distinct s.substitute_id as id from substitutions_on(${day}::date) s
    where s.entity_id = ${entityId}
      and (${duty}::text is null or s.duty = ${duty}) and (${positionId}::uuid is null or s.position_id = ${positionId})
      and (${work}::text is null or s.scope in ('all', ${work}))
      and not exists (select 1 from attempt_author a where a.step_id = ${barredOn}
        and a.person_id in (s.substitute_id, s.absent_id))
    order by 1`.execute(trx)
  return found.rows.map(({ id }) => id)
}
