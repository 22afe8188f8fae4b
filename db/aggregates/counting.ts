/** Counts of records, and of persons where the source names a person key (model.md §7). */
import type { Counts } from '../../domain/disclosed-table.ts'
import { quoteName, type SqlValue } from '../duckdb.ts'
import { recent } from '../recent.ts'
import { NO_CONDITION } from './conditions.ts'
import { crossesOf } from './crosses.ts'
import { type Dimension, placeOn } from './dimensions.ts'
import type { Opened } from './opened.ts'
import { type FoundCell, personsIn, tablePersons } from './persons.ts'
import type { Question } from './question.ts'

export type Counted = Pick<Counts, 'cells' | 'persons' | 'slices'>

const answers = recent<Counted>(500)

/** Exact, before anything is hidden; persons only as exactly as the threshold needs. */
export function count(from: Opened, question: Question, threshold: number): Promise<Counted> {
  const { rows, columns, layers, where, values } = question
  const sides = [rows, columns, layers].map((side) => side?.expression)
  return answers(JSON.stringify([from.from, sides, where, values, threshold]), () =>
    countAfresh(from, question, threshold),
  )
}

async function countAfresh(from: Opened, question: Question, threshold: number): Promise<Counted> {
  const key = from.metadata.mapping.find((column) => column.role === 'person_key')?.code
  const known = key ? undefined : await crossAmongAll(from, question)
  if (known) return { cells: known }
  const records = recordsSql(from, question, key)
  const { grids, found } = await countRecords(from, question, records, key ? { threshold } : null)
  const cells = sumOf(grids)
  const { rows, columns, layers } = question
  if (!key) return { cells, ...(layers && { slices: grids.map((grid) => ({ cells: grid })) }) }
  const of = await personsIn(from, question, records, found, threshold)
  const [height, width] = [rows.axis.values.length, columns?.axis.values.length ?? 1]
  return {
    ...{ cells, persons: tablePersons(of, null, height, width) },
    ...(layers && { slices: grids.map((grid, l) => ({ cells: grid, persons: tablePersons(of, l, height, width) })) }),
  }
}

/** A cross of two categories over all records: one of those counted together. */
async function crossAmongAll(from: Opened, { kind, rows, columns, layers, where }: Question) {
  if (kind !== 'cross' || !rows.places || !columns?.places || layers || where !== NO_CONDITION) return undefined
  const counts = (await crossesOf(from))(rows.axis.variable, columns.axis.variable)
  return counts && gridOf(rows, columns, counts)
}

/** From stored codes to the places of the axes. */
function gridOf(rows: Dimension, columns: Dimension, counts: (codeA: number, codeB: number) => number): number[][] {
  const grid = rows.axis.values.map(() => new Array<number>(columns.axis.values.length).fill(0))
  for (const [a, r] of (rows.places ?? []).entries())
    for (const [b, c] of (columns.places ?? []).entries()) {
      const row = grid[r] as number[]
      row[c] = (row[c] as number) + counts(a, b)
    }
  return grid
}

/** Each record as its place in rows `r`, columns `c` and layers `l`, with its person `k` where there is a key. */
function recordsSql(from: Opened, { rows, columns, layers, where }: Question, key: string | undefined): string {
  const person = key ? `, ${quoteName(key)} AS k` : ''
  const sides = `${rows.expression} AS r, ${columns?.expression ?? '0'} AS c, ${layers?.expression ?? '0'} AS l`
  return `SELECT ${sides}${person} FROM ${from.from} WHERE ${where}`
}

/** One grid of counts for each layer, or a single one; and each cell with its persons where there is a key. */
async function countRecords(
  from: Opened,
  { rows, columns, layers, values }: Question,
  records: string,
  key: { threshold: number } | null,
) {
  const [height, width] = [rows.axis.values.length, columns?.axis.values.length ?? 1]
  const grids = Array.from({ length: layers?.axis.values.length ?? 1 }, () =>
    Array.from({ length: height }, () => new Array<number>(width).fill(0)),
  )
  const isFew = grids.length * height * width <= FEW_CELLS
  const quick = key && isFew ? await countFew(from, records, values, key.threshold) : null
  const found: FoundCell[] = []
  const all = quick ?? (await from.database.rows(countSql(records, key !== null), values))
  for (const [r, c, l, counted, persons] of all) {
    const [row, column, layer] = [placeOn(rows, r), placeOn(columns, c), placeOn(layers, l)]
    const cells = (grids[layer] as number[][])[row] as number[]
    cells[column] = (cells[column] as number) + Number(counted)
    found.push({ row, column, layer, stored: `(${r}, ${c}, ${l})`, persons: Number(persons) })
  }
  return { grids, found }
}

/** Records of each cell and its persons. Records without a key are one group, so they count as one person together. */
function countSql(records: string, hasKey: boolean): string {
  const byPerson = `SELECT r, c, l, count(*) AS n FROM (${records}) GROUP BY r, c, l, k`
  return hasKey
    ? `SELECT r, c, l, sum(n), count(*) FROM (${byPerson}) GROUP BY r, c, l`
    : `SELECT r, c, l, count(*), 0 FROM (${records}) GROUP BY r, c, l`
}

/** Tables of no more cells, as segments are, have persons enough in each of them among the first records as a rule. */
const FEW_CELLS = 64
const FIRST_RECORDS = 1 << 16

/** The same with no more persons than the first records show; null where they leave a cell under the threshold. */
async function countFew(from: Opened, records: string, values: SqlValue[], threshold: number) {
  const first = await from.database.rows(countSql(`SELECT * FROM (${records}) LIMIT ${FIRST_RECORDS}`, true), values)
  const persons = new Map(first.map(([r, c, l, , n]) => [`${r} ${c} ${l}`, Number(n)]))
  const counted = await from.database.rows(countSql(records, false), values)
  const known = counted.map(([r, c, l, n]) => [r, c, l, n, persons.get(`${r} ${c} ${l}`) ?? 0] as const)
  return known.every(([, , , , n]) => n >= threshold) ? known : null
}

function sumOf(grids: number[][][]): number[][] {
  const [first = []] = grids
  return first.map((row, r) => row.map((_, c) => grids.reduce((sum, grid) => sum + (grid[r]?.[c] ?? 0), 0)))
}
