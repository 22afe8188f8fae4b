/** Counts of records, and of persons where the source names a person key (model.md §7). */
import type { Counts } from '../../domain/disclosed-table.ts'
import type { TablePersons } from '../../domain/disclosure.ts'
import { quoteName } from '../duckdb.ts'
import type { Dimension } from './dimensions.ts'
import type { Opened } from './opened.ts'
import type { Question } from './question.ts'
import { recent } from './recent.ts'

export type Counted = Pick<Counts, 'cells' | 'persons'>

const answers = recent<Counted>(500)

/** Exact, before anything is hidden; persons only as exactly as the threshold needs. */
export function count(from: Opened, question: Question, threshold: number): Promise<Counted> {
  const { rows, columns, where } = question
  const asked = JSON.stringify([from.from, rows.expression, columns?.expression, where, threshold])
  return answers(asked, () => countAfresh(from, question, threshold))
}

async function countAfresh(from: Opened, question: Question, threshold: number): Promise<Counted> {
  const key = from.metadata.mapping.find((column) => column.role === 'person_key')?.code
  const records = recordsSql(from, question, key)
  const { cells, people } = await cellCounts(from, question, records, key !== undefined)
  if (!key) return { cells }
  const least = leastPersons(people)
  const isDecided = [...least.rows, ...least.columns, least.total].every((n) => n === 0 || n >= threshold)
  return { cells, persons: isDecided ? least : await exactPersons(from, least, question, records) }
}

/** Each record as its place in rows `r` and columns `c`, with its person `k` where there is a key. */
function recordsSql(from: Opened, { rows, columns, where }: Question, key: string | undefined): string {
  const person = key ? `, ${quoteName(key)} AS k` : ''
  return `SELECT ${rows.expression} AS r, ${columns?.expression ?? '0'} AS c${person} FROM ${from.from} WHERE ${where}`
}

async function cellCounts(from: Opened, { rows, columns }: Question, records: string, hasKey: boolean) {
  const [height, width] = [rows.axis.values.length, columns?.axis.values.length ?? 1]
  const grid = () => Array.from({ length: height }, () => new Array<number>(width).fill(0))
  const [cells, people] = [grid(), grid()]
  // Records without a key are one group, so they count as one person together.
  const byPerson = hasKey
    ? `SELECT r, c, count(*) AS n FROM (${records}) GROUP BY r, c, k`
    : `SELECT r, c, 1 AS n FROM (${records})`
  const sql = `SELECT r, c, sum(n), count(*) FROM (${byPerson}) GROUP BY r, c`
  for (const [r, c, counted, persons] of await from.database.rows(sql)) {
    const [row, column] = [place(rows, Number(r)), columns ? place(columns, Number(c)) : 0]
    ;(cells[row] as number[])[column] = Number(counted)
    ;(people[row] as number[])[column] = Number(persons)
  }
  return { cells, people }
}

/** A total has at least the persons of its largest cell, which settles nearly every table without another scan. */
function leastPersons(people: number[][]): TablePersons {
  const width = people[0]?.length ?? 0
  const rows = people.map((row) => Math.max(0, ...row))
  const columns = Array.from({ length: width }, (_, c) => Math.max(0, ...people.map((row) => row[c] ?? 0)))
  return { cells: people, rows, columns, total: Math.max(0, ...rows) }
}

async function exactPersons(
  from: Opened,
  least: TablePersons,
  { rows, columns }: Question,
  records: string,
): Promise<TablePersons> {
  const persons = { ...least, rows: [...least.rows], columns: [...least.columns] }
  const people = 'count(DISTINCT k) + CASE WHEN count(*) > count(k) THEN 1 ELSE 0 END'
  const sql = `SELECT r, c, ${people}, grouping(r, c) FROM (${records}) GROUP BY GROUPING SETS ((r), (c), ())`
  for (const [r, c, counted, shape] of await from.database.rows(sql)) {
    if (Number(shape) === 1) persons.rows[place(rows, Number(r))] = Number(counted)
    if (Number(shape) === 2) persons.columns[columns ? place(columns, Number(c)) : 0] = Number(counted)
    if (Number(shape) === 3) persons.total = Number(counted)
  }
  return persons
}

const place = (dimension: Dimension, stored: number): number =>
  dimension.places ? (dimension.places[stored] ?? dimension.axis.values.length - 1) : stored
