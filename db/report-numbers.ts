/** The numbers a report may cite, at level `publico`: cells and totals of the approved figures, sizes of segments (G2, N6). */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import canonicalize from 'canonicalize'
import { citedNumber } from '../documents/cited-number.ts'
import type { AggregateTable, Cell } from '../domain/aggregates.ts'
import { sizeOf } from '../domain/aggregates.ts'
import type { Representativeness } from '../domain/coverage.ts'
import type { Answers } from '../domain/forms.ts'
import { type NumberRef, numberKey } from '../domain/report-numbers.ts'
import { type Segment, segmentsOf, variablesIn } from '../domain/segments.ts'
import { emitAggregates, UnknownVariable } from './aggregates.ts'
import type { Trx } from './client.ts'
import { type CoverageGrounds, emitRepresentativeness, findCoverageGrounds } from './coverage.ts'
import { emitPublicFigures, type FigureGrounds, findFigureGrounds, type PublicFigure } from './public-figures.ts'

export interface NumberGrounds extends FigureGrounds {
  segments: Segment[]
  coverage: CoverageGrounds
}

/** Everything the numbers of a cycle's report are computed from, as steps 2 and 4 stand approved. */
export async function findNumberGrounds(trx: Trx, cycleId: string): Promise<NumberGrounds> {
  const grounds = await findFigureGrounds(trx, cycleId)
  const four = await trx
    .selectFrom('step')
    .innerJoin('step_version', 'step_version.id', 'step.version_id')
    .select('step_version.answers')
    .where('step.cycle_id', '=', cycleId)
    .where('step.code', '=', '4')
    .executeTakeFirst()
  return {
    ...grounds,
    segments: segmentsOf(four?.answers as unknown as Answers | undefined),
    coverage: await findCoverageGrounds(trx, cycleId),
  }
}

/** What each figure and segment is computed from, as a hash: equal as long as its numbers cannot have changed. */
export function basesOf(
  grounds: Pick<NumberGrounds, 'requested' | 'segments' | 'snapshots' | 'threshold'>,
): Map<string, string> {
  const hashes = grounds.snapshots.map(({ hash }) => hash)
  const basis = (about: unknown) =>
    createHash('sha256')
      .update(canonicalize({ about, snapshots: hashes, threshold: grounds.threshold }) ?? '')
      .digest('hex')
      .slice(0, 16)
  return new Map([
    ...grounds.requested.map(
      ({ id, kind, variable, cross, layers, filter }) =>
        [`figura:${id}`, basis({ kind, variable, cross, layers, filter })] as const,
    ),
    ...grounds.segments.map(({ id, rule }) => [`segmento:${id}`, basis({ rule })] as const),
  ])
}

/** One number that may be cited, as it is shown now. */
export interface CitedNumber {
  ref: string
  shown: string
  basis: string
}

export interface NumberSource {
  /** `figura:g1` or `segmento:m1`. */
  origin: string
  title: string
  basis: string
  rows: string[]
  columns: string[]
}

export interface ReportNumbers {
  sources: NumberSource[]
  /** The number behind a reference as it stands now; null where its source no longer gives it. */
  numberAt: (key: string) => CitedNumber | null
  figures: PublicFigure[]
  /** What the report says of its own base. */
  base: Representativeness
}

/** Computes what may be cited. Segments are counted like figures: a small one, or a small rest, is hidden. */
export async function emitReportNumbers(dataDir: string, grounds: NumberGrounds): Promise<ReportNumbers> {
  const bases = basesOf(grounds)
  const figures = await emitPublicFigures(dataDir, grounds)
  const sources: NumberSource[] = []
  const numbers = new Map<string, CitedNumber>()
  const put = (ref: NumberRef, cell: Cell | undefined, whole: Cell) => {
    const basis = bases.get(originOf(ref)) ?? ''
    const key = numberKey(ref)
    numbers.set(key, { ref: key, basis, shown: citedNumber(ref.as, cell?.value ?? null, whole.value) })
  }
  for (const { id, title, table } of figures) {
    if (!table) continue
    const ref = { source: 'figure' as const, id }
    sources.push({
      origin: originOf(ref),
      title,
      basis: bases.get(originOf(ref)) ?? '',
      rows: table.rows.values,
      columns: table.columns?.values ?? [],
    })
    for (const { row, column, cell } of cellsOf(table))
      for (const as of ['n', 'p'] as const) put({ ...ref, row, column, as }, cell, table.total)
  }
  for (const segment of grounds.segments) {
    const size = await emitSegmentSize(dataDir, grounds, segment)
    if (!size) continue
    const ref = { source: 'segment' as const, id: segment.id, row: null, column: null }
    sources.push({
      origin: originOf(ref),
      title: segment.name,
      basis: bases.get(originOf(ref)) ?? '',
      rows: [],
      columns: [],
    })
    for (const as of ['n', 'p'] as const) put({ ...ref, as }, size, size.total)
  }
  const base = await emitRepresentativeness('publico', dataDir, grounds.coverage)
  return { sources, figures, base, numberAt: (key) => numbers.get(key) ?? null }
}

const originOf = ({ source, id }: Pick<NumberRef, 'source' | 'id'>) =>
  `${source === 'figure' ? 'figura' : 'segmento'}:${id}`

function cellsOf(table: AggregateTable) {
  const { rows, columns } = table
  const cells: { row: string | null; column: string | null; cell: Cell | undefined }[] = [
    { row: null, column: null, cell: table.total },
  ]
  rows.values.forEach((row, r) => {
    cells.push({ row, column: null, cell: columns ? table.rowTotals[r] : table.cells[r]?.[0] })
    columns?.values.forEach((column, c) => {
      cells.push({ row, column, cell: table.cells[r]?.[c] })
    })
  })
  columns?.values.forEach((column, c) => {
    cells.push({ row: null, column, cell: table.columnTotals[c] })
  })
  return cells
}

/** Size of a segment at level `publico`; null where no snapshot of the cycle offers what its rule asks. */
export async function emitSegmentSize(dataDir: string, grounds: NumberGrounds, { rule }: Pick<Segment, 'rule'>) {
  const snapshot = grounds.snapshots.find(({ codes }) => variablesIn(rule).every((code) => codes.has(code)))
  if (!snapshot) return null
  try {
    const source = { dir: join(dataDir, 'snapshots'), hash: snapshot.hash, threshold: grounds.threshold }
    return sizeOf(await emitAggregates('publico', { kind: 'segment', rule }, source))
  } catch (failure) {
    if (failure instanceof UnknownVariable) return null
    throw failure
  }
}
