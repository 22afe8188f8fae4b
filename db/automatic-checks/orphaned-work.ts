import { sql } from 'kysely'
import { UNDONE_STATUSES } from '../../domain/improvement.ts'
import { anyOf, type Examine, examine, sumOf } from './examination.ts'

/** Somebody holds the position today, as titular or encargado. */
const held = (condition: ReturnType<typeof sql>) => sql`exists (select from position pos
  join tenure t on t.position_id = pos.id and t.from_date <= app_today() and (t.to_date is null or t.to_date >= app_today())
  join person p on p.id = t.person_id and (p.ended_on is null or p.ended_on >= app_today())
  where (pos.ended_on is null or pos.ended_on >= app_today()) and ${condition})`

/**
 * No work is left to nobody (model.md §1, a vacant position): tasks, improvement actions, risks, requests of accesses and acts wait for
 * somebody who can do them today.
 */
export const orphanedWork: Examine = (trx, { entityId }) => {
  const tasks = sql`task k where k.entity_id = ${entityId} and k.status = 'open'`
  const actions = sql`improvement_action a
    where a.entity_id = ${entityId} and a.status in (${sql.join(UNDONE_STATUSES)})`
  const risks = sql`risk r where r.entity_id = ${entityId}`
  const requests = sql`access_grant g where g.entity_id = ${entityId} and g.status in ('asked', 'accepted')`
  const acts = sql`act a where a.entity_id = ${entityId} and a.status in ('stored', 'done')`
  const count = (rows: ReturnType<typeof sql>) => sql`select count(*) from ${rows}`
  return examine(trx, {
    looked: sumOf(count(tasks), count(actions), count(risks), count(requests), count(acts)),
    violating: anyOf(
      sql`select 'step' as kind, k.cycle_id as id, k.step_code as place, c.name as label, 'task_of_nobody' as reason
        from (select distinct k.cycle_id, k.step_code, k.duty from ${tasks}) k join cycle c on c.id = k.cycle_id
        where not ${held(sql`pos.entity_id = ${entityId} and pos.duty = k.duty`)}`,
      sql`select 'action' as kind, a.id, a.code as place, a.code as label, 'action_of_nobody' as reason from ${actions}
        and not ${held(sql`pos.entity_id = ${entityId}
          and case when a.position_id is null then pos.duty = a.duty else pos.id = a.position_id end`)}`,
      sql`select 'risk' as kind, r.id, r.code as place, r.code as label, 'risk_of_nobody' as reason from ${risks}
        and not ${held(sql`pos.id = r.owner_position`)}`,
      sql`select 'grant' as kind, g.id, null as place, g.code as label, 'request_of_nobody' as reason from ${requests}
        and exists (select from person p where p.id = g.grantee_id and p.ended_on < app_today())`,
      sql`select 'act' as kind, a.id, null as place, a.receipt_code as label, 'act_unsettled' as reason from ${acts}
        and a.stored_at < app_now() - interval '1 hour'`,
    ),
  })
}
