import { open, rm } from 'node:fs/promises'
import path from 'node:path'
import { Context } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import { readCaptured } from '../db/captured-table.ts'
import { withEntity } from '../db/client.ts'
import { type ConnectionRow, findConnection, findConnectionSecret } from '../db/connections.ts'
import { findCycle } from '../db/cycles.ts'
import { isDiskFull } from '../db/disk-full.ts'
import { type FetchRow, findFetch, markFetching, noteFetched, settleFetch } from '../db/fetches.ts'
import { FileRefused } from '../db/ingest/file-refused.ts'
import { sniffFile } from '../db/ingest/sniff.ts'
import { OutsideFailed } from '../db/outside/failed.ts'
import { readOutside, typesOutside } from '../db/outside/outside.ts'
import { PATIENCE } from '../db/outside/patience.ts'
import type { Target } from '../db/outside/target.ts'
import { addReceived, holdSealed, keepSealed, type ReceivedUpload } from '../db/received-files.ts'
import { findSource } from '../db/sources.ts'
import { holdStepOpen } from '../db/step-hold.ts'
import { OWN_READING } from '../domain/file-readings.ts'
import { MAX_FILE_BYTES } from '../domain/sources.ts'
import { type FetchInput, fetchWorkflowId } from '../workflows/messages.ts'
import { freshFolder, removeLeft } from './import-source.ts'
import type { Tools } from './tools.ts'
import { withProgress } from './with-progress.ts'

/**
 * Brings a table, or what an address answers, into the sealed store as a received file of its source (E1). Killed at any
 * point it starts again; what is there already is added to nothing.
 */
export async function fetchSource(tools: Tools, input: FetchInput): Promise<void> {
  await removeLeft(tools, input.fetchId)
  const begun = await begin(tools, input)
  if (!begun) return
  const folder = await freshFolder(tools, input.fetchId)
  const note = (bytes: number) =>
    withEntity(tools.database, input.entityId, (trx) => noteFetched(trx, input.fetchId, bytes))
  try {
    const brought = await withProgress<number, ReceivedUpload>(0, note, (signal, onProgress) =>
      bring(tools, begun, path.join(folder, 'datos.csv'), signal, onProgress).catch((failure) => {
        throw reasonOf(failure, signal)
      }),
    )
    await settle(tools, input, begun, brought)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Begun {
  row: FetchRow
  /** Null where captured records are brought. */
  outside: { connection: ConnectionRow; target: Target } | null
}

async function begin(tools: Tools, { entityId, fetchId }: FetchInput): Promise<Begun | undefined> {
  return await withEntity(tools.database, entityId, async (trx) => {
    const row = await findFetch(trx, fetchId)
    if (!row) throw ApplicationFailure.nonRetryable('the fetch has no row', 'not_visible')
    if (!(await markFetching(trx, fetchId))) return undefined
    if (row.cancelAskedAt) throw ended('cancelled')
    if (row.connectionId === null) return { row, outside: null }
    const connection = await findConnection(trx, row.connectionId)
    if (!connection) throw ended('connection_removed')
    const secret = await findConnectionSecret(trx, tools.secret, connection)
    if (!secret) throw ended('secret_unreadable')
    const target = { place: connection, secret, allowedHosts: tools.connectionHosts ?? '', patience: PATIENCE }
    return { row, outside: { connection, target } }
  })
}

const ended = (code: string, facts: object = {}) => ApplicationFailure.nonRetryable(code, code, facts)

/** What was read, looked at as an uploaded file is. */
async function bring(
  tools: Tools,
  { row, outside }: Begun,
  file: string,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<ReceivedUpload> {
  if (!outside) return await bringCaptured(tools, row, file, signal, onProgress)
  const { connection, target } = outside
  const patient = { ...target, patience: { ...target.patience, signal } }
  const types = row.table ? await typesOutside(patient, row.table) : undefined
  await write(readOutside(patient, row.table), file, signal, onProgress)
  const seen = await sniffFile(file, { signal, ...(row.table && { reading: OWN_READING }) })
  if (!seen.ok) throw new FileRefused(seen.refusal.code, seen.refusal)
  return { file, name: nameOf(row, connection), seen, ...(types && { types }) }
}

/** Captured records of the entity, pseudonyms instead of documents, as a file like any other (E10). */
async function bringCaptured(
  { database, secret }: Tools,
  { captured, entityId }: FetchRow,
  file: string,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<ReceivedUpload> {
  if (!captured) throw ended('not_visible')
  await write(readCaptured(database, { secret, entityId }, captured), file, signal, onProgress)
  const seen = await sniffFile(file, { signal, reading: OWN_READING })
  if (!seen.ok) throw new FileRefused(seen.refusal.code, seen.refusal)
  return { file, name: `registros-capturados-${captured.form}-${captured.vigencia}.csv`, seen }
}

async function write(
  pieces: AsyncIterable<Buffer>,
  file: string,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<void> {
  const to = await open(file, 'wx', 0o600)
  let bytes = 0
  try {
    for await (const piece of pieces) {
      signal.throwIfAborted()
      bytes += piece.length
      if (bytes > MAX_FILE_BYTES) throw new FileRefused('too_large')
      await to.write(piece)
      onProgress(bytes)
    }
  } finally {
    await to.close()
  }
}

/** As the history of files shows it: the table, or the last part of the address. */
function nameOf({ table }: FetchRow, { address, host }: ConnectionRow): string {
  if (table) return `${table.schema}.${table.name}.csv`.slice(0, 200)
  return (address?.split('/').at(-1) || host).slice(0, 200)
}

/** Told to the person as it is: the same again would end in the same way. A worker that is shut down is no wish of anybody. */
function reasonOf(failure: unknown, signal: AbortSignal): unknown {
  if (signal.aborted)
    return Context.current().cancellationDetails?.cancelRequested || !Context.current().cancellationSignal.aborted
      ? ended('cancelled')
      : ApplicationFailure.retryable('stopped', 'stopped')
  if (failure instanceof OutsideFailed) return ended(failure.code, failure.facts)
  if (failure instanceof FileRefused) {
    const { code, ...facts } = failure.refusal
    return ended(code, facts)
  }
  return isDiskFull(failure) ? ended('disk_full') : failure
}

async function settle(tools: Tools, input: FetchInput, { row }: Begun, brought: ReceivedUpload): Promise<void> {
  const { dataDir, secret, database } = tools
  const { entityId, fetchId } = input
  const { personId } = row.requestedBy
  const owner = { dataDir, secret, entityId }
  const file = await keepSealed(owner, { sourceId: row.sourceId, personId }, brought)
  await withEntity(database, entityId, async (trx) => {
    await holdSealed(trx, owner, file, brought)
    const cycle = await findCycle(trx, row.cycleId)
    // Somebody may have submitted the step meanwhile; its content names the snapshot it was submitted with.
    if (!cycle || !(await holdStepOpen(trx, row.cycleId, '3'))) throw ended('not_open')
    const source = await findSource(trx, row.cycleId, row.sourceId)
    if (!source) throw ended('detached')
    const by = { ...row.requestedBy, origin: 'system', workflowId: fetchWorkflowId(fetchId) } as const
    const added = await addReceived(trx, { dataDir, by, cycle, source }, file, brought.seen)
    const status = added.outcome === 'same' ? 'same' : 'done'
    const isSettled = await settleFetch(trx, row, { status, importId: added.importId, bytes: file.bytes })
    if (!isSettled) throw ended('cancelled')
  })
}
