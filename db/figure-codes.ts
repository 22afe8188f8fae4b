/** Codes of printed tables and figures, and what stands behind each: exactly what was printed (N6). */
import { randomBytes } from 'node:crypto'
import type { Signer } from '../documents/report-content.ts'
import type { AggregateTable } from '../domain/aggregates.ts'
import { type ChartKind, chartFor } from '../domain/figures.ts'
import type { Base } from '../domain/shares.ts'
import { codeFrom } from '../domain/verification-codes.ts'
import type { Trx } from './client.ts'
import { type Eliminated, findSnapshotTombstone } from './disposal-pages.ts'
import { type MapRef, refOf } from './division-maps.ts'
import { newId } from './ids.ts'
import type { PublicFigure } from './public-figures.ts'
import type { ReleaseMetadata } from './releases.ts'
import type { SaidTable } from './said-numbers.ts'
import type { FollowedTable } from './series-tables.ts'

/** Nobody guesses it, and nothing about the figure can be read from it. */
export const newFigureCode = () => codeFrom(randomBytes(12))

/** Instead of a chart: the numbers of the table stand in the text of a report. */
export const IN_TEXT = 'texto'

/** What is kept of a printed table. */
export interface CodedFigure {
  code: string
  /** Row of step 4 in a report, id of the table in a release. */
  place: string
  title: string
  sourceName: string
  chart: ChartKind
  base: Base | null
  /** What it is drawn on, where it is a map. */
  map: MapRef | null
  table: AggregateTable
}

/** The figures of a report with the codes they are printed with. */
export function withCodes<T extends PublicFigure>(figures: readonly T[]): T[] {
  return figures.map((one) => (one.figure ? { ...one, figure: { ...one.figure, code: newFigureCode() } } : one))
}

export interface PrintedIn {
  entityId: string
  documentId: string
  /** Null where it is the document itself that prints them. */
  releaseId: string | null
}

/** Keeps what a report printed; call in the transaction that issues it. Figures without a table printed nothing. */
export async function recordFigureCodes(trx: Trx, where: PrintedIn, figures: readonly PublicFigure[]): Promise<void> {
  const coded = figures.flatMap(({ id, title, sourceName, base, table, figure, ...asked }): CodedFigure[] => {
    if (!table || !figure?.code) return []
    const drawn = { chart: chartFor(asked), base, map: refOf(figure.map) }
    return [{ code: figure.code, place: id, title, sourceName, ...drawn, table }]
  })
  await insertCodes(trx, where, coded)
}

/**
 * Keeps what an issued report said in numbers, and what the pages of its variables show from then on, for what is
 * published later to be protected against. It stands with the figures the report prints, under codes that are printed nowhere.
 */
export async function recordSaid(trx: Trx, where: PrintedIn, said: readonly (SaidTable | FollowedTable)[]) {
  if (said.length === 0) return
  await trx
    .insertInto('figure_code')
    .values(
      said.map(({ id, title, table, ...followed }) => ({
        ...{ id: newId(), entity_id: where.entityId, document_id: where.documentId, release_id: where.releaseId },
        ...{ code: newFigureCode(), place: id, title, chart: IN_TEXT, printed: JSON.stringify(table) },
        source_name: 'sourceName' in followed ? followed.sourceName : '',
        numbers: 'numbers' in followed && followed.numbers ? JSON.stringify(followed.numbers) : null,
      })),
    )
    .execute()
}

/**
 * Codes the tables of a draft release have already, by their places: preparing it again from the same words gives the
 * same files.
 */
export async function findReleaseCodes(trx: Trx, releaseId: string): Promise<{ place: string; code: string }[]> {
  return await trx.selectFrom('figure_code').select(['place', 'code']).where('release_id', '=', releaseId).execute()
}

/** Keeps the tables of a draft release instead of those it had. */
export async function storeReleaseCodes(trx: Trx, where: PrintedIn, figures: CodedFigure[]): Promise<void> {
  await trx.deleteFrom('figure_code').where('release_id', '=', where.releaseId).execute()
  await insertCodes(trx, where, figures)
}

async function insertCodes(trx: Trx, { entityId, documentId, releaseId }: PrintedIn, figures: CodedFigure[]) {
  if (figures.length === 0) return
  await trx
    .insertInto('figure_code')
    .values(
      figures.map(({ sourceName, table, map, ...figure }) => ({
        ...{ id: newId(), entity_id: entityId, document_id: documentId, release_id: releaseId, ...figure },
        ...{ source_name: sourceName, map: map && JSON.stringify(map), printed: JSON.stringify(table) },
      })),
    )
    .execute()
}

/** What anyone who holds the code may know of a printed table. */
export interface PublicFigureCode extends CodedFigure {
  entity: string
  /** By which act the snapshot it was counted in went; where another exercise uses the same one it is still there. */
  eliminated: Eliminated | null
  document: { code: string; title: string; issuedAt: Date; signers: Signer[] }
  /** Null where the report itself printed it. */
  release: { slug: string; version: number; title: string; status: string; publishedAt: Date | null } | null
}

/** One printed table by its code; call inside `withDocumentCode`, which is what lets the public role see it. */
export async function findFigureCode(trx: Trx, code: string): Promise<PublicFigureCode | undefined> {
  const row = await trx
    .selectFrom('figure_code')
    .innerJoin('document', 'document.id', 'figure_code.document_id')
    .innerJoin('entity', 'entity.id', 'figure_code.entity_id')
    .leftJoin('release', 'release.id', 'figure_code.release_id')
    .leftJoin('dataset', 'dataset.id', 'release.dataset_id')
    .select([
      'figure_code.code',
      'figure_code.entity_id',
      'place',
      'figure_code.title',
      'source_name',
      'chart',
      'base',
      'map',
      'printed',
    ])
    .select(['document.code as documentCode', 'document.title as documentTitle', 'document.issued_at', 'signers'])
    .select(['entity.name as entity', 'slug', 'release.version', 'release.status', 'release.metadata'])
    .select('release.published_at')
    .where('figure_code.code', '=', code)
    .executeTakeFirst()
  if (!row) return undefined
  const { place, title, entity, slug, version, status } = row
  const metadata = row.metadata as unknown as ReleaseMetadata | null
  const table = row.printed as unknown as AggregateTable
  return {
    ...{ code: row.code, place, title, entity, sourceName: row.source_name },
    ...{ chart: row.chart as ChartKind, base: row.base as Base | null, map: row.map as unknown as MapRef | null },
    ...{ table, eliminated: await findSnapshotTombstone(trx, row.entity_id, table.snapshotHash) },
    document: {
      ...{ code: row.documentCode, title: row.documentTitle, issuedAt: row.issued_at },
      signers: row.signers as unknown as Signer[],
    },
    release:
      slug && version && status
        ? { slug, version, status, title: metadata?.title ?? '', publishedAt: row.published_at }
        : null,
  }
}
