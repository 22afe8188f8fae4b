import { sql } from 'kysely'
import { EVENT_TYPES, type EventType, type FieldChange, type Origin } from '../domain/events.ts'
import { KEPT, type Trx } from './client.ts'
import { newId } from './ids.ts'

export interface EventRecord {
  entityId: string
  type: EventType
  objectId: string
  objectVersion?: string | null
  actorPerson?: string | null
  actorPosition?: string | null
  /** Whom the actor acts for; left out, it is whom the person of the transaction acts for. */
  actingFor?: string | null
  contentHash?: string | null
  changes?: FieldChange[]
  reasonCode?: string | null
  purposeCode?: string | null
  cycleId?: string | null
  stepCode?: string | null
  actId?: string | null
  origin: Origin
  requestId?: string | null
  workflowId?: string | null
}

/** Writes the event of a change inside the transaction of that change; there is no way to write one outside (model.md §5). */
export async function recordEvent(trx: Trx, record: EventRecord): Promise<void> {
  await recordEvents(trx, [record])
}

export async function recordEvents(trx: Trx, records: EventRecord[]): Promise<void> {
  if (records.length === 0) return
  const insert = trx.insertInto('event').values(records.map(rowOf))
  // One event is by far the most frequent statement of all; of several the text changes with their number.
  await (records.length === 1 ? sql`${KEPT} ${insert}`.execute(trx) : insert.execute())
}

/** No event of somebody who acts for another hides it, whoever wrote the line that records it. */
function actedFor({ actingFor, actorPerson }: EventRecord) {
  if (actingFor !== undefined) return actingFor
  if (!actorPerson) return null
  return sql<string | null>`case when app_person() = ${actorPerson}::uuid then app_acting_for() end`
}

function rowOf(record: EventRecord) {
  return {
    id: newId(),
    entity_id: record.entityId,
    type: record.type,
    actor_person: record.actorPerson ?? null,
    actor_position: record.actorPosition ?? null,
    acting_for: actedFor(record),
    object_type: EVENT_TYPES[record.type],
    object_id: record.objectId,
    object_version: record.objectVersion ?? null,
    content_hash: record.contentHash ?? null,
    changes: JSON.stringify(record.changes ?? []),
    reason_code: record.reasonCode ?? null,
    purpose_code: record.purposeCode ?? null,
    cycle_id: record.cycleId ?? null,
    step_code: record.stepCode ?? null,
    act_id: record.actId ?? null,
    origin: record.origin,
    request_id: record.requestId ?? null,
    workflow_id: record.workflowId ?? null,
  }
}
