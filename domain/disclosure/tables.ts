/** What is known of each table before its cells are joined with those of the others. */
import type { Condition } from '../aggregates.ts'

export interface LinkedTable {
  id: string
  /** Hash of the snapshot it counts. */
  population: string
  /** One to three sides; rows, columns, layers as the table has them. */
  sides: { variable: string; values: string[]; sensitive: boolean }[]
  filter: Condition[]
  /** Of a side that says whether a rule holds: the conditions that all have to, where they say the whole rule. */
  rule?: Condition[]
  /** Whether a condition of the filter is on a sensitive variable. */
  sensitiveFilter: boolean
  /** Row-major over the values of each side and, last, their sum. */
  counts: number[]
  /** Distinct persons in the same order, where the source names a person key. */
  people?: number[]
  /** Counts never shown whatever they are, in the same order; absent where there are none. */
  withheld?: boolean[]
  /** What is public already, in the same order; absent in the tables of the release being made. */
  shown?: boolean[]
}

/** That each value of one variable has a single value of another: `semestre` follows from `trimestre`. */
export interface Dependency {
  population: string
  variable: string
  by: string
  /** Values of `by` for each value of `variable`. */
  values: Record<string, string[]>
}

/** Place on each side, of these lengths with their sum, of a count that stands in a row with the others. */
export function placesIn(i: number, lengths: number[]): number[] {
  let rest = i
  const at = lengths.toReversed().map((length) => {
    const place = rest % length
    rest = Math.floor(rest / length)
    return place
  })
  return at.reverse()
}
