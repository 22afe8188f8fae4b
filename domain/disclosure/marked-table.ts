/** Between a table as it travels and its counts in one row, sums last (domain/disclosure/cube.ts). */
import type { AggregateTable, Axis, Cell, Condition, Slice } from '../aggregates.ts'
import type { Mark } from '../disclosure.ts'
import { bandsAsked } from './bands.ts'
import type { Reason } from './protect.ts'
import type { LinkedTable } from './tables.ts'

/** Layers, rows, columns: the order of the sides in the row of counts. */
export function sidesOf({ layers, rows, columns }: Pick<AggregateTable, 'layers' | 'rows' | 'columns'>): Axis[] {
  return [layers, rows, columns].filter((side) => side !== null)
}

export function cellsOf(table: AggregateTable): Cell[] {
  if (!table.columns) return [...table.cells.map((row) => row[0] as Cell), table.total]
  return [...table.slices, table].flatMap(sliceCells)
}

const sliceCells = ({ cells, rowTotals, columnTotals, total }: Slice): Cell[] => [
  ...cells.flatMap((row, r) => [...row, rowTotals[r] as Cell]),
  ...columnTotals,
  total,
]

/** The table as one of a set. Its own marks say which counts are small, persons and sensitive variables included. */
export function linkedTable(id: string, table: AggregateTable, shown?: boolean[]): LinkedTable {
  const { filterAny } = table
  const filter = table.filter.map((condition) => banded(condition, table.measures))
  const cells = cellsOf(table)
  const sides = sidesOf(table)
  const known = {
    ...{ id, population: table.snapshotHash, sensitiveFilter: table.method.includes('zero_hidden') },
    counts: cells.map(({ value }) => value ?? 0),
    people: cells.map(({ value, mark }) => (mark === 'primary' ? 0 : Math.max(value ?? 0, table.threshold))),
    ...(shown && { shown }),
  }
  if (table.kind !== 'segment')
    return { ...known, sides, filter: [...filter, ...(filterAny ? [opaque(filterAny)] : [])] }
  // Every rule is a side of its own; one of conditions alone is also what a filter by them leaves.
  const variable = JSON.stringify([table.filter, filterAny ?? []])
  return {
    ...known,
    sides: sides.map((side) => ({ ...side, variable })),
    filter: [],
    ...(!filterAny?.length && { rule: filter }),
  }
}

/** What a condition leaves of a measure; any other is its own values. */
function banded(condition: Condition, measures: AggregateTable['measures'] = {}): Condition {
  const measure = measures[condition.variable]
  return measure ? { variable: condition.variable, op: 'in', values: bandsAsked(condition, measure) } : condition
}

const opaque = (any: Condition[][]): Condition => ({ variable: JSON.stringify(any), op: 'eq', values: ['yes'] })

/** The same table without its zeros, where they would bound too much. */
export const withoutZeros = (table: AggregateTable): AggregateTable => ({
  ...table,
  method: table.method.map((code) => (code === 'zero_shown' ? 'zero_hidden' : code)),
})

/** The table at level `publico`, hidden where there is a reason and nowhere else. */
export function markedTable(table: AggregateTable, reasons: (Reason | null)[]): AggregateTable {
  const left = cellsOf(table).map(({ value }, i): Cell => {
    const reason = reasons[i] ?? null
    const mark: Mark | null = reason === null || reason === 'primary' ? reason : 'complementary'
    return { value: mark ? null : value, mark }
  })
  const take = (count: number) => left.splice(0, count)
  if (!table.columns) {
    const cells = take(table.rows.values.length)
    const [total] = left as [Cell]
    return { ...table, level: 'publico', cells: cells.map((cell) => [cell]), rowTotals: cells, columnTotals: [], total }
  }
  const width = table.columns.values.length
  const slice = (): Slice => {
    const rows = table.rows.values.map(() => take(width + 1))
    const sums = take(width + 1)
    return {
      cells: rows.map((row) => row.slice(0, -1)),
      rowTotals: rows.map((row) => row.at(-1) as Cell),
      columnTotals: sums.slice(0, -1),
      total: sums.at(-1) as Cell,
    }
  }
  const slices = table.slices.map(slice)
  return { ...table, level: 'publico', slices, ...slice() }
}
