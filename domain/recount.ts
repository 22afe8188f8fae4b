/** Whether a table counted again says what was printed: the same values on its sides, and every printed number. */
import type { AggregateTable, Cell, SegmentRequest, Slice, TableRequest } from './aggregates.ts'

/** What has to be asked to count a printed table again; null for what is never printed. */
export function requestOf(table: AggregateTable): TableRequest | SegmentRequest | null {
  const { kind, rows, columns, layers, filter, filterAny } = table
  const rule = { all: filter, ...(filterAny && { any: filterAny }) }
  if (kind === 'segment') return { kind, rule }
  if (kind !== 'count' && kind !== 'cross') return null
  const isFiltered = filter.length > 0 || filterAny !== undefined
  return {
    ...{ kind, rows: rows.variable },
    ...(columns && { columns: columns.variable }),
    ...(layers && { layers: layers.variable }),
    ...(isFiltered && { filter: rule }),
  }
}

/** The size of a segment as it is kept: its rule stands where other tables say their filter. */
export const withRule = (table: AggregateTable, { all, any }: SegmentRequest['rule']): AggregateTable => ({
  ...{ ...table, filter: all },
  ...(any && { filterAny: any }),
})

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
