/** From counts to the table that may be shown: small cells hidden, and the sentences that explain how (model.md §7). */
import { NO_DATA } from '../catalog/value-words.ts'
import type { AggregateTable, Axis, Cell, Condition, Level, MethodCode } from './aggregates.ts'
import { type Mark, suppress, type TablePersons, totalsOf } from './disclosure.ts'

/** What was counted, before anything is hidden. */
export interface Counts {
  kind: AggregateTable['kind']
  rows: Axis
  columns: Axis | null
  /** `cells[row][column]`; one column where `columns` is null. */
  cells: number[][]
  persons?: TablePersons
  filter: Condition[]
  filterAny?: Condition[][]
  /** Whether a side or the filter is a sensitive variable: then a zero is hidden too. */
  sensitive: boolean
  threshold: number
  snapshotHash: string
  notice: string | null
}

/** At `publico` a hidden cell has lost its value; at `interno` it keeps it beside its mark. */
export function disclosedTable(level: Level, counts: Counts): AggregateTable {
  const { rows, columns, cells, persons } = withoutEmptyNoData(counts)
  const { kind, threshold, sensitive, snapshotHash, notice, filter, filterAny } = counts
  const marks = suppress({ cells, ...(persons ? { persons } : {}) }, { threshold, sensitive })
  const totals = totalsOf(cells)
  const cell = (value: number, mark: Mark | null): Cell => ({ value: level === 'publico' && mark ? null : value, mark })
  return {
    ...{ kind, level, rows, columns, threshold, snapshotHash, notice, filter },
    ...(filterAny && { filterAny }),
    cells: cells.map((row, r) => row.map((value, c) => cell(value, marks.cells[r]?.[c] ?? null))),
    rowTotals: totals.rows.map((value, r) => cell(value, marks.rows[r] ?? null)),
    columnTotals: columns ? totals.columns.map((value, c) => cell(value, marks.columns[c] ?? null)) : [],
    total: cell(totals.total, marks.total),
    thresholdUnit: persons ? 'persons' : 'records',
    method: methodOf(sensitive, persons !== undefined, filter.length > 0 || filterAny !== undefined),
  }
}

/** A line "Sin dato" stands only where some record lacks the value: not answering says nothing about anybody. */
function withoutEmptyNoData({ rows, columns, cells, persons }: Counts) {
  const totals = totalsOf(cells)
  const keeps = (axis: Axis, sums: number[]) => axis.values.map((value, i) => value !== NO_DATA || (sums[i] ?? 0) > 0)
  const [r, c] = [keeps(rows, totals.rows), columns ? keeps(columns, totals.columns) : [true]]
  const only = <T>(values: T[], kept: boolean[]) => values.filter((_, i) => kept[i])
  const grid = (all: number[][]) => only(all, r).map((row) => only(row, c))
  return {
    rows: { ...rows, values: only(rows.values, r) },
    columns: columns && { ...columns, values: only(columns.values, c) },
    cells: grid(cells),
    persons: persons && {
      cells: grid(persons.cells),
      rows: only(persons.rows, r),
      columns: only(persons.columns, c),
      total: persons.total,
    },
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
