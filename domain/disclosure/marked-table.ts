/** Between a table as it travels and its counts in one row, sums last (domain/disclosure/cube.ts). */
import type { AggregateTable, Axis, Cell, Condition, Slice } from '../aggregates.ts'
import type { Mark } from '../disclosure.ts'
import { groupsOf } from '../rules.ts'
import { asOne } from './alternatives.ts'
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
  const groups = groupsOf({ all: table.filter, any: table.filterAny ?? [] })
  const conditions = groups.map((group) => asOne(group, table.measures))
  const isSaid = conditions.every(Boolean)
  const filter = conditions.map((condition, g) => condition ?? opaque(groups[g] as Condition[]))
  const cells = cellsOf(table)
  const sides = sidesOf(table)
  const known = {
    ...{ id, population: table.snapshotHash, sensitiveFilter: table.method.includes('zero_hidden') },
    counts: cells.map(({ value }) => value ?? 0),
    people: cells.map(({ value, mark }) => (mark === 'primary' ? 0 : Math.max(value ?? 0, table.threshold))),
    ...(shown && { shown }),
  }
  // What cannot be said beside the other tables might give their hidden cells away, so the public gets none of it.
  if (table.kind !== 'segment') return isSaid ? { ...known, sides, filter } : withheldTable({ ...known, sides, filter })
  // Every rule is a side of its own; where conditions say it, it is also what a filter by them leaves.
  const variable = JSON.stringify([table.filter, table.filterAny ?? []])
  return {
    ...known,
    sides: sides.map((side) => ({ ...side, variable })),
    filter: [],
    ...(isSaid ? { rule: filter } : { withheld: cells.map((_, i) => i < cells.length - 1) }),
  }
}

/** Nothing of it is shown, so unless something was before, its lines are no lines of any other table. */
function withheldTable(table: LinkedTable): LinkedTable {
  const own = (variable: string) => JSON.stringify([variable, table.filter])
  const sides = table.sides.map((side) => ({ ...side, variable: own(side.variable) }))
  const withheld = table.counts.map(() => true)
  return table.shown?.includes(true) ? { ...table, withheld } : { ...table, sides, withheld }
}

/** A variable of its own, for conditions joined by «o» that no single one says. */
const opaque = (group: Condition[]): Condition => ({ variable: JSON.stringify(group), op: 'eq', values: ['yes'] })

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
