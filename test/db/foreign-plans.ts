/** A finding with its causes and what is asked of its owner, for the queries that may forget their filter. */
import { sql } from 'kysely'
import type { Trx } from '../../db/client.ts'

export async function insertPlan(trx: Trx, entityId: string, by: { personId: string; positionId: string }) {
  const { personId, positionId } = by
  await sql`insert into finding (id, entity_id, year, n, code, origin, source, found_on, criterion, condition, cause, effect,
      owner_position, checker_duty, person_id, position_id)
    values (gen_random_uuid(), ${entityId}, 2026, 901, 'H-2026-901', 'audit', 'x', '2026-01-05', 'x', 'x', 'x', 'x',
      ${positionId}, 'control_interno', ${personId}, ${positionId})`.execute(trx)
  await sql`insert into cause_analysis (id, entity_id, finding_id, round, method, steps, root, person_id, position_id)
    select gen_random_uuid(), entity_id, id, 1, 'list', '["x"]', 'x', ${personId}, ${positionId}
    from finding where entity_id = ${entityId}`.execute(trx)
  await sql`update improvement_action set finding_id = (select id from finding where entity_id = ${entityId}), round = 1
    where entity_id = ${entityId} and code = 'AM-2026-001'`.execute(trx)
  await sql`insert into follow_up (id, entity_id, kind, object_id, code, duty, position_id, due_on)
    select gen_random_uuid(), f.entity_id, 'cause_analysis', f.id, f.code, p.duty, p.id, '2026-02-01'
    from finding f join position p on p.id = f.owner_position where f.entity_id = ${entityId}`.execute(trx)
  await sql`insert into notice (id, entity_id, follow_up_id, kind, duty, planned_on, planned_at)
    select gen_random_uuid(), entity_id, id, 'reminder-3', 'in_charge', '2026-01-28', '2026-01-28T13:00:00Z'
    from follow_up where entity_id = ${entityId}`.execute(trx)
}
