import { sql } from 'kysely'
import type { OutsideTable } from '../domain/connections.ts'
import type { ColumnChange } from '../domain/drift.ts'
import { PLAIN_READING } from '../domain/file-readings.ts'
import type { Periodicity } from '../domain/freshness.ts'
import type { ColumnType, Mapping, RejectReason, SniffedFile } from '../domain/sources.ts'
import type { Trx } from './client.ts'

export const IMPORT_STATUSES = ['received', 'running', 'done', 'cancelled', 'failed'] as const
export type ImportStatus = (typeof IMPORT_STATUSES)[number]

/** A source attached to a cycle, with its contract (E1). */
export interface SourceRow {
  id: string
  cycleId: string
  name: string
  ownerAgencyId: string | null
  ownerAgency: string | null
  legalBasis: string
  sensitivity: string
  periodFrom: string
  periodTo: string
  personKey: string | null
  /** How often newer data are expected (domain/freshness.ts). */
  periodicity: Periodicity | null
  demoNote: string | null
  attachedBy: string
  attachedAt: Date
  /** Through which connection it is fetched; null where its files are uploaded. */
  origin: SourceOrigin | null
  /** The source of an earlier exercise it goes on with. */
  continues: ContinuedSource | null
  importId: string | null
  snapshotHash: string | null
  /** Records in the snapshot in use; null before the first import. */
  rows: number | null
}

export interface ContinuedSource {
  id: string
  cycleId: string
  vigencia: number
  name: string
  periodFrom: string
  periodTo: string
  periodicity: Periodicity | null
  /** Of its file in use there. */
  importId: string | null
}

export interface SourceOrigin {
  connectionId: string
  /** All that those who do not keep connections are told of it. */
  name: string
  isRemoved: boolean
  /** Null until one was chosen, and of an HTTP connection. */
  table: OutsideTable | null
}

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

/** Sources of a cycle in the order attached; detached ones are left out. */
export async function listSources(trx: Trx, cycleId: string): Promise<SourceRow[]> {
  const rows = await sourceRows(trx).where('source.cycle_id', '=', cycleId).execute()
  return rows.map(sourceOf)
}

/** Undefined when it is not visible, belongs to another cycle or was detached. */
export async function findSource(trx: Trx, cycleId: string, sourceId: string): Promise<SourceRow | undefined> {
  const row = await sourceRows(trx)
    .where('source.cycle_id', '=', cycleId)
    .where('source.id', '=', sourceId)
    .executeTakeFirst()
  return row && sourceOf(row)
}

const sourceRows = (trx: Trx) =>
  trx
    .selectFrom('source')
    .leftJoin('agency', 'agency.id', 'source.owner_agency_id')
    .leftJoin('source_import', 'source_import.id', 'source.import_id')
    .leftJoin('connection', 'connection.id', 'source.connection_id')
    .leftJoin('source as earlier', 'earlier.id', 'source.continues_id')
    .leftJoin('cycle as earlier_cycle', 'earlier_cycle.id', 'earlier.cycle_id')
    .innerJoin('person', 'person.id', 'source.attached_by')
    .select([
      ...(['source.id', 'source.cycle_id', 'source.name', 'source.owner_agency_id', 'source.legal_basis'] as const),
      ...(['source.sensitivity', 'source.period_from', 'source.period_to', 'source.person_key'] as const),
      ...(['source.demo_note', 'source.attached_at', 'source.import_id', 'source.snapshot_hash'] as const),
      ...(['source.periodicity', 'source.connection_id', 'source.connection_schema'] as const),
      ...(['source.connection_table', 'connection.name as connection_name', 'connection.removed_at'] as const),
      ...(['earlier.id as earlier_id', 'earlier.cycle_id as earlier_cycle', 'earlier.name as earlier_name'] as const),
      ...([
        'earlier.period_from as earlier_from',
        'earlier.period_to as earlier_to',
        'earlier_cycle.vigencia',
      ] as const),
      ...(['earlier.periodicity as earlier_periodicity', 'earlier.import_id as earlier_import'] as const),
      'agency.name as agency_name',
      'person.display_name as attached_by',
      'source_import.rows as rows',
    ])
    .where('source.detached_at', 'is', null)
    .orderBy('source.attached_at')
    .orderBy('source.id')

type RawSource = Awaited<ReturnType<ReturnType<typeof sourceRows>['execute']>>[number]

function sourceOf(row: RawSource): SourceRow {
  return {
    id: row.id,
    cycleId: row.cycle_id,
    name: row.name,
    ownerAgencyId: row.owner_agency_id,
    ownerAgency: row.agency_name,
    legalBasis: row.legal_basis,
    sensitivity: row.sensitivity,
    periodFrom: row.period_from,
    periodTo: row.period_to,
    personKey: row.person_key,
    periodicity: row.periodicity as Periodicity | null,
    demoNote: row.demo_note,
    attachedBy: row.attached_by,
    attachedAt: row.attached_at,
    origin: originOf(row),
    continues: continuedOf(row),
    importId: row.import_id,
    snapshotHash: row.snapshot_hash,
    rows: row.rows === null ? null : Number(row.rows),
  }
}

function originOf(row: RawSource): SourceOrigin | null {
  if (row.connection_id === null) return null
  const { connection_schema: schema, connection_table: name } = row
  return {
    connectionId: row.connection_id,
    name: row.connection_name ?? '',
    isRemoved: row.removed_at !== null,
    table: schema === null || name === null ? null : { schema, name },
  }
}

function continuedOf(row: RawSource): ContinuedSource | null {
  const { earlier_id: id, earlier_cycle: cycleId, earlier_name: name, vigencia } = row
  const { earlier_from: periodFrom, earlier_to: periodTo } = row
  if (!id || !cycleId || !name || vigencia === null || !periodFrom || !periodTo) return null
  const periodicity = row.earlier_periodicity as Periodicity | null
  return { id, cycleId, vigencia, name, periodFrom, periodTo, periodicity, importId: row.earlier_import }
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
