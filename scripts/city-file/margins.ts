/** Which figures the demonstration city file has, exactly. */
import {
  type BadRecordKind,
  badRecordsPerKind,
  CITY_FILE_BAD_TOTAL,
  CITY_FILE_TOTAL,
  DEMO_SENTENCE,
  DEMO_SENTENCE_VARIANT_2,
  type Margin,
  QUARTERS,
  TABLE_1,
  TABLE_2,
} from '../../catalog/demo/city-file.ts'

export interface CityFileOptions {
  /** Good records; scaled down from 338,142 by largest remainder when smaller. */
  rows?: number
  encoding?: 'utf-8' | 'windows-1252'
  separator?: ';' | ','
  seed?: number
  /** 1: the published margins; 2: other margins, to see that every figure follows the file. */
  variant?: 1 | 2
  /** In which everything was received; that of the published margins by default. */
  year?: number
}

export interface CityMargins {
  table1: Margin[]
  table2: Margin[]
  total: number
  badPerKind: Record<BadRecordKind, number>
  sentence: string
}

/** Exact margins of the file that `writeCityFile` makes with the same options. */
export function cityMargins(options: CityFileOptions = {}): CityMargins {
  const rows = options.rows ?? CITY_FILE_TOTAL
  const second = options.variant === 2
  const source1 = second ? rotated(TABLE_1) : TABLE_1
  const table1 = scaled(source1, rows)
  const semester = (from: number) => sum(table1.map((row) => (row.counts[from] ?? 0) + (row.counts[from + 1] ?? 0)))
  const source2 = second ? rotated(TABLE_2) : TABLE_2
  const s1 = scaledColumn(source2, 0, semester(0))
  const s2 = scaledColumn(source2, 1, semester(2))
  const table2 = source2.map((row, i) => ({ name: row.name, counts: [s1[i] ?? 0, s2[i] ?? 0] }))
  const bad = rows === CITY_FILE_TOTAL ? CITY_FILE_BAD_TOTAL : Math.round(rows * 0.006)
  return {
    table1,
    table2,
    total: rows,
    badPerKind: badRecordsPerKind(bad),
    sentence: second ? DEMO_SENTENCE_VARIANT_2 : DEMO_SENTENCE,
  }
}

/** Every name takes the figures of the row after it: same total, no published cell survives. */
function rotated(table: readonly Margin[]): Margin[] {
  return table.map((row, i) => ({ name: row.name, counts: table[(i + 1) % table.length]?.counts ?? [] }))
}

/** Whole numbers in the proportion of the weights that add up to `total`. */
export function largestRemainder(weights: number[], total: number): number[] {
  const whole = sum(weights)
  const exact = weights.map((weight) => (whole === 0 ? 0 : (weight * total) / whole))
  const floor = exact.map(Math.floor)
  const order = exact.map((value, i) => ({ i, rest: value - Math.floor(value) }))
  order.sort((a, b) => b.rest - a.rest || a.i - b.i)
  for (const { i } of order.slice(0, total - sum(floor))) floor[i] = (floor[i] ?? 0) + 1
  return floor
}

function scaled(table: readonly Margin[], total: number): Margin[] {
  const flat = largestRemainder(
    table.flatMap((row) => row.counts),
    total,
  )
  const width = QUARTERS.length
  return table.map((row, i) => ({ name: row.name, counts: flat.slice(i * width, (i + 1) * width) }))
}

const scaledColumn = (table: readonly Margin[], column: number, total: number) =>
  largestRemainder(
    table.map((row) => row.counts[column] ?? 0),
    total,
  )

export const sum = (values: number[]) => values.reduce((a, b) => a + b, 0)
