/** Counts of records, and of persons where the source names a person key (model.md §7). */
import type { Counts } from '../../domain/disclosed-table.ts'
import type { CountTable, TablePersons } from '../../domain/disclosure.ts'
import { quoteName } from '../duckdb.ts'
import { recent } from '../recent.ts'
import { NO_CONDITION } from './conditions.ts'
import { crossesOf } from './crosses.ts'
import { type Dimension, placeOn } from './dimensions.ts'
import type { Opened } from './opened.ts'
import type { Question } from './question.ts'

export type Counted = Pick<Counts, 'cells' | 'persons' | 'slices'>

const answers = recent<Counted>(500)

/** Exact, before anything is hidden; persons only as exactly as the threshold needs. */
export function count(from: Opened, question: Question, threshold: number): Promise<Counted> {
  const { rows, columns, layers, where } = question
  const sides = [rows, columns, layers].map((side) => side?.expression)
  return answers(JSON.stringify([from.from, sides, where, threshold]), () => countAfresh(from, question, threshold))
}

async function countAfresh(from: Opened, question: Question, threshold: number): Promise<Counted> {
  const key = from.metadata.mapping.find((column) => column.role === 'person_key')?.code
  const known = key ? undefined : await crossAmongAll(from, question)
  if (known) return { cells: known }
  const records = recordsSql(from, question, key)
  const slices = await sliceCounts(from, question, records, key !== undefined)
  const { layers } = question
  if (!layers) {
    const [only] = slices as [Exact]
    return key ? { cells: only.cells, persons: await enoughPersons(from, question, records, only, threshold) } : only
  }
  const cells = sumOf(slices.map((slice) => slice.cells))
  if (!key) return { cells, slices: slices.map((slice) => ({ cells: slice.cells })) }
  return { cells, ...(await personsOfLayers(from, { ...question, layers }, records, slices)) }
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

interface Exact {
  cells: number[][]
  /** Distinct persons in each cell; only where the source names a person key. */
  people?: number[][]
}

/** One grid for each layer, or a single one. */
async function sliceCounts(from: Opened, question: Question, records: string, hasKey: boolean): Promise<Exact[]> {
  const { rows, columns, layers } = question
  const [height, width] = [rows.axis.values.length, columns?.axis.values.length ?? 1]
  const grid = () => Array.from({ length: height }, () => new Array<number>(width).fill(0))
  const slices = Array.from({ length: layers?.axis.values.length ?? 1 }, () => ({ cells: grid(), people: grid() }))
  // Records without a key are one group, so they count as one person together.
  const byPerson = `SELECT r, c, l, count(*) AS n FROM (${records}) GROUP BY r, c, l, k`
  const sql = hasKey
    ? `SELECT r, c, l, sum(n), count(*) FROM (${byPerson}) GROUP BY r, c, l`
    : `SELECT r, c, l, count(*), 0 FROM (${records}) GROUP BY r, c, l`
  for (const [r, c, l, counted, persons] of await from.database.rows(sql)) {
    const slice = slices[placeOn(layers, l)] as (typeof slices)[number]
    const [row, column] = [placeOn(rows, r), placeOn(columns, c)]
    ;(slice.cells[row] as number[])[column] = Number(counted)
    ;(slice.people[row] as number[])[column] = Number(persons)
  }
  return hasKey ? slices : slices.map(({ cells }) => ({ cells }))
}

async function enoughPersons(
  from: Opened,
  question: Question,
  records: string,
  { people = [] }: Exact,
  threshold: number,
): Promise<TablePersons> {
  const least = leastPersons(people)
  const isDecided = [...least.rows, ...least.columns, least.total].every((n) => n === 0 || n >= threshold)
  return isDecided ? least : await exactPersons(from, least, question, records)
}

/** A total has at least the persons of its largest cell, which settles nearly every table without another scan. */
function leastPersons(people: number[][]): TablePersons {
  const width = people[0]?.length ?? 0
  const rows = people.map((row) => Math.max(0, ...row))
  const columns = Array.from({ length: width }, (_, c) => Math.max(0, ...people.map((row) => row[c] ?? 0)))
  return { cells: people, rows, columns, total: Math.max(0, ...rows) }
}

const PEOPLE = 'count(DISTINCT k) + CASE WHEN count(*) > count(k) THEN 1 ELSE 0 END'

async function exactPersons(
  from: Opened,
  least: TablePersons,
  { rows, columns }: Question,
  records: string,
): Promise<TablePersons> {
  const persons = { ...least, rows: [...least.rows], columns: [...least.columns] }
  const sql = `SELECT r, c, ${PEOPLE}, grouping(r, c) FROM (${records}) GROUP BY GROUPING SETS ((r), (c), ())`
  for (const [r, c, counted, shape] of await from.database.rows(sql)) {
    if (Number(shape) === 1) persons.rows[placeOn(rows, r)] = Number(counted)
    if (Number(shape) === 2) persons.columns[placeOn(columns, c)] = Number(counted)
    if (Number(shape) === 3) persons.total = Number(counted)
  }
  return persons
}

type Layered = Question & { layers: Dimension }

/** Persons of every sum of a table of three sides, over its layers and in each of them. */
async function personsOfLayers(
  from: Opened,
  { rows, columns, layers }: Layered,
  records: string,
  slices: Exact[],
): Promise<{ persons: TablePersons; slices: CountTable[] }> {
  const none = (like: number[][]): TablePersons => ({
    ...{ cells: like.map((row) => row.map(() => 0)), rows: like.map(() => 0) },
    ...{ columns: (like[0] ?? []).map(() => 0), total: 0 },
  })
  const persons = none(slices[0]?.cells ?? [])
  const ofSlices = slices.map(({ cells, people = [] }) => ({ cells, persons: { ...none(cells), cells: people } }))
  const sets = '(r, c), (l, r), (l, c), (l), (r), (c), ()'
  const sql = `SELECT r, c, l, ${PEOPLE} FROM (${records}) GROUP BY GROUPING SETS (${sets})`
  for (const [r, c, l, counted] of await from.database.rows(sql)) {
    const into = l === null ? persons : ofSlices[placeOn(layers, l)]?.persons
    if (!into) continue
    const [row, column] = [r === null ? null : placeOn(rows, r), c === null ? null : placeOn(columns, c)]
    if (row !== null && column !== null) (into.cells[row] as number[])[column] = Number(counted)
    else if (row !== null) into.rows[row] = Number(counted)
    else if (column !== null) into.columns[column] = Number(counted)
    else into.total = Number(counted)
  }
  return { persons, slices: ofSlices }
}

function sumOf(grids: number[][][]): number[][] {
  const [first = []] = grids
  return first.map((row, r) => row.map((_, c) => grids.reduce((sum, grid) => sum + (grid[r]?.[c] ?? 0), 0)))
}
