/** Rounds of the automatic controls, one waiting and one with a run in red, for the queries that may forget their filter. */
import { sql } from 'kysely'
import type { Trx } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'

export async function insertChecks(
  trx: Trx,
  entityId: string,
  by: { personId: string; positionId: string },
): Promise<{ roundId: string; drillRoundId: string; checkedControlId: string }> {
  const [roundId, drillRoundId] = [newId(), newId()]
  await sql`insert into check_round (id, entity_id, asked_by, asked_position, asked_at)
    values (${roundId}, ${entityId}, ${by.personId}, ${by.positionId}, app_now() - interval '1 minute'),
      (${drillRoundId}, ${entityId}, null, null, app_now())`.execute(trx)
  await sql`insert into automatic_check_run (id, entity_id, round_id, control)
    values (gen_random_uuid(), ${entityId}, ${roundId}, 'orphaned_work')`.execute(trx)
  await sql`insert into automatic_check_run (id, entity_id, round_id, control, started_at, finished_at, result, looked_at, found, content_hash, facts)
    values (gen_random_uuid(), ${entityId}, ${drillRoundId}, 'backup_restorable', app_now(), app_now(), 'passed', 1, 0, repeat('a', 64), '{"events": 3}')`.execute(
    trx,
  )
  await sql`insert into incident (id, entity_id, kind, object_type, object_id, control)
    values (gen_random_uuid(), ${entityId}, 'control_failed', 'automatic_check_run', ${roundId}, 'orphaned_work')`.execute(
    trx,
  )
  await sql`insert into difference_explanation (id, entity_id, control, difference, violations, found, note, explained_by, explained_position)
    values (gen_random_uuid(), ${entityId}, 'write_without_event', 'transaction 1', '[{}]', 1, 'x', ${by.personId}, ${by.positionId})`.execute(
    trx,
  )
  // The control in red that it holds the step for.
  await sql`insert into check_gate (id, entity_id, check_code, step_code, reason, set_by, set_position)
    values (gen_random_uuid(), ${entityId}, 'control_in_red', '7', 'x', ${by.personId}, ${by.positionId})`.execute(trx)
  const shown = await sql<{ id: string }>`update risk_control set automatic_check = 'backup_restorable'
    where entity_id = ${entityId} and code = 'C-901' returning id`.execute(trx)
  return { roundId, drillRoundId, checkedControlId: shown.rows[0]?.id ?? '' }
}
