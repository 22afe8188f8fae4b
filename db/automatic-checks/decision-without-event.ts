import { sql } from 'kysely'
import { anyOf, type Examine, examine, sumOf } from './examination.ts'

/** Every decision has its event (model.md §5): each act that is done, and each signature of a correction, which is no act. */
export const decisionWithoutEvent: Examine = (trx, { entityId }) => {
  const done = sql`act a where a.entity_id = ${entityId} and a.status in ('done', 'confirmed')`
  const corrections = sql`correction_signature s join correction c on c.id = s.correction_id where s.entity_id = ${entityId}`
  return examine(trx, {
    looked: sumOf(sql`select count(*) from ${done}`, sql`select count(*) from ${corrections}`),
    violating: anyOf(
      sql`select 'act' as kind, a.id, null::text as place, a.receipt_code as label, 'without_event' as reason from ${done}
        and not exists (select from event e where e.act_id = a.id and e.entity_id = a.entity_id and e.type <> 'act.refused')`,
      sql`select 'cycle' as kind, c.cycle_id as id, null as place, s.position_name as label, 'without_event' as reason
        from ${corrections} and not exists (select from event e where e.object_id = s.correction_id
          and e.type in ('correction.signed', 'correction.returned') and e.actor_person = s.person_id)`,
    ),
  })
}
