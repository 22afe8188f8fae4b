/** What an act leaves of a run of a control: what it shows counts from now on, and the event. */
import { sql } from 'kysely'
import { isCheck, RUN_EVENTS, type RunStatus, type RunVerdict } from '../domain/control-runs.ts'
import type { EventType, FieldChange } from '../domain/events.ts'
import type { ActRow } from './acts.ts'
import { type EventRecord, recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import type { LoadedRun, RunColumns } from './control-runs.ts'

/** What an act shows counts once it is recorded; answers the last day on which it holds, null where it shows nothing. */
export async function recordEvidence(trx: Trx, actId: string, at: Date): Promise<string | null> {
  const used = await trx
    .updateTable('control_evidence_use')
    .set({ recorded_at: at })
    .where('act_id', '=', actId)
    .returning('evidence_id')
    .execute()
  if (used.length === 0) return null
  const { until } = await trx
    .selectFrom('control_evidence')
    .select(sql<string | null>`max(valid_until)::text`.as('until'))
    .where(
      'id',
      'in',
      used.map((row) => row.evidence_id),
    )
    .executeTakeFirstOrThrow()
  return until
}

/** Who acted, in the columns of the run. A run that is executed again waits to be checked again. */
export function columnsOfAct(act: ActRow, at: Date): RunColumns {
  const { person_id, position_id, acting_for } = act
  if (isCheck(act.kind as RunVerdict))
    return { checked_by: person_id, checked_position: position_id, checked_for: acting_for, checked_at: at }
  return {
    ...{ executed_by: person_id, executed_position: position_id, executed_for: acting_for, executed_at: at },
    ...{ checked_by: null, checked_position: null, checked_for: null, checked_at: null },
    content_hash: act.content_hash ?? '',
  }
}

/** The event of a verdict: who, on which run; what anybody typed stays out (model.md §5). */
export async function recordRunAct(
  trx: Trx,
  run: LoadedRun,
  act: ActRow,
  { status, validUntil }: { status: RunStatus; validUntil: string | null },
): Promise<void> {
  const base = runEvent(run, RUN_EVENTS[status])
  const until = validUntil === null ? [] : [{ field: 'valid_until', before: null, after: validUntil }]
  await recordEvent(trx, {
    ...{ ...base, changes: [...(base.changes ?? []), ...until] },
    ...{ actorPerson: act.person_id, actorPosition: act.position_id, actingFor: act.acting_for },
    ...{ contentHash: act.content_hash, actId: act.id, requestId: act.request_id },
  })
}

/** The part of an event that every one of a run shares. */
export function runEvent({ state, control, workflowId }: LoadedRun, type: EventType): EventRecord {
  const change = (field: string, after: string): FieldChange => ({ field, before: null, after })
  return {
    ...{ entityId: control.entityId, type, objectId: state.id, origin: 'workflow', workflowId },
    changes: [change('code', control.code), change('risk', control.riskCode), change('period', state.period.start)],
  }
}
