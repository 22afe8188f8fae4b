/** Received file → immutable Parquet snapshot and reject file, in one pass and bounded memory (F1, promises.md §6). */
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileRefusal, Mapping, SnapshotCounts, SniffedFile } from '../domain/sources.ts'
import { BATCH_ROWS, type ConfinedDatabase, isOutOfMemory, openConfined, quoteText } from './duckdb.ts'
import { Batch } from './ingest/batch.ts'
import { type CorrectionFile, readCorrections, withCorrections } from './ingest/corrections.ts'
import type { RawRecord } from './ingest/csv.ts'
import { CategoryRoom } from './ingest/dictionary.ts'
import { FileRefused } from './ingest/file-refused.ts'
import { openIntake } from './ingest/intake.ts'
import { type BatchStores, type CellReader, readerOf } from './ingest/readers.ts'
import { eachRecord } from './ingest/records.ts'
import { RejectFile } from './ingest/rejects.ts'
import { SeenCodes } from './ingest/seen-codes.ts'
import { TextArena } from './ingest/text-arena.ts'
import { PseudonymBatch, pseudonymKey } from './pseudonyms.ts'
import { keepFile, METADATA_KEY, type SnapshotMetadata } from './snapshots.ts'

export interface Progress {
  bytes: number
  totalBytes: number
  records: number
  rejected: number
}

export interface BuildOptions {
  /** The uploaded file, as `sniff` saw it. */
  file: string
  sniff: SniffedFile
  mapping: Mapping
  /** Files of corrected rejects, the first one first. */
  corrections?: CorrectionFile[]
  /** The entity's key for pseudonyms, 32 bytes or more. */
  secretKey: Uint8Array
  /** Folder of the snapshots; the engine sees this folder and no other. */
  outDir: string
  /** Limit of the engine, as it takes it; by default what the columns need. */
  memory?: string
  /** Sentence that goes wherever the figures go, for example that the data are for demonstration. */
  notice?: string
  /** Called after each megabyte; the caller's heartbeat. */
  onProgress?: (progress: Progress) => void
  signal?: AbortSignal
}

export type BuildResult =
  | {
      ok: true
      /** SHA-256 of the Parquet file, which is its name; the same input, mapping and key give the same hash. */
      hash: string
      path: string
      bytes: number
      rejects: { hash: string; path: string; bytes: number } | null
      counts: SnapshotCounts
    }
  | { ok: false; refusal: FileRefusal }

/** Builds the snapshot beside its final name and renames it when it is whole: there is never half a snapshot. */
export async function buildSnapshot(options: BuildOptions): Promise<BuildResult> {
  // One thread writes as fast as two here, and takes half of what an engine needs beyond its limit.
  const memory = options.memory ?? memoryFor(options.mapping.length)
  const database = await openConfined(options.outDir, { memory, threads: 1, gathersOutput: false })
  const work = await mkdtemp(join(options.outDir, '.work-'))
  const rejects = new RejectFile(join(work, 'rejects.csv'), options.notice)
  try {
    const read = await readFile(options, database, { work, rejects })
    await rejects.close()
    const counts = { ...read.counts, byReason: rejects.byReason }
    const parquet = join(work, 'snapshot.parquet')
    await database.run(copyStatement(read, parquet, metadataOf(options, counts, read.readers)))
    options.signal?.throwIfAborted()
    const kept = await keepFile(parquet, options.outDir, '.parquet')
    const rejectFile =
      counts.rejected > 0 ? await keepFile(join(work, 'rejects.csv'), options.outDir, '.rejects.csv') : null
    return { ok: true, ...kept, rejects: rejectFile, counts }
  } catch (error) {
    rejects.discard()
    if (options.signal?.aborted) return { ok: false, refusal: { code: 'cancelled' } }
    // Another try would end in the same way.
    if (isOutOfMemory(error)) return { ok: false, refusal: { code: 'too_wide' } }
    if (error instanceof FileRefused) return { ok: false, refusal: error.refusal }
    throw error
  } finally {
    database.close()
    await rm(work, { recursive: true, force: true })
  }
}

function metadataOf(options: BuildOptions, counts: SnapshotCounts, readers: CellReader[]): SnapshotMetadata {
  const categories = readers.flatMap((reader) =>
    reader.values ? [[reader.column.code, reader.values()] as const] : [],
  )
  const { sniff, mapping, notice } = options
  return {
    schema: 1,
    sourceHash: sniff.sha256,
    mapping,
    categories: Object.fromEntries(categories),
    counts,
    notice: notice ?? null,
  }
}

/** While records are added the engine holds a block of 256 KiB of each column. */
const memoryFor = (columns: number) => `${96 + Math.ceil(columns / 4)}MB`

/** Cells of a row group, and bytes of its dictionaries, at most: the engine holds one group while it writes. */
const GROUP = { rows: 40_960, cells: 4 << 20, dictionaries: 32 << 20 }

function copyStatement({ from, readers }: ReadRecords, path: string, metadata: SnapshotMetadata): string {
  const vectors = Math.floor(GROUP.cells / readers.length / BATCH_ROWS)
  const rows = Math.min(GROUP.rows, Math.max(1, vectors) * BATCH_ROWS)
  const dictionary = Math.min(1 << 20, Math.floor(GROUP.dictionaries / readers.length))
  // Dictionary pages and pseudonyms hardly compress.
  // Rows keep the order of the file and groups have one size, so equal input gives equal bytes.
  return `COPY (FROM ${from}) TO ${quoteText(path)} (FORMAT parquet, COMPRESSION uncompressed,
    ROW_GROUP_SIZE ${rows}, ROW_GROUP_SIZE_BYTES '16MB', STRING_DICTIONARY_PAGE_SIZE_LIMIT ${dictionary},
    KV_METADATA {${METADATA_KEY}: ${quoteText(JSON.stringify(metadata))}})`
}

interface ReadRecords {
  readers: CellReader[]
  /** The accepted ones, as what stands behind FROM. */
  from: string
  counts: Omit<SnapshotCounts, 'byReason'>
}

async function readFile(
  options: BuildOptions,
  database: ConfinedDatabase,
  { work, rejects }: { work: string; rejects: RejectFile },
): Promise<ReadRecords> {
  const { sniff, mapping } = options
  const pseudonyms = new PseudonymBatch(pseudonymKey(options.secretKey))
  const stores = { pseudonyms, texts: new TextArena(), room: new CategoryRoom() }
  const byPosition = readersByPosition(sniff, mapping, stores)
  const readers = byPosition.filter((reader) => reader !== undefined)
  const intake = await openIntake(database, work, readers)
  const batch = new Batch(sniff, mapping, byPosition, stores, rejects, intake.append)
  await eachChunk(options, work, batch, async () => {
    await rejects.flush()
    await intake.relieve()
  })
  const { records, accepted } = batch
  return { readers, from: await intake.finish(), counts: { records, accepted, rejected: records - accepted } }
}

function readersByPosition(sniff: SniffedFile, mapping: Mapping, stores: BatchStores) {
  const missing = mapping.find((column) => !sniff.header.includes(column.column))
  if (missing) throw new FileRefused('missing_column', { line: sniff.headerLine, detail: missing.column })
  return sniff.header.map((header) => {
    const column = mapping.find((mapped) => mapped.column === header)
    const reader = column && readerOf(column, stores)
    if (reader && column.unique) reader.seen = new SeenCodes(sniff.estimatedRecords)
    return reader
  })
}

async function eachChunk(options: BuildOptions, work: string, batch: Batch, onChunk: () => Promise<void>) {
  const { file: path, sniff, signal, onProgress } = options
  const file = { path, bytes: sniff.bytes, reading: sniff, header: sniff.header, work }
  signal?.throwIfAborted()
  const corrections = await readCorrections(options.corrections ?? [], sniff.header, work)
  const take = withCorrections(corrections, sniff.header.length, (record: RawRecord) => batch.take(record))
  await eachRecord(file, take, async (bytes) => {
    // Duplicates are known when a batch ends: only then can the rejects be written in the order of the file.
    batch.flush()
    await onChunk()
    const { records, accepted } = batch
    onProgress?.({ bytes, totalBytes: sniff.bytes, records, rejected: records - accepted })
    signal?.throwIfAborted()
  })
}
