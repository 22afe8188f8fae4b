/** Fetches of a source through its connection (E1): asked for, carried out by a workflow, ended as a received file or a reason. */
import { sql } from 'kysely'
import type { OutsideTable } from '../domain/connections.ts'
import type { CaptureForm } from '../domain/grants.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'

export const FETCH_STATUSES = ['asked', 'running', 'done', 'same', 'cancelled', 'failed'] as const
export type FetchStatus = (typeof FETCH_STATUSES)[number]

/** Where in a file, as of an import, or with which status an address answered. */
export interface FetchFacts {
  line?: number
  column?: number
  detail?: string
  status?: number
}

/** The records captured with one form in one vigencia. */
export interface CapturedSet {
  form: CaptureForm
  vigencia: number
}

export interface FetchRow {
  id: string
  entityId: string
  sourceId: string
  cycleId: string
  /** Null where it brings captured records. */
  connectionId: string | null
  /** Null of an HTTP connection. */
  table: OutsideTable | null
  /** Which captured records it brings; null where it goes through a connection. */
  captured: CapturedSet | null
  status: FetchStatus
  progressBytes: number
  importId: string | null
  failureCode: string | null
  failureFacts: FetchFacts
  requestedBy: { personId: string; positionId: string }
  requestedAt: Date
  cancelAskedAt: Date | null
  settledAt: Date | null
}

export async function findFetch(trx: Trx, id: string): Promise<FetchRow | undefined> {
  const row = await fetchRows(trx).where('source_fetch.id', '=', id).executeTakeFirst()
  return row && fetchOf(row)
}

/** The last one asked for, whatever became of it. */
export async function findLatestFetch(trx: Trx, sourceId: string): Promise<FetchRow | undefined> {
  const row = await fetchRows(trx)
    .where('source_fetch.source_id', '=', sourceId)
    .orderBy('source_fetch.requested_at', 'desc')
    .orderBy('source_fetch.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && fetchOf(row)
}

export const isUnderWay = ({ status }: Pick<FetchRow, 'status'>) => status === 'asked' || status === 'running'

const fetchRows = (trx: Trx) =>
  trx
    .selectFrom('source_fetch')
    .innerJoin('source', 'source.id', 'source_fetch.source_id')
    .selectAll('source_fetch')
    .select('source.cycle_id')

type RawFetch = Awaited<ReturnType<ReturnType<typeof fetchRows>['execute']>>[number]

function fetchOf(row: RawFetch): FetchRow {
  return {
    ...{
      id: row.id,
      entityId: row.entity_id,
      sourceId: row.source_id,
      cycleId: row.cycle_id,
      connectionId: row.connection_id,
    },
    table: tableOf(row.table_schema, row.table_name),
    captured:
      row.captured_form === null || row.captured_vigencia === null
        ? null
        : { form: row.captured_form as CaptureForm, vigencia: row.captured_vigencia },
    ...{ status: row.status as FetchStatus, progressBytes: Number(row.progress_bytes), importId: row.import_id },
    ...{ failureCode: row.failure_code, failureFacts: (row.failure_facts ?? {}) as FetchFacts },
    requestedBy: { personId: row.requested_by, positionId: row.requested_position },
    ...{ requestedAt: row.requested_at, cancelAskedAt: row.cancel_asked_at, settledAt: row.settled_at },
  }
}

export const tableOf = (schema: string | null, name: string | null): OutsideTable | null =>
  schema === null || name === null ? null : { schema, name }

export interface FetchAsked {
  entityId: string
  sourceId: string
  connectionId: string | null
  table: OutsideTable | null
  captured?: CapturedSet | null
  personId: string
  positionId: string
}

/** Asks for a fetch. The caller has seen that nothing else of the source is under way. */
export async function askForFetch(trx: Trx, asked: FetchAsked): Promise<string> {
  const [id, { table, connectionId, captured }] = [newId(), asked]
  await trx
    .insertInto('source_fetch')
    .values({
      ...{ id, entity_id: asked.entityId, source_id: asked.sourceId, connection_id: connectionId },
      ...{ table_schema: table?.schema ?? null, table_name: table?.name ?? null },
      ...{ captured_form: captured?.form ?? null, captured_vigencia: captured?.vigencia ?? null },
      ...{ requested_by: asked.personId, requested_position: asked.positionId },
    })
    .execute()
  return id
}

/** Marks a fetch as running; false when it has already ended. */
export async function markFetching(trx: Trx, id: string): Promise<boolean> {
  const done = await trx
    .updateTable('source_fetch')
    .set({ status: 'running', progress_bytes: 0 })
    .where('id', '=', id)
    .where('status', 'in', ['asked', 'running'])
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Bytes so far; answers whether somebody asked to cancel, or it is over. */
export async function noteFetched(trx: Trx, id: string, bytes: number): Promise<boolean> {
  const row = await trx
    .updateTable('source_fetch')
    .set({ progress_bytes: bytes })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .returning('cancel_asked_at')
    .executeTakeFirst()
  return row === undefined || row.cancel_asked_at !== null
}

/**
 * Ends a fetch with the received file it became, or the one that was there (`same`), and remembers that the source comes
 * from there; false when it was over.
 */
export async function settleFetch(
  trx: Trx,
  { id, sourceId, connectionId, table }: Pick<FetchRow, 'id' | 'sourceId' | 'connectionId' | 'table'>,
  outcome: { status: 'done' | 'same'; importId: string; bytes: number },
): Promise<boolean> {
  const done = await trx
    .updateTable('source_fetch')
    .set({
      status: outcome.status,
      import_id: outcome.importId,
      progress_bytes: outcome.bytes,
      settled_at: sql<Date>`app_now()`,
    })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .where('cancel_asked_at', 'is', null)
    .executeTakeFirst()
  if (done.numUpdatedRows !== 1n) return false
  if (connectionId === null) return true
  const [connection_schema, connection_table] = [table?.schema ?? null, table?.name ?? null]
  await trx
    .updateTable('source')
    .set({ connection_id: connectionId, connection_schema, connection_table })
    .where('id', '=', sourceId)
    .execute()
  return true
}

/** Ends a fetch that brought nothing; false when it was over. */
export async function failFetchRow(
  trx: Trx,
  id: string,
  outcome: { status: 'failed' | 'cancelled'; code: string; facts: FetchFacts },
): Promise<boolean> {
  const done = await trx
    .updateTable('source_fetch')
    .set({
      status: outcome.status,
      failure_code: outcome.code,
      failure_facts: JSON.stringify(outcome.facts),
      settled_at: sql<Date>`app_now()`,
    })
    .where('id', '=', id)
    .where('status', 'in', ['asked', 'running'])
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** A fetch nobody has begun ends here; of one that runs the wish is noted, and nothing comes of it from now on. */
export async function askToStopFetch(trx: Trx, id: string): Promise<'ended' | 'asked' | 'over'> {
  const ended = await trx
    .updateTable('source_fetch')
    .set({ status: 'cancelled', failure_code: 'cancelled', settled_at: sql<Date>`app_now()` })
    .where('id', '=', id)
    .where('status', '=', 'asked')
    .executeTakeFirst()
  if (ended.numUpdatedRows === 1n) return 'ended'
  const asked = await trx
    .updateTable('source_fetch')
    .set({ cancel_asked_at: sql<Date>`app_now()` })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .where('cancel_asked_at', 'is', null)
    .executeTakeFirst()
  return asked.numUpdatedRows === 1n ? 'asked' : 'over'
}

/** Asked for and not begun after five seconds: the courier's work. */
export async function listUnstartedFetches(trx: Trx, limit: number): Promise<{ id: string; entity_id: string }[]> {
  return await trx
    .selectFrom('source_fetch')
    .select(['id', 'entity_id'])
    .where('status', '=', 'asked')
    .where('requested_at', '<', sql<Date>`app_now() - interval '5 seconds'`)
    .orderBy('requested_at')
    .limit(limit)
    .execute()
}
