/** A run of a control that was executed, with what shows it, for the queries that may forget their filter. */
import type { Trx } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'

const DAYS = { period_start: '2026-01-01', period_end: '2026-01-31' }

export async function insertRun(
  trx: Trx,
  entityId: string,
  by: { personId: string; positionId: string },
  { riskId, controlId }: { riskId: string; controlId: string },
) {
  const [runId, evidenceId, actId] = [newId(), newId(), newId()]
  const at = '2026-01-20T12:00:00Z'
  const executed = { executed_by: by.personId, executed_position: by.positionId, executed_at: at }
  await trx
    .insertInto('control_run')
    .values({
      ...{ id: runId, entity_id: entityId, control_id: controlId, ...DAYS, workflow_id: `control:${runId}` },
      ...{ opens_on: '2026-01-02', due_on: '2026-01-30', late_until: '2026-02-28', status: 'missed' },
      ...{ ...executed, shows: 'failed', content_hash: 'a'.repeat(64), signal_wanted: true, missed_on: '2026-01-31' },
    })
    .execute()
  // Its last working day is another one: the calendar was changed since.
  await trx
    .insertInto('control_run')
    .values({
      ...{ id: newId(), entity_id: entityId, control_id: controlId, workflow_id: `control:${runId}-2` },
      ...{ period_start: '2098-02-01', period_end: '2098-02-28', status: 'open' },
      ...{ opens_on: '2098-02-03', due_on: '2098-02-20', late_until: '2098-03-31' },
    })
    .execute()
  await trx
    .insertInto('act')
    .values({
      ...{ id: actId, entity_id: entityId, run_id: runId, kind: 'execute', object_type: 'control_run' },
      ...{ object_id: runId, person_id: by.personId, position_id: by.positionId, duty: 'x', body_hash: 'x' },
      ...{ receipt_code: 'x', status: 'confirmed' },
    })
    .execute()
  await trx
    .insertInto('control_evidence')
    .values({
      ...{ id: evidenceId, entity_id: entityId, chain_id: evidenceId, n: 1, sha256: 'b'.repeat(64), bytes: 1 },
      ...{ name: 'x', media_type: 'text/plain', ...DAYS, valid_until: '2098-01-01' },
      ...{ attested_by: by.personId, attested_position: by.positionId },
    })
    .execute()
  const place = { entity_id: entityId, control_id: controlId }
  await trx
    .insertInto('control_evidence_use')
    .values({ ...place, act_id: actId, evidence_id: evidenceId, run_id: runId, recorded_at: at })
    .execute()
  // The same evidence was accepted of another period.
  const [acceptedId, acceptedAct] = [newId(), newId()]
  await trx
    .insertInto('control_run')
    .values({
      ...{ id: acceptedId, ...place, workflow_id: `control:${acceptedId}`, ...executed, content_hash: 'c'.repeat(64) },
      ...{ period_start: '2025-12-01', period_end: '2025-12-31', opens_on: '2025-12-02', due_on: '2025-12-30' },
      ...{ late_until: '2026-01-30', status: 'verified', shows: 'shown', valid_until: '2098-01-01', closed_at: at },
    })
    .execute()
  await trx
    .insertInto('act')
    .values({
      ...{ id: acceptedAct, entity_id: entityId, run_id: acceptedId, kind: 'execute', object_type: 'control_run' },
      ...{ object_id: acceptedId, person_id: by.personId, position_id: by.positionId, duty: 'x', body_hash: 'x' },
      ...{ receipt_code: 'x2', status: 'confirmed' },
    })
    .execute()
  await trx
    .insertInto('control_evidence_use')
    .values({ ...place, act_id: acceptedAct, evidence_id: evidenceId, run_id: acceptedId, recorded_at: at })
    .execute()
  const pauseId = newId()
  await trx
    .insertInto('control_pause')
    .values({
      ...{ ...place, id: pauseId, from_on: '2025-01-01', until_on: '2025-01-02', reason: 'x' },
      ...{ paused_by: by.personId, paused_position: by.positionId },
    })
    .execute()
  await trx
    .insertInto('control_resumption')
    .values({
      ...{ id: newId(), entity_id: entityId, pause_id: pauseId, resumes_on: '2025-01-02', reason: 'x' },
      ...{ resumed_by: by.personId, resumed_position: by.positionId },
    })
    .execute()
  await trx
    .insertInto('control_standing')
    .values({ ...place, state: 'current', until: '2026-01-31' })
    .execute()
  await trx
    .insertInto('standing_alert')
    .values({
      ...{ ...place, id: newId(), risk_id: riskId, state: 'failed', zone_before: 'B', zone_after: 'M' },
      cause: 'evidence',
      raised_on: '2026-01-31',
    })
    .execute()
  await trx
    .insertInto('notice')
    .values({
      ...{ id: newId(), entity_id: entityId, run_id: runId, kind: 'expiry', duty: 'in_charge' },
      ...{ planned_on: '2098-01-01', planned_at: '2098-01-01T13:00:00Z' },
    })
    .execute()
  return { controlId, runId, runEvidenceId: evidenceId }
}
