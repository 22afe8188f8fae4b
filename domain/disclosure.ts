/** Small cells: which counts of a table may be shown so that no hidden one can be worked out (model.md §7). */
import { type CubeMark, protectCube } from './disclosure/cube.ts'

export const DEFAULT_THRESHOLD = 5

/** Too small itself, or hidden because a small one could be worked out with it. */
export type Mark = 'primary' | 'complementary'

/** A table of counts; one column means a list with a total. Sums of rows and columns are its totals. */
export interface CountTable {
  cells: number[][]
  /** Distinct persons behind each cell and total, where the source names a person key. */
  persons?: TablePersons
}

export interface TablePersons {
  cells: number[][]
  rows: number[]
  columns: number[]
  total: number
}

export interface DisclosurePolicy {
  /** Smallest count (records, or persons where known) that may be shown. */
  threshold: number
  /** In a sensitive table a 0 is hidden too: it says of everybody that they are not. */
  sensitive?: boolean
  /** Which of rows, columns and layers are sensitive themselves: no row stands with all its mass in one of their values. */
  sensitiveSides?: boolean[]
}

export interface Marks {
  cells: (Mark | null)[][]
  rows: (Mark | null)[]
  columns: (Mark | null)[]
  total: Mark | null
}

/** One table of one side or two. */
export function suppress(table: CountTable, policy: DisclosurePolicy): Marks {
  const isList = table.cells[0]?.length === 1
  const [grid, people] = [gridOf(table.cells), table.persons && personsGrid(table.persons)]
  const pick = (rows: number[][]) => (isList ? rows.map((row) => row[0] as number) : rows.flat())
  const sizes = isList ? [table.cells.length] : [table.cells.length, table.cells[0]?.length ?? 0]
  const values = pick(grid)
  const marks = protectCube({ sizes, values, ...(people && { people: pick(people) }) }, full(policy))
  return marksOf(marks, table.cells.length, isList)
}

/**
 * A table of three sides: `slices` count each layer and `whole` all of them together. No layer, sum or whole gives
 * away what another hides.
 */
export function suppressLayers(
  whole: CountTable,
  slices: CountTable[],
  policy: DisclosurePolicy,
): { whole: Marks; slices: Marks[] } {
  const parts = [...slices, whole]
  const sizes = [slices.length, whole.cells.length, whole.cells[0]?.length ?? 0]
  const people = parts.flatMap(({ persons }) => (persons ? personsGrid(persons).flat() : []))
  const values = parts.flatMap(({ cells }) => gridOf(cells).flat())
  const { sensitiveSides: [rows = false, columns = false, layers = false] = [] } = policy
  const marks = protectCube(
    { sizes, values, ...(people.length === values.length && { people }) },
    { ...full(policy), sensitiveSides: [layers, rows, columns] },
  )
  const length = values.length / parts.length
  const made = parts.map((_, i) => marksOf(marks.slice(i * length, (i + 1) * length), whole.cells.length, false))
  return { whole: made.pop() as Marks, slices: made }
}

const full = ({ sensitive = false, ...policy }: DisclosurePolicy) => ({ ...policy, sensitive })

/** Sums by row, by column and of everything. */
export function totalsOf(cells: number[][]) {
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0)
  const rows = cells.map(sum)
  const columns = (cells[0] ?? []).map((_, c) => sum(cells.map((row) => row[c] ?? 0)))
  return { rows, columns, total: sum(rows) }
}

/** The table with its sums as a last column and a last row. */
function gridOf(cells: number[][]): number[][] {
  const totals = totalsOf(cells)
  return [...cells.map((row, r) => [...row, totals.rows[r] as number]), [...totals.columns, totals.total]]
}

function personsGrid({ cells, rows, columns, total }: TablePersons): number[][] {
  return [...cells.map((row, r) => [...row, rows[r] as number]), [...columns, total]]
}

/** In a list the sum by row is the cell itself. */
function marksOf(marks: CubeMark[], height: number, isList: boolean): Marks {
  if (isList) {
    const [total, cells] = [marks[height] ?? null, marks.slice(0, height)]
    return { cells: cells.map((mark) => [mark]), rows: cells, columns: [total], total }
  }
  const width = marks.length / (height + 1)
  const rows = Array.from({ length: height + 1 }, (_, r) => marks.slice(r * width, (r + 1) * width))
  const sums = rows.pop() ?? []
  const total = sums.pop() ?? null
  return {
    cells: rows.map((row) => row.slice(0, -1)),
    rows: rows.map((row) => row.at(-1) ?? null),
    columns: sums,
    total,
  }
}
