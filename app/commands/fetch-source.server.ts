import { eventBy } from '../../db/administration.ts'
import { type EventRecord, recordEvent } from '../../db/audit.ts'
import type { Trx } from '../../db/client.ts'
import { machineDeadline } from '../../db/clock.ts'
import type { ConnectionRow } from '../../db/connections.ts'
import { askForFetch, askToStopFetch, type CapturedSet, findFetch } from '../../db/fetches.ts'
import type { OutsideTable } from '../../domain/connections.ts'
import { Refused } from '../../domain/refusals.ts'
import { isStorable } from '../../domain/storable.ts'
import { cancelFetch as cancelSignal, fetchWorkflowId } from '../../workflows/messages.ts'
import { startFetch } from '../../workflows/tellings.ts'
import { actingPerson } from '../administration.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import {
  recordSourceWork,
  requireConnection,
  requireNoImport,
  requireSource,
  requireSourceWork,
  workOnSources,
} from './source-work.server.ts'

const PATIENCE_MS = 5_000

export interface FetchRequest {
  cycleId: string
  sourceId: string
  connectionId: string
  /** Null of an HTTP connection. */
  table: OutsideTable | null
}

/**
 * Asks for the data of a source to be brought through a connection (E1); they become a received file like any other.
 * Answers the fetch's id. With Temporal away the request stands, and the courier starts it.
 */
export async function requestFetch(context: AppContext, actor: Actor, request: FetchRequest): Promise<string> {
  const { cycleId, sourceId, connectionId, table } = request
  const id = await workOnSources(context, actor, { cycleId, objectId: sourceId }, async (trx) => {
    const cycle = await requireSourceWork(trx, actor, cycleId)
    await requireSource(trx, cycleId, sourceId)
    const connection = await requireConnection(trx, actor, connectionId)
    if ((connection.kind === 'http') !== (table === null) || !isNameable(table)) throw new Refused('out_of_date')
    await requireNoImport(trx, sourceId)
    const by = { entityId: actor.entityId, personId: actor.personId, positionId: actor.position.id }
    const fetchId = await askForFetch(trx, { ...by, sourceId, connectionId, table })
    const changes: EventRecord['changes'] = [{ field: 'name', before: null, after: connection.name }]
    if (table) changes.push({ field: 'table', before: null, after: `${table.schema}.${table.name}` })
    const event = { type: 'fetch.requested', objectId: fetchId, objectVersion: sourceId, changes } as const
    await recordSourceWork(trx, context, actor, cycle, event)
    await recordUse(trx, context, actor, connection)
    return fetchId
  })
  await begin(context, actor, id)
  return id
}

/** Asks for the records captured with a form in a vigencia to be brought as a received file of the source. */
export async function requestCaptured(
  context: AppContext,
  actor: Actor,
  { cycleId, sourceId, captured }: { cycleId: string; sourceId: string; captured: CapturedSet },
): Promise<string> {
  const id = await workOnSources(context, actor, { cycleId, objectId: sourceId }, async (trx) => {
    const cycle = await requireSourceWork(trx, actor, cycleId)
    await requireSource(trx, cycleId, sourceId)
    await requireNoImport(trx, sourceId)
    const by = { entityId: actor.entityId, personId: actor.personId, positionId: actor.position.id }
    const fetchId = await askForFetch(trx, { ...by, sourceId, connectionId: null, table: null, captured })
    const changes: EventRecord['changes'] = [
      { field: 'form', before: null, after: captured.form },
      { field: 'vigencia', before: null, after: captured.vigencia },
    ]
    const event = { type: 'fetch.requested', objectId: fetchId, objectVersion: sourceId, changes } as const
    await recordSourceWork(trx, context, actor, cycle, event)
    return fetchId
  })
  await begin(context, actor, id)
  return id
}

async function begin(context: AppContext, { entityId }: Actor, fetchId: string): Promise<void> {
  await context.temporal
    .withDeadline(machineDeadline(PATIENCE_MS), () => startFetch(context.temporal, { entityId, fetchId }))
    .catch((error) => context.log.warn({ err: error, requestId: context.requestId }, 'fetch waits for the courier'))
}

/** A table no database could have is of no page of ours. */
const isNameable = (table: OutsideTable | null) =>
  table === null || [table.schema, table.name].every((name) => name !== '' && isStorable(name))

/** In the history of the connection, which belongs to no cycle. */
async function recordUse(trx: Trx, context: AppContext, actor: Actor, { id, name }: ConnectionRow): Promise<void> {
  const changes = [
    { field: 'name', before: null, after: name },
    { field: 'for', before: null, after: 'fetch' },
  ]
  await recordEvent(trx, { ...eventBy(actingPerson(context, actor)), type: 'connection.used', objectId: id, changes })
}

/** Stops a fetch: at once while nobody reads, otherwise within a second. Leaves nothing half received. */
export async function stopFetch(
  context: AppContext,
  actor: Actor,
  { cycleId, sourceId, fetchId }: { cycleId: string; sourceId: string; fetchId: string },
): Promise<void> {
  const outcome = await workOnSources(context, actor, { cycleId, objectId: fetchId }, async (trx) => {
    const cycle = await requireSourceWork(trx, actor, cycleId)
    await requireSource(trx, cycleId, sourceId)
    const row = await findFetch(trx, fetchId)
    if (row?.sourceId !== sourceId) throw new Refused('not_visible')
    const stopped = await askToStopFetch(trx, fetchId)
    const event = { type: 'fetch.cancelled', objectId: fetchId, objectVersion: sourceId } as const
    if (stopped !== 'over') await recordSourceWork(trx, context, actor, cycle, event)
    return stopped
  })
  if (outcome !== 'asked') return
  // The wish stands in the row, so a signal that does not arrive only makes it slower.
  await context.temporal
    .withDeadline(machineDeadline(PATIENCE_MS), () =>
      context.temporal.workflow.getHandle(fetchWorkflowId(fetchId)).signal(cancelSignal),
    )
    .catch((error) =>
      context.log.warn({ err: error, requestId: context.requestId }, 'cancellation waits for the worker'),
    )
}
