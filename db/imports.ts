/** The received files of a source, and what became of each. */
import { sql } from 'kysely'
import type { ColumnChange } from '../domain/drift.ts'
import { PLAIN_READING } from '../domain/file-readings.ts'
import type { ColumnType, Mapping, RejectReason, SniffedFile } from '../domain/sources.ts'
import type { Trx } from './client.ts'

export const IMPORT_STATUSES = ['received', 'running', 'done', 'cancelled', 'failed'] as const
export type ImportStatus = (typeof IMPORT_STATUSES)[number]

/** Where the reading of a file stands: it waits for another one, its original is opened, then its records, then the snapshot is closed. */
export const IMPORT_PHASES = ['waiting', 'opening', 'reading', 'closing'] as const
export type ImportPhase = (typeof IMPORT_PHASES)[number]

/** One received file. It is asked for (`isAsked`) once somebody confirmed how its columns are read. */
export interface ImportRow {
  id: string
  sourceId: string
  cycleId: string
  /** The import whose rejects this file corrects; null when it is a file of its own. */
  baseImportId: string | null
  fileSha256: string
  fileName: string
  bytes: number
  sniff: StoredSniff
  /** What changed in its columns against the file in use, while nobody has confirmed them; null when nothing did. */
  drift: ColumnChange[] | null
  mapping: Mapping
  status: ImportStatus
  isAsked: boolean
  phase: ImportPhase
  /** Of the original, while it is opened. */
  progressBytes: number
  progressRows: number
  rows: number | null
  rejects: number | null
  rejectsByReason: Partial<Record<RejectReason, number>>
  rejectsSha256: string | null
  snapshotHash: string | null
  failureCode: string | null
  failureFacts: { line?: number; column?: number; detail?: string }
  requestedAt: Date
  requestedBy: string
  /** The person of that name. */
  askerId: string
  cancelAskedAt: Date | null
  settledAt: Date | null
}

/** What is remembered of the file: no record of it, so that the database holds no citizen's data. */
export type StoredSniff = Omit<SniffedFile, 'sampleRows' | 'sha256' | 'bytes'> & {
  /** Under which the head of a workbook is sealed. */
  headSha256?: string
  /** Of a table that was fetched: what its database says each column holds. */
  types?: Record<string, ColumnType>
}

/** Files of a source, newest first. */
export async function listImports(trx: Trx, sourceId: string): Promise<ImportRow[]> {
  const rows = await importRows(trx).where('source_import.source_id', '=', sourceId).limit(50).execute()
  return rows.map(importOf)
}

export async function findImport(trx: Trx, importId: string): Promise<ImportRow | undefined> {
  const row = await importRows(trx).where('source_import.id', '=', importId).executeTakeFirst()
  return row && importOf(row)
}

/** An import and those it corrects, the file of its own first; empty when it is not visible. */
export async function importChain(trx: Trx, importId: string): Promise<ImportRow[]> {
  const row = await findImport(trx, importId)
  if (!row) return []
  return row.baseImportId ? [...(await importChain(trx, row.baseImportId)), row] : [row]
}

const importRows = (trx: Trx) =>
  trx
    .selectFrom('source_import')
    .innerJoin('source', 'source.id', 'source_import.source_id')
    .innerJoin('person', 'person.id', 'source_import.requested_by')
    .selectAll('source_import')
    .select(['source.cycle_id', 'person.display_name as asker'])
    .orderBy('source_import.requested_at', 'desc')
    .orderBy('source_import.id', 'desc')

type RawImport = Awaited<ReturnType<ReturnType<typeof importRows>['execute']>>[number]

function importOf(row: RawImport): ImportRow {
  const mapping = row.mapping as unknown as Mapping
  return {
    id: row.id,
    sourceId: row.source_id,
    cycleId: row.cycle_id,
    baseImportId: row.base_import_id,
    fileSha256: row.file_sha256,
    fileName: row.file_name,
    bytes: Number(row.bytes),
    sniff: { ...PLAIN_READING, sheets: [], ...(row.sniff as unknown as Omit<StoredSniff, 'sheets'>) },
    drift: row.drift as unknown as ColumnChange[] | null,
    mapping,
    status: row.status as ImportStatus,
    isAsked: mapping.length > 0,
    phase: row.phase as ImportPhase,
    progressBytes: Number(row.progress_bytes),
    progressRows: Number(row.progress_rows),
    rows: row.rows === null ? null : Number(row.rows),
    rejects: row.rejects === null ? null : Number(row.rejects),
    rejectsByReason: (row.rejects_by_reason ?? {}) as ImportRow['rejectsByReason'],
    rejectsSha256: row.rejects_sha256,
    snapshotHash: row.snapshot_hash,
    failureCode: row.failure_code,
    failureFacts: (row.failure_facts ?? {}) as ImportRow['failureFacts'],
    requestedAt: row.requested_at,
    requestedBy: row.asker,
    askerId: row.requested_by,
    cancelAskedAt: row.cancel_asked_at,
    settledAt: row.settled_at,
  }
}

/** Imports asked for that nobody has started after five seconds: the courier's work. */
export async function listUnstartedImports(trx: Trx, limit: number): Promise<{ id: string; entity_id: string }[]> {
  return await trx
    .selectFrom('source_import')
    .select(['id', 'entity_id'])
    .where('status', '=', 'received')
    .where(sql<boolean>`mapping <> '[]'`)
    .where('requested_at', '<', sql<Date>`app_now() - interval '5 seconds'`)
    .orderBy('requested_at')
    .limit(limit)
    .execute()
}
