/** Writes the demonstration city file: same options and seed, same bytes. See `catalog/demo/city-file.ts`. */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import {
  AGE_GROUPS,
  BAD_RECORD_KINDS,
  type BadRecordKind,
  badRecordsPerKind,
  CHANNELS,
  CITY_FILE_BAD_TOTAL,
  CITY_FILE_COLUMNS,
  CITY_FILE_TOTAL,
  DEMO_SENTENCE,
  DEMO_SENTENCE_VARIANT_2,
  DISABILITIES,
  type Margin,
  PERSON_KINDS,
  POPULATION_GROUPS,
  QUARTERS,
  RATINGS,
  SCHOOLING,
  SERVICE_POINTS,
  SEXES,
  STRATA,
  TABLE_1,
  TABLE_2,
} from '../catalog/demo/city-file.ts'

export interface CityFileOptions {
  /** Good records; scaled down from 338,142 by largest remainder when smaller. */
  rows?: number
  encoding?: 'utf-8' | 'windows-1252'
  separator?: ';' | ','
  seed?: number
  /** 1: the published margins; 2: other margins, to see that every figure follows the file. */
  variant?: 1 | 2
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

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0)

/** Every name takes the figures of the row after it: same total, no published cell survives. */
function rotated(table: readonly Margin[]): Margin[] {
  return table.map((row, i) => ({ name: row.name, counts: table[(i + 1) % table.length]?.counts ?? [] }))
}

function largestRemainder(weights: number[], total: number): number[] {
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

/** xorshift32: small, seeded, the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 4294967296
  }
}

function shuffle(values: Uint16Array, random: () => number) {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const kept = values[i] as number
    values[i] = values[j] as number
    values[j] = kept
  }
}

/** A table of 1,000 slots per list makes each draw one array read. */
function picker(list: [string, number][], random: () => number): () => string {
  const slots = largestRemainder(
    list.map(([, weight]) => weight),
    10_000,
  )
  const values = list.flatMap(([value], i) => Array<string>(slots[i] ?? 0).fill(value))
  return () => values[Math.floor(random() * 10_000)] as string
}

/** For one semester: agency and quarter in one number, and a type for each record; both margins are exact. */
function semesterPlan(margins: CityMargins, semester: 0 | 1, random: () => number) {
  const cells: number[] = []
  margins.table1.forEach((row, agency) => {
    for (const quarter of [semester * 2, semester * 2 + 1])
      for (let n = row.counts[quarter] ?? 0; n > 0; n--) cells.push(agency * 4 + quarter)
  })
  const types: number[] = []
  margins.table2.forEach((row, type) => {
    for (let n = row.counts[semester] ?? 0; n > 0; n--) types.push(type)
  })
  const plan = { cells: Uint16Array.from(cells), types: Uint16Array.from(types) }
  shuffle(plan.cells, random)
  shuffle(plan.types, random)
  return plan
}

const DAYS_IN_QUARTER = [91, 91, 92, 92]
const isoDate = (quarter: number, day: number) =>
  new Date(Date.UTC(2024, quarter * 3, 1 + day)).toISOString().slice(0, 10)

type Row = string[]

function rowMaker(margins: CityMargins, random: () => number) {
  const channel = picker(CHANNELS, random)
  const point = picker(SERVICE_POINTS, random)
  const rating = picker(RATINGS, random)
  const personOf = personMaker(Math.max(50, Math.round(margins.total * 0.45)), random)
  const dates = DAYS_IN_QUARTER.map((days, q) => Array.from({ length: days }, (_, day) => isoDate(q, day)))
  return (n: number, cell: number, type: number): Row => {
    const quarter = cell & 3
    const calendar = dates[quarter] as string[]
    const via = channel()
    const days = Math.floor(random() * random() * 450)
    return [
      `2024-4173-${String(n).padStart(7, '0')}`,
      calendar[Math.floor(random() * calendar.length)] as string,
      QUARTERS[quarter] as string,
      quarter < 2 ? 'S1' : 'S2',
      margins.table1[cell >> 2]?.name as string,
      margins.table2[type]?.name as string,
      via,
      via === 'Presencial' ? point() : 'No aplica',
      ...personOf(),
      `${Math.floor(days / 10)},${days % 10}`,
      rating(),
      margins.sentence,
    ]
  }
}

/** From `comuna` to `discapacidad`; the same person keeps the same traits. People are numbers, never names. */
function personMaker(people: number, random: () => number): () => Row {
  const traits = [SEXES, AGE_GROUPS, STRATA, SCHOOLING, POPULATION_GROUPS, DISABILITIES].map((list) =>
    picker(list, random),
  )
  const kind = picker(PERSON_KINDS, random)
  const known: (Row | undefined)[] = []
  return () => {
    const n = Math.floor(random() * people)
    const found = known[n]
    if (found) return found
    const comuna = Math.floor(random() * 37) + 1
    const where = comuna <= 22 ? [`Comuna ${comuna}`, 'Urbana'] : [`Corregimiento ${comuna - 22}`, 'Rural']
    const row = [...where, ...identityOf(kind(), n), ...traits.map((draw) => draw())]
    known[n] = row
    return row
  }
}

function identityOf(kind: string, n: number): Row {
  if (kind === 'Anónima') return [kind, '', '', '', '', '']
  const number = String(n).padStart(6, '0')
  const document = kind === 'Natural' ? ['CC', `90000${number}`] : ['NIT', `80000${number}`]
  return [kind, ...document, `Ciudadano ${number}`, `ciudadano.${number}@ejemplo.example`, `3000${number}`]
}

/** Turns a good row into a bad one of the given kind; its radicado is its own except for the duplicate. */
function spoil(row: Row, kind: BadRecordKind, n: number): Row {
  const column = (name: (typeof CITY_FILE_COLUMNS)[number]) => CITY_FILE_COLUMNS.indexOf(name)
  const changed = [...row]
  if (kind !== 'duplicate_radicado') changed[0] = `2024-9999-${String(n).padStart(7, '0')}`
  if (kind === 'wrong_column_count') return n % 2 === 0 ? changed.slice(0, -2) : [...changed, 'sobrante']
  if (kind === 'bad_date') changed[column('fecha_radicacion')] = n % 2 === 0 ? '2024-02-31' : 'sin fecha'
  if (kind === 'unknown_channel') changed[column('canal')] = 'Paloma mensajera'
  if (kind === 'missing_agency') changed[column('organismo')] = ''
  if (kind === 'non_numeric_days') changed[column('dias_respuesta')] = 'quince'
  return changed
}

/** The kinds in seeded order, and after which good record each is written. */
function badPlan(margins: CityMargins, random: () => number): Map<number, BadRecordKind[]> {
  const kinds = BAD_RECORD_KINDS.flatMap((kind, i) => Array<number>(margins.badPerKind[kind]).fill(i))
  const order = Uint16Array.from(kinds)
  shuffle(order, random)
  const plan = new Map<number, BadRecordKind[]>()
  for (const index of order) {
    const after = 1 + Math.floor(random() * margins.total)
    plan.set(after, [...(plan.get(after) ?? []), BAD_RECORD_KINDS[index] as BadRecordKind])
  }
  return plan
}

/** Every line of the file without its line end, header first, semester 1 before semester 2. */
export function* cityFileRows(options: CityFileOptions = {}): Generator<Row> {
  const random = randomFrom(options.seed ?? 2024)
  const margins = cityMargins(options)
  const make = rowMaker(margins, random)
  const bad = badPlan(margins, random)
  yield [...CITY_FILE_COLUMNS]
  let n = 0
  let spoiled = 0
  for (const semester of [0, 1] as const) {
    const { cells, types } = semesterPlan(margins, semester, random)
    for (let i = 0; i < cells.length; i++) {
      n += 1
      const row = make(n, cells[i] as number, types[i] as number)
      yield row
      for (const kind of bad.get(n) ?? []) yield spoil(row, kind, ++spoiled)
    }
  }
}

/** Streams the file to `path`; windows-1252 equals latin-1 for every letter the generator writes. */
export async function writeCityFile(path: string, options: CityFileOptions = {}): Promise<CityMargins> {
  const out = createWriteStream(path, { highWaterMark: 1 << 20 })
  const separator = options.separator ?? ';'
  const encoding = options.encoding === 'windows-1252' ? 'latin1' : 'utf8'
  // Decimal commas inside a comma-separated file need quotes.
  const cell = (value: string) => (value.includes(separator) ? `"${value}"` : value)
  const line = (row: Row) => (separator === ',' ? row.map(cell).join(',') : row.join(';'))
  let text = ''
  for (const row of cityFileRows(options)) {
    text += `${line(row)}\n`
    if (text.length < 1 << 18) continue
    if (!out.write(Buffer.from(text, encoding))) await once(out, 'drain')
    text = ''
  }
  out.end(Buffer.from(text, encoding))
  await once(out, 'finish')
  return cityMargins(options)
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rows: { type: 'string' },
      encoding: { type: 'string' },
      separator: { type: 'string' },
      seed: { type: 'string' },
      variant: { type: 'string' },
    },
  })
  const [path] = positionals
  if (!path) throw new Error('Uso: generate-city-file.ts SALIDA [--rows N] [--encoding utf-8|windows-1252] …')
  const margins = await writeCityFile(path, {
    rows: values.rows ? Number(values.rows) : undefined,
    encoding: values.encoding === 'windows-1252' ? 'windows-1252' : 'utf-8',
    separator: values.separator === ',' ? ',' : ';',
    seed: values.seed ? Number(values.seed) : undefined,
    variant: values.variant === '2' ? 2 : 1,
  })
  const bad = sum(Object.values(margins.badPerKind))
  console.log(`${path}: ${margins.total} comunicaciones y ${bad} registros con errores; ${margins.sentence}`)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
