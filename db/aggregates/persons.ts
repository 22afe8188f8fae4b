/** Distinct persons behind the sums of a table, as exactly as the threshold needs (model.md §7). */
import type { TablePersons } from '../../domain/disclosure.ts'
import { placeOn } from './dimensions.ts'
import type { Opened } from './opened.ts'
import type { Question } from './question.ts'

/** A cell with records: its places, what the query calls them, and its persons. */
export interface FoundCell {
  row: number
  column: number
  layer: number
  /** `(r, c, l)` in SQL. */
  stored: string
  /** As many as it has, or at least the threshold. */
  persons: number
}

/** A side that is null is summed over. */
type Sides = [layer: number | null, row: number | null, column: number | null]

/** Persons of any cell or sum, by its sides. */
export type PersonsOf = (...sides: Sides) => number

interface Sum {
  /** Persons of its largest cell: it has at least those. */
  least: number
  parts: FoundCell[]
}

/**
 * A sum has at least the persons of its largest cell, which settles nearly all of them. What is left consists of cells
 * under the threshold alone: their few records are read again, person by person.
 */
export async function personsIn(
  from: Opened,
  question: Question,
  records: string,
  found: readonly FoundCell[],
  threshold: number,
): Promise<PersonsOf> {
  const sums = new Map<string, Sum>()
  for (const cell of found)
    for (const key of keysOf(cell.layer, cell.row, cell.column)) {
      const sum = sums.get(key) ?? { least: 0, parts: [] }
      sum.least = Math.max(sum.least, cell.persons)
      sum.parts.push(cell)
      sums.set(key, sum)
    }
  const open = new Map([...sums].filter(([, { least, parts }]) => parts.length > 1 && least < threshold))
  const exact = await countExactly(from, question, records, open)
  return (...sides) => exact.get(sides.join(' '))?.size ?? sums.get(sides.join(' '))?.least ?? 0
}

/** The cell itself and every sum it is part of; null is written as nothing. */
function keysOf(layer: number, row: number, column: number): string[] {
  return [layer, null].flatMap((l) => [row, null].flatMap((r) => [column, null].map((c) => [l, r, c].join(' '))))
}

/** The persons of each of these sums. Records without a key are one group, so they count as one person together. */
async function countExactly(
  from: Opened,
  { rows, columns, layers, values }: Question,
  records: string,
  sums: ReadonlyMap<string, Sum>,
): Promise<Map<string, Set<string>>> {
  const persons = new Map([...sums.keys()].map((key) => [key, new Set<string>()]))
  const wanted = new Set([...sums.values()].flatMap(({ parts }) => parts.map(({ stored }) => stored)))
  if (wanted.size === 0) return persons
  const sql = `SELECT DISTINCT r, c, l, coalesce(k::VARCHAR, '') FROM (${records})
    JOIN (VALUES ${[...wanted].join(', ')}) AS wanted (r, c, l) USING (r, c, l)`
  for (const [r, c, l, person] of await from.database.rows(sql, values))
    for (const key of keysOf(placeOn(layers, l), placeOn(rows, r), placeOn(columns, c)))
      persons.get(key)?.add(String(person))
  return persons
}

/** The persons of one layer, or of all together, in the shape of its table. */
export function tablePersons(of: PersonsOf, layer: number | null, height: number, width: number): TablePersons {
  const rows = Array.from({ length: height }, (_, r) => r)
  const columns = Array.from({ length: width }, (_, c) => c)
  return {
    cells: rows.map((r) => columns.map((c) => of(layer, r, c))),
    rows: rows.map((r) => of(layer, r, null)),
    columns: columns.map((c) => of(layer, null, c)),
    total: of(layer, null, null),
  }
}
