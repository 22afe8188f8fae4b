/** What is public for ever: the tables of every file an entity ever published, read back from the files themselves. */
import { createHash } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { z } from 'zod'
import { METHOD_SENTENCES } from '../catalog/open-data-words.ts'
import { type AggregateTable, type Cell, Condition, MEASURE_KINDS } from '../domain/aggregates.ts'
import { ANALYSIS_VERSION } from '../domain/analysis-version.ts'
import type { Trx } from './client.ts'
import { openFile } from './files.ts'
import { recent } from './recent.ts'

export interface PublicFile {
  title: string
  version: number
  sha256: string
}

/** Files of all releases that were ever public, withdrawn ones too: whoever wanted them has them. */
export async function findPublicFiles(trx: Trx): Promise<PublicFile[]> {
  return await trx
    .selectFrom('release')
    .innerJoin('release_file', 'release_file.release_id', 'release.id')
    .innerJoin('dataset', 'dataset.id', 'release.dataset_id')
    .select(['dataset.title', 'release.version', 'release_file.sha256'])
    .where('release.status', 'in', ['published', 'corrected', 'withdrawn'])
    .where('release_file.kind', '=', 'json')
    .orderBy('release.published_at')
    .orderBy('release.id')
    .execute()
}

const Side = z.object({ variable: z.string(), etiqueta: z.string(), valores: z.array(z.string()) })
const Count = z.object({ registros: z.number().nullable() })
const Slice = z.object({
  celdas: z.array(z.array(Count)),
  totales_fila: z.array(Count),
  totales_columna: z.array(Count),
  total: Count,
})
const PublishedTable = Slice.extend({
  filas: Side,
  columnas: Side.nullable(),
  capas: Side.optional(),
  porCapa: z.array(Slice).optional(),
  filtro: z.array(Condition),
  filtro_alguna: z.array(z.array(Condition)).optional(),
  filtro_tipos: z.record(z.string(), z.enum(MEASURE_KINDS)).optional(),
  umbral: z.number(),
  metodo: z.array(z.string()),
  corte_sha256: z.string(),
})

type PublishedTable = z.infer<typeof PublishedTable>
const PublishedFile = z.object({ tablas: z.array(PublishedTable) })

/** The tables of a published JSON file, as far as they say. Throws where the file is not stored: what it told is known to others still. */
export async function readPublishedTables(dataDir: string, { sha256 }: PublicFile): Promise<AggregateTable[]> {
  const stored = await openFile(dataDir, sha256)
  if (!stored) throw new Error(`published file ${sha256} is not stored`)
  return PublishedFile.parse(JSON.parse(await text(stored.stream()))).tablas.map(tableOf)
}

function tableOf(read: PublishedTable): AggregateTable {
  const side = ({ variable, etiqueta, valores }: z.infer<typeof Side>) => ({
    ...{ variable, label: etiqueta, values: valores, sensitive: false },
  })
  return {
    ...{ kind: read.columnas ? 'cross' : 'count', level: 'publico', rows: side(read.filas) },
    columns: read.columnas && side(read.columnas),
    layers: read.capas ? side(read.capas) : null,
    ...sliceOf(read),
    slices: (read.porCapa ?? []).map(sliceOf),
    ...{ threshold: read.umbral, thresholdUnit: 'records', snapshotHash: read.corte_sha256, notice: null },
    ...{ filter: read.filtro, ...(read.filtro_alguna && { filterAny: read.filtro_alguna }) },
    ...(read.filtro_tipos && { measures: read.filtro_tipos }),
    ...{ method: read.metodo.includes(METHOD_SENTENCES.zero_hidden) ? ['zero_hidden'] : ['zero_shown'] },
    version: ANALYSIS_VERSION,
  }
}

function sliceOf(read: z.infer<typeof Slice>) {
  const cell = ({ registros }: z.infer<typeof Count>): Cell => ({
    value: registros,
    mark: registros === null ? 'complementary' : null,
  })
  return {
    cells: read.celdas.map((row) => row.map(cell)),
    rowTotals: read.totales_fila.map(cell),
    columnTotals: read.totales_columna.map(cell),
    total: cell(read.total),
  }
}

export interface PrintedReport {
  /** Of the issued document and how many tables it has: those of its variables may have come later (db/series.ts). */
  id: string
  tables: AggregateTable[]
}

const printed = recent<AggregateTable[]>(200)

/** Tables of every issued report: they are known as soon as it is signed. What was printed never changes. */
export async function findPrintedReports(trx: Trx): Promise<PrintedReport[]> {
  const reports: PrintedReport[] = []
  for (const { id, documentId } of await listPrinted(trx))
    reports.push({ id, tables: await printed(id, () => printedIn(trx, documentId)) })
  return reports
}

async function listPrinted(trx: Trx): Promise<{ id: string; documentId: string }[]> {
  const rows = await trx
    .selectFrom('figure_code')
    .select(({ fn }) => ['document_id as documentId', fn.countAll<string>().as('tables')])
    .where('release_id', 'is', null)
    .groupBy('document_id')
    .orderBy('document_id')
    .execute()
  return rows.map(({ documentId, tables }) => ({ id: `${documentId} ${tables}`, documentId }))
}

/** Everything public that new figures were protected against. */
export interface Past {
  earlier: readonly PublicFile[]
  printed: readonly Pick<PrintedReport, 'id'>[]
}

/** No other report of the entity is issued and no release of it becomes public until this transaction ends. */
export async function holdIssuing(trx: Trx, entityId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${entityId}, 19))`.execute(trx)
}

/** Whether nothing became public since `past` was read: beside anything else nobody has looked at the new figures. */
export async function isSamePast(trx: Trx, past: Past): Promise<boolean> {
  return (await hashOfPublic(trx)) === hashOfPast(past)
}

/** Names everything public that figures were protected against (SHA-256, hexadecimal). */
export function hashOfPast({ earlier, printed }: Past): string {
  const names = [...earlier.map(({ sha256 }) => sha256), ...printed.map(({ id }) => id)]
  return createHash('sha256').update(names.join()).digest('hex')
}

/** The same of what is public at this moment. */
export async function hashOfPublic(trx: Trx): Promise<string> {
  return hashOfPast({ earlier: await findPublicFiles(trx), printed: await listPrinted(trx) })
}

async function printedIn(trx: Trx, documentId: string): Promise<AggregateTable[]> {
  const rows = await trx
    .selectFrom('figure_code')
    .select('printed')
    .where('document_id', '=', documentId)
    .where('release_id', 'is', null)
    .orderBy('place')
    .execute()
  return rows.map((row) => row.printed as unknown as AggregateTable)
}
