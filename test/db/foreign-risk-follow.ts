/** A review, an event and an indicator with a reading, for the queries that may forget their filter. */
import { sql } from 'kysely'
import type { Trx } from '../../db/client.ts'

export async function insertRiskFollow(
  trx: Trx,
  entityId: string,
  riskId: string,
  { personId, positionId }: { personId: string; positionId: string },
) {
  const who = sql`${personId}, ${positionId}`
  await sql`insert into risk_review (id, entity_id, risk_id, looked_at, conclusion, reason, zone, due_on, body_hash, person_id, position_id)
    values (gen_random_uuid(), ${entityId}, ${riskId}, 'x', 'kept', 'x', 'B', '2026-02-01', 'x', ${who})`.execute(trx)
  await sql`insert into risk_event (id, entity_id, risk_id, occurred_on, times, description, consequences, measures, body_hash, person_id, position_id)
    values (gen_random_uuid(), ${entityId}, ${riskId}, app_today() - 1, 2, 'x', 'x', 'x', 'x', ${who})`.execute(trx)
  await sql`insert into risk_indicator (id, entity_id, risk_id, n, code, name, objective, formula, numerator, unit, frequency, source, location,
      availability, trend, goal, critical, first_period, owner_position, body_hash, created_by)
    values (gen_random_uuid(), ${entityId}, ${riskId}, 901, 'I-901', 'x', 'x', 'x', 'x', 'number', 'mensual', 'x', 'x',
      'digital', 'decreasing', 1, 2, '2026-01-01', ${positionId}, 'x', ${personId})`.execute(trx)
  await sql`insert into indicator_reading (id, entity_id, indicator_id, period_from, period_to, numerator, value, level, body_hash, person_id, position_id)
    select gen_random_uuid(), entity_id, id, '2026-01-01', '2026-01-31', 1, 1, 'on_goal', 'x', ${who}
    from risk_indicator where entity_id = ${entityId}`.execute(trx)
  await sql`insert into risk_import (id, entity_id, person_id, position_id, file_name, sha256, sheet, rows, owner_position, methodology)
    values (gen_random_uuid(), ${entityId}, ${who}, 'x', repeat('a', 64), '{"name":"x","places":{"process":0},"headings":["x"],"rows":[{"line":2,"cells":["x"]}],"merges":[]}',
      1, ${positionId}, 'guia_7')`.execute(trx)
  await sql`insert into risk_import_line (import_id, line, entity_id, risk_id)
    select id, 2, entity_id, ${riskId} from risk_import where entity_id = ${entityId}`.execute(trx)
  await sql`insert into indicator_version (indicator_id, n, entity_id, sheet, form_key, body_hash, reason, person_id, position_id)
    select id, 1, entity_id, '{}', gen_random_uuid(), 'x', 'x', ${who} from risk_indicator where entity_id = ${entityId}`.execute(
    trx,
  )
  await sql`insert into follow_up (id, entity_id, kind, object_id, code, duty, position_id, due_on)
    select gen_random_uuid(), r.entity_id, 'risk_review', r.id, r.code, p.duty, p.id, '2026-02-01'
    from risk r join position p on p.id = r.owner_position where r.id = ${riskId}
    on conflict do nothing`.execute(trx)
  await sql`insert into follow_up (id, entity_id, kind, object_id, code, duty, position_id, due_on)
    select gen_random_uuid(), r.entity_id, 'override_lapsed', r.id, r.code, p.duty, p.id, '2026-02-01'
    from risk r join position p on p.id = r.owner_position where r.id = ${riskId}`.execute(trx)
}
