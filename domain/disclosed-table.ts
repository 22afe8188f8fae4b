/** From counts to the table that may be shown: small cells hidden, and the sentences that explain how (model.md §7). */
import { NO_DATA } from '../catalog/value-words.ts'
import type { AggregateTable, Axis, Cell, Condition, Level, MethodCode, Slice } from './aggregates.ts'
import { ANALYSIS_VERSION } from './analysis-version.ts'
import { type CountTable, type Mark, type Marks, suppress, suppressLayers, totalsOf } from './disclosure.ts'

/** What was counted, before anything is hidden: with layers, the counts of all of them and those of each. */
export interface Counts extends CountTable {
  kind: AggregateTable['kind']
  rows: Axis
  columns: Axis | null
  layers: Axis | null
  /** One for each value of `layers`. */
  slices?: CountTable[]
  filter: Condition[]
  filterAny?: Condition[][]
  measures?: AggregateTable['measures']
  /** Whether a side or the filter is a sensitive variable: then a zero is hidden too. */
  sensitive: boolean
  threshold: number
  snapshotHash: string
  notice: string | null
}

/** At `publico` a hidden cell has lost its value; at `interno` it keeps it beside its mark. */
export function disclosedTable(level: Level, counts: Counts): AggregateTable {
  const { rows, columns, layers, whole, slices } = withoutEmptyNoData(counts)
  const { kind, threshold, sensitive, snapshotHash, notice, filter, filterAny, measures } = counts
  const sensitiveSides = [rows, columns, layers].map((side) => side?.sensitive ?? false)
  const policy = { threshold, sensitive, sensitiveSides }
  const marks = layers ? suppressLayers(whole, slices, policy) : null
  const shown = (of: CountTable, by: Marks) => disclosedSlice(level, of, by, columns !== null)
  return {
    ...{ kind, level, rows, columns, layers, threshold, snapshotHash, notice, filter, version: ANALYSIS_VERSION },
    ...(filterAny && { filterAny }),
    ...(measures && { measures }),
    ...shown(whole, marks?.whole ?? suppress(whole, policy)),
    slices: slices.map((slice, l) => shown(slice, marks?.slices[l] as Marks)),
    thresholdUnit: whole.persons ? 'persons' : 'records',
    method: methodOf(sensitive, whole.persons !== undefined, filter.length > 0 || filterAny !== undefined),
  }
}

function disclosedSlice(level: Level, { cells }: CountTable, marks: Marks, hasColumns: boolean): Slice {
  const totals = totalsOf(cells)
  const cell = (value: number, mark: Mark | null): Cell => ({ value: level === 'publico' && mark ? null : value, mark })
  return {
    cells: cells.map((row, r) => row.map((value, c) => cell(value, marks.cells[r]?.[c] ?? null))),
    rowTotals: totals.rows.map((value, r) => cell(value, marks.rows[r] ?? null)),
    columnTotals: hasColumns ? totals.columns.map((value, c) => cell(value, marks.columns[c] ?? null)) : [],
    total: cell(totals.total, marks.total),
  }
}

/** A line "Sin dato" stands only where some record lacks the value: not answering says nothing about anybody. */
function withoutEmptyNoData({ rows, columns, layers, cells, persons, slices = [] }: Counts) {
  const totals = totalsOf(cells)
  const keeps = (axis: Axis, sums: number[]) => axis.values.map((value, i) => value !== NO_DATA || (sums[i] ?? 0) > 0)
  const [r, c] = [keeps(rows, totals.rows), columns ? keeps(columns, totals.columns) : [true]]
  const l = layers
    ? keeps(
        layers,
        slices.map((slice) => totalsOf(slice.cells).total),
      )
    : []
  const only = <T>(values: T[], kept: boolean[]) => values.filter((_, i) => kept[i])
  const grid = (all: number[][]) => only(all, r).map((row) => only(row, c))
  const kept = (slice: CountTable): CountTable => ({
    cells: grid(slice.cells),
    ...(slice.persons && {
      persons: {
        cells: grid(slice.persons.cells),
        rows: only(slice.persons.rows, r),
        columns: only(slice.persons.columns, c),
        total: slice.persons.total,
      },
    }),
  })
  return {
    rows: { ...rows, values: only(rows.values, r) },
    columns: columns && { ...columns, values: only(columns.values, c) },
    layers: layers && { ...layers, values: only(layers.values, l) },
    whole: kept({ cells, ...(persons && { persons }) }),
    slices: only(slices, l).map(kept),
  }
}

function methodOf(sensitive: boolean, countsPersons: boolean, isFiltered: boolean): MethodCode[] {
  return [
    'counts_records',
    countsPersons ? 'threshold_persons' : 'threshold_records',
    sensitive ? 'zero_hidden' : 'zero_shown',
    'complementary',
    ...(isFiltered ? (['filtered'] as const) : []),
  ]
}
