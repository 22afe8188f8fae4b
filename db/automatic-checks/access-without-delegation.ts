import { sql } from 'kysely'
import { type Examine, examine } from './examination.ts'

/** Days a leave may take to end an access (rule D4: one working day, over a weekend and a holiday). */
const GRACE_DAYS = 4

/**
 * Nobody has capture open without a delegation in force (circular 4173.010.22.2.1020.000150; R3, R6, D1): each access that stands
 * granted was decided by signature, its days are not over, and its person is still at work at an open point.
 */
export const accessWithoutDelegation: Examine = (trx, { entityId }) => {
  const granted = sql`access_grant g where g.entity_id = ${entityId} and g.status = 'granted'`
  const atWork = sql`exists (select from tenure t join position pos on pos.id = t.position_id
    where t.person_id = g.grantee_id and t.from_date <= app_today()
      and (t.to_date is null or t.to_date >= app_today() - ${sql.lit(GRACE_DAYS)})
      and (pos.ended_on is null or pos.ended_on >= app_today() - ${sql.lit(GRACE_DAYS)}))`
  return examine(trx, {
    looked: sql`select count(*) from ${granted}`,
    violating: sql`
      select 'grant' as kind, id, null::text as place, code as label, reason from (
        select g.id, g.code, case
          when not exists (select from access_signature s where s.grant_id = g.id and s.kind = 'grant') then 'not_decided'
          when g.ends_on < app_today() - 1 then 'days_over'
          when not ${atWork} then 'not_at_work'
          when exists (select from service_point p where p.id = g.point_id and p.ended_on < app_today() - ${sql.lit(GRACE_DAYS)})
            then 'point_closed'
          end as reason
        from ${granted}) judged where reason is not null`,
  })
}
