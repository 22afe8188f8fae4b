/** An import from the file received to the snapshot or the failure; each step repeats its precondition. */
import { sql } from 'kysely'
import type { Mapping } from '../domain/sources.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'
import type { ImportPhase, StoredSniff } from './imports.ts'

export interface ReceivedFile {
  entityId: string
  sourceId: string
  sha256: string
  name: string
  bytes: number
  sniff: StoredSniff
  personId: string
}

/** Adds a received file; files of this source that nobody asked to read give way to it. */
export async function insertReceived(trx: Trx, file: ReceivedFile): Promise<string> {
  await trx
    .updateTable('source_import')
    .set({ status: 'cancelled', settled_at: sql<Date>`app_now()`, failure_code: 'replaced' })
    .where('source_id', '=', file.sourceId)
    .where('status', '=', 'received')
    .where(sql<boolean>`mapping = '[]'`)
    .execute()
  return await insertImport(trx, file, [])
}

async function insertImport(
  trx: Trx,
  file: ReceivedFile,
  mapping: Mapping,
  baseImportId: string | null = null,
): Promise<string> {
  const id = newId()
  await trx
    .insertInto('source_import')
    .values({
      id,
      entity_id: file.entityId,
      source_id: file.sourceId,
      base_import_id: baseImportId,
      file_sha256: file.sha256,
      file_name: file.name,
      bytes: file.bytes,
      sniff: JSON.stringify(file.sniff),
      mapping: JSON.stringify(mapping),
      status: 'received',
      requested_by: file.personId,
    })
    .execute()
  return id
}

/** A file of corrected rejects, to be read over the import they are of, as that was read. */
export async function askToCorrect(
  trx: Trx,
  file: ReceivedFile,
  base: { id: string; mapping: Mapping },
): Promise<string> {
  return await insertImport(trx, file, base.mapping, base.id)
}

/** How the file is to be read, corrected by a person before it is. */
export async function changeSniff(trx: Trx, importId: string, sniff: StoredSniff): Promise<boolean> {
  const done = await trx
    .updateTable('source_import')
    .set({ sniff: JSON.stringify(sniff) })
    .where('id', '=', importId)
    .where('status', '=', 'received')
    .where(sql<boolean>`mapping = '[]'`)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Asks for a received file to be read with this mapping; false when somebody was faster. */
export async function askForImport(trx: Trx, importId: string, mapping: Mapping, personId: string): Promise<boolean> {
  const done = await trx
    .updateTable('source_import')
    .set({ mapping: JSON.stringify(mapping), requested_by: personId, requested_at: sql<Date>`app_now()` })
    .where('id', '=', importId)
    .where('status', '=', 'received')
    .where(sql<boolean>`mapping = '[]'`)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** The same stored file again; over its base where it corrects one. */
export async function askAgain(
  trx: Trx,
  file: ReceivedFile,
  mapping: Mapping,
  baseImportId: string | null = null,
): Promise<string> {
  return await insertImport(trx, file, mapping, baseImportId)
}

/** Notes the wish; the worker sees it within a second, and from now on no snapshot can come of it. False when over. */
export async function askToCancel(trx: Trx, importId: string): Promise<boolean> {
  const done = await trx
    .updateTable('source_import')
    .set({ cancel_asked_at: sql<Date>`app_now()` })
    .where('id', '=', importId)
    .where('status', '=', 'running')
    .where('cancel_asked_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Marks an import as running; false when it has already ended. */
export async function markRunning(trx: Trx, importId: string): Promise<boolean> {
  const done = await trx
    .updateTable('source_import')
    .set({ status: 'running', phase: 'waiting', progress_bytes: 0, progress_rows: 0 })
    .where('id', '=', importId)
    .where('status', 'in', ['received', 'running'])
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

export interface ImportProgress {
  phase: ImportPhase
  /** Of the original, opened so far. */
  bytes: number
  /** Records read so far. */
  rows: number
}

/** How far the reading has come; answers whether somebody asked to cancel. */
export async function noteProgress(
  trx: Trx,
  importId: string,
  { phase, bytes, rows }: ImportProgress,
): Promise<boolean> {
  const row = await trx
    .updateTable('source_import')
    .set({ phase, progress_bytes: bytes, progress_rows: rows })
    .where('id', '=', importId)
    .where('status', '=', 'running')
    .returning('cancel_asked_at')
    .executeTakeFirst()
  return row === undefined || row.cancel_asked_at !== null
}

export interface SettledImport {
  importId: string
  hash: string
  bytes: number
  rows: number
  rejects: number
  rejectsByReason: Record<string, number>
  rejectsSha256: string | null
  mapping: Mapping
  demoNote: string | null
}

/** Snapshot row, source and import in the caller's transaction; false when the import had already ended or is to be cancelled. */
export async function settleImport(
  trx: Trx,
  source: { id: string; entityId: string },
  settled: SettledImport,
): Promise<boolean> {
  const done = await trx
    .updateTable('source_import')
    .set({
      status: 'done',
      settled_at: sql<Date>`app_now()`,
      progress_rows: settled.rows + settled.rejects,
      rows: settled.rows,
      rejects: settled.rejects,
      rejects_by_reason: JSON.stringify(settled.rejectsByReason),
      rejects_sha256: settled.rejectsSha256,
      snapshot_hash: settled.hash,
    })
    .where('id', '=', settled.importId)
    .where('status', '=', 'running')
    .where('cancel_asked_at', 'is', null)
    .executeTakeFirst()
  if (done.numUpdatedRows !== 1n) return false
  await insertSnapshot(trx, source, settled)
  const personKey = settled.mapping.find((column) => column.role === 'person_key')?.code ?? null
  await trx
    .updateTable('source')
    .set({ snapshot_hash: settled.hash, import_id: settled.importId, person_key: personKey })
    .where('id', '=', source.id)
    .execute()
  return true
}

async function insertSnapshot(
  trx: Trx,
  source: { id: string; entityId: string },
  settled: SettledImport,
): Promise<void> {
  const variables = settled.mapping.filter((column) => column.role === 'variable')
  await trx
    .insertInto('snapshot')
    .values({
      hash: settled.hash,
      entity_id: source.entityId,
      source_id: source.id,
      import_id: settled.importId,
      rows: settled.rows,
      bytes: settled.bytes,
      columns: JSON.stringify(variables.map(({ code, label, type, sensitive }) => ({ code, label, type, sensitive }))),
      mapping: JSON.stringify(settled.mapping),
      demo_note: settled.demoNote,
    })
    .onConflict((oc) => oc.columns(['entity_id', 'source_id', 'hash']).doNothing())
    .execute()
}

/** Ends an import without a snapshot; undefined when it had already ended. */
export async function failRow(
  trx: Trx,
  importId: string,
  outcome: { status: 'failed' | 'cancelled'; code: string; facts: object },
) {
  return await trx
    .updateTable('source_import')
    .set({
      status: outcome.status,
      failure_code: outcome.code,
      failure_facts: JSON.stringify(outcome.facts),
      settled_at: sql<Date>`app_now()`,
    })
    .where('id', '=', importId)
    .where('status', 'in', ['received', 'running'])
    .returning(['id', 'source_id', 'requested_by'])
    .executeTakeFirst()
}
