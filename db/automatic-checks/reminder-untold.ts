import { sql } from 'kysely'
import { anyOf, type Examine, examine, sumOf } from './examination.ts'

/** No reminder that is due stays untold (features B6, N14): what was planned more than two hours ago was sent, or says why not. */
export const reminderUntold: Examine = (trx, { entityId }) => {
  const notices = sql`notice n where n.entity_id = ${entityId} and n.status <> 'superseded' and n.planned_at < app_now() - interval '2 hours'`
  const mails = sql`mail m where m.entity_id = ${entityId} and m.due_at < app_now() - interval '2 hours'`
  return examine(trx, {
    looked: sumOf(sql`select count(*) from ${notices}`, sql`select count(*) from ${mails}`),
    violating: anyOf(
      sql`select case when n.cycle_id is not null then case when st.code is null then 'cycle' else 'step' end
            when n.action_id is not null then 'action' when n.grant_id is not null then 'grant' else 'none' end as kind,
          coalesce(n.cycle_id, n.action_id, n.grant_id, n.id) as id, coalesce(st.code, a.code) as place,
          coalesce(a.code, g.code, c.radicado, n.kind) as label, 'not_told' as reason
        from notice n left join step st on st.id = n.step_id left join cycle c on c.id = n.cycle_id
          left join improvement_action a on a.id = n.action_id left join access_grant g on g.id = n.grant_id
        where n.entity_id = ${entityId} and n.status = 'planned' and n.planned_at < app_now() - interval '2 hours'`,
      sql`select 'mail' as kind, m.id, null as place, m.subject as label, 'mail_waiting' as reason
        from ${mails} and m.status = 'planned' and not m.sensitive`,
    ),
  })
}
