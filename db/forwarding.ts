/** How far each collector was sent the sealed events of its entity, and what comes next (K4). The sequence is kept by us. */
import { sql } from 'kysely'
import type { SealedFacts } from '../domain/forwarded-events.ts'
import type { ForwardingFailure } from '../domain/forwarding.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import type { CollectorRow, OpenedCollector } from './collectors.ts'
import { openIncident } from './incidents.ts'

export const COLLECTOR_STOPPED = 'collector_stopped'

export interface Batch {
  /** Sequences of the first and the last event. */
  first: number
  last: number
  events: SealedFacts[]
  /** Leaf of the event before the first, in hex; null before the beginning of the log. */
  previousLeaf: string | null
}

/**
 * The sealed events after `confirmed`, in order, up to `limit`; undefined where there are none yet. An event that was sealed and is
 * gone is never skipped: what comes before it is sent, and then there is nothing to send any more.
 */
export async function nextBatch(
  trx: Trx,
  { entityId, confirmed }: { entityId: string; confirmed: number },
  limit: number,
): Promise<Batch | 'seal_broken' | undefined> {
  const { rows } = await sql<SealedFacts & { isThere: boolean }>`
    select (l.n + 1)::int8 as sequence, encode(l.leaf, 'hex') as leaf, e.id is not null as "isThere", e.id,
      to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.type, e.entity_id as "entityId",
      e.actor_person as "actorPerson", e.actor_position as "actorPosition", e.acting_for as "actingFor",
      e.object_type as "objectType", e.object_id as "objectId", e.object_version as "objectVersion",
      e.content_hash as "contentHash", e.reason_code as "reasonCode", e.purpose_code as "purposeCode",
      e.cycle_id as "cycleId", e.step_code as "stepCode", e.act_id as "actId", e.origin, e.request_id as "requestId",
      e.workflow_id as "workflowId",
      array(select c ->> 'field' from jsonb_array_elements(e.changes) c where c ->> 'field' is not null) as fields
    from log_leaf l left join event e on e.id = l.event_id and e.entity_id = l.entity_id
    where l.entity_id = ${entityId} and l.n >= ${confirmed}::bigint
    order by l.n limit ${limit}`.execute(trx)
  const found = rows.map((row) => ({ ...row, sequence: Number(row.sequence) }))
  const gap = found.findIndex(({ sequence, isThere }, place) => !isThere || sequence !== confirmed + 1 + place)
  const events = gap === -1 ? found : found.slice(0, gap)
  const [first, last] = [events[0], events.at(-1)]
  if (!first || !last) return found.length === 0 ? undefined : 'seal_broken'
  const before = await trx
    .selectFrom('log_leaf')
    .select(sql<string>`encode(leaf, 'hex')`.as('leaf'))
    .where('entity_id', '=', entityId)
    .where('n', '=', String(confirmed - 1))
    .executeTakeFirst()
  return { first: first.sequence, last: last.sequence, events, previousLeaf: before?.leaf ?? null }
}

/** A batch up to `last` was taken. Where a person had it sent again from elsewhere meanwhile, what they asked for stands. */
export async function confirmBatch(trx: Trx, { id, confirmed }: CollectorRow, last: number): Promise<void> {
  await trx
    .updateTable('collector')
    .set({
      ...{ confirmed: String(last), confirmed_at: sql<Date>`app_now()`, failures: 0 },
      ...{ failing_since: null, failed_code: null, failed_status: null },
    })
    .where('id', '=', id)
    .where('confirmed', '=', String(confirmed))
    .where('stopped_at', 'is', null)
    .execute()
}

/**
 * It took nothing; answers how often in a row by now. Undefined where a person changed or removed it meanwhile: what was answered
 * says nothing of it any more.
 */
export async function noteFailure(
  trx: Trx,
  { collector, sealed }: OpenedCollector,
  { code, status }: ForwardingFailure,
): Promise<number | undefined> {
  const row = await trx
    .updateTable('collector')
    .set({
      failures: sql<number>`failures + 1`,
      failing_since: sql<Date>`coalesce(failing_since, app_now())`,
      ...{ failed_code: code, failed_status: status },
    })
    .where('id', '=', collector.id)
    .where('secret', '=', sealed)
    .returning('failures')
    .executeTakeFirst()
  return row?.failures
}

/**
 * Sending again would only fail again: nothing more is sent until a person goes on, and whoever operates the system is told.
 * False where it is not the collector any more that was sent something (`noteFailure`).
 */
export async function stopCollector(
  trx: Trx,
  opened: OpenedCollector,
  workflowId: string,
  failure: ForwardingFailure,
): Promise<boolean> {
  if ((await noteFailure(trx, opened, failure)) === undefined) return false
  const { id, entityId } = opened.collector
  const stopped = await trx
    .updateTable('collector')
    .set({ stopped_at: sql<Date>`app_now()` })
    .where('id', '=', id)
    .where('stopped_at', 'is', null)
    .executeTakeFirst()
  if (stopped.numUpdatedRows === 0n) return true
  const changes = [{ field: 'status', before: null, after: failure.status }]
  await recordEvent(trx, {
    ...{ entityId, type: 'collector.stopped', objectId: id, reasonCode: failure.code, changes },
    ...{ origin: 'workflow', workflowId },
  })
  const about = { objectType: 'collector', objectId: id, origin: 'workflow' } as const
  await openIncident(trx, { entityId, kind: COLLECTOR_STOPPED, ...about })
  return true
}

export interface StandingCollector {
  id: string
  entity_id: string
}

/** Collectors a person changed since their workflow was last told. */
export async function listMovedCollectors(trx: Trx, limit: number): Promise<StandingCollector[]> {
  return await trx
    .selectFrom('collector')
    .select(['id', 'entity_id'])
    .where('is_moved', '=', true)
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** The workflow of a collector knows that it moved. */
export async function endCollectorWish(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('collector').set({ is_moved: false }).where('id', '=', id).execute()
}

/** Every collector that is sent events, of every entity: whoever starts looks after them. */
export async function listStandingCollectors(trx: Trx): Promise<StandingCollector[]> {
  return await trx
    .selectFrom('collector')
    .select(['id', 'entity_id'])
    .where('removed_at', 'is', null)
    .where('paused_at', 'is', null)
    .where('stopped_at', 'is', null)
    .orderBy('id')
    .execute()
}
