/** Whether a table counted again says what was printed: the same values on its sides, and every printed number. */
import type { AggregateRequest, AggregateTable, Cell, Slice } from './aggregates.ts'

/** What has to be asked to count a printed table again; null for what is never printed. */
export function requestOf({ kind, rows, columns, layers, filter, filterAny }: AggregateTable): AggregateRequest | null {
  if (kind !== 'count' && kind !== 'cross') return null
  const isFiltered = filter.length > 0 || filterAny !== undefined
  return {
    ...{ kind, rows: rows.variable },
    ...(columns && { columns: columns.variable }),
    ...(layers && { layers: layers.variable }),
    ...(isFiltered && { filter: { all: filter, ...(filterAny && { any: filterAny }) } }),
  }
}

/** A number hidden in print says nothing, so nothing is compared with it. */
export function isSameAsPrinted(printed: AggregateTable, counted: AggregateTable): boolean {
  const sides = (table: AggregateTable) => [table.rows, table.columns, table.layers].map((side) => side?.values ?? [])
  if (JSON.stringify(sides(printed)) !== JSON.stringify(sides(counted))) return false
  const [before, now] = [numbersOf(printed), numbersOf(counted)]
  return before.length === now.length && before.every(({ value }, i) => value === null || value === now[i]?.value)
}

const numbersOf = (table: AggregateTable): Cell[] => [table, ...table.slices].flatMap(sliceNumbers)

const sliceNumbers = (slice: Slice): Cell[] => [
  ...slice.cells.flat(),
  ...slice.rowTotals,
  ...slice.columnTotals,
  slice.total,
]
