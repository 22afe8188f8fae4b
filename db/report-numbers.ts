/** The numbers a report may cite, at level `publico`: cells and totals of the approved figures, sizes of segments (G2, N6). */
import { citedNumber } from '../documents/cited-number.ts'
import type { Cell } from '../domain/aggregates.ts'
import type { Representativeness } from '../domain/coverage.ts'
import { citableCells, type NumberRef, numberKey } from '../domain/report-numbers.ts'
import { hashOf } from './content-hash.ts'
import { emitRepresentativeness } from './coverage.ts'
import { emitPublicFigures, type FigureGrounds, type PublicFigure, protectFigures } from './public-figures.ts'
import { publicCapture, publicSizeOf, type SaidTable, saidOf } from './said-numbers.ts'

/** What each figure and segment is computed from, as a hash: equal as long as its numbers cannot have changed. */
export function basesOf(
  grounds: Pick<FigureGrounds, 'requested' | 'segments' | 'snapshots' | 'threshold'>,
): Map<string, string> {
  const hashes = grounds.snapshots.map(({ hash }) => hash)
  const basis = (about: unknown) => hashOf({ about, snapshots: hashes, threshold: grounds.threshold }).slice(0, 16)
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
  /** The tables behind the other numbers of its text. */
  said: SaidTable[]
  /** What the report says of its own base. */
  base: Representativeness
}

/** Computes what may be cited. Segments are counted like figures: a small one, or a small rest, is hidden. */
export async function emitReportNumbers(dataDir: string, grounds: FigureGrounds): Promise<ReportNumbers> {
  const bases = basesOf(grounds)
  const figures = await emitPublicFigures(dataDir, grounds)
  const together = await protectFigures(dataDir, grounds)
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
    for (const { row, column, cell } of citableCells(table))
      for (const as of ['n', 'p'] as const) put({ ...ref, row, column, as }, cell, table.total)
  }
  for (const segment of grounds.segments) {
    const size = publicSizeOf(together, segment)
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
  const base = await emitRepresentativeness(dataDir, grounds.coverage, publicCapture(together))
  return { sources, figures, said: saidOf(grounds, together), base, numberAt: (key) => numbers.get(key) ?? null }
}

const originOf = ({ source, id }: Pick<NumberRef, 'source' | 'id'>) =>
  `${source === 'figure' ? 'figura' : 'segmento'}:${id}`
