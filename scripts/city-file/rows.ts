/** The lines of the file in their order, made from exact margins. */
import { BAD_RECORD_KINDS, type BadRecordKind, CITY_FILE_COLUMNS } from '../../catalog/demo/city-file.ts'
import { randomFrom, shuffle, spread } from './draws.ts'
import { type CityFileOptions, type CityMargins, cityMargins } from './margins.ts'
import { type Row, rowMaker, spoil } from './records.ts'

/** Every line of the file without its line end, header first, semester 1 before semester 2. */
export function* cityFileRows(options: CityFileOptions = {}): Generator<Row> {
  const random = randomFrom(options.seed ?? 2024)
  const margins = cityMargins(options)
  const make = rowMaker(margins, random, options.year)
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

/** For one semester: agency and quarter in one number, and a type for each record; both margins are exact. */
function semesterPlan(margins: CityMargins, semester: 0 | 1, random: () => number) {
  const cells: number[] = []
  margins.table1.forEach((row, agency) => {
    for (const quarter of [semester * 2, semester * 2 + 1])
      for (let n = row.counts[quarter] ?? 0; n > 0; n--) cells.push(agency * 4 + quarter)
  })
  const plan = Uint16Array.from(cells)
  shuffle(plan, random)
  const types = margins.table2.map(({ counts }) => counts[semester] ?? 0)
  return { cells: plan, types: spread(types, random) }
}

/** The kinds in seeded order, and after which good record each is written. */
function badPlan(margins: CityMargins, random: () => number): Map<number, BadRecordKind[]> {
  const order = spread(
    BAD_RECORD_KINDS.map((kind) => margins.badPerKind[kind]),
    random,
  )
  const plan = new Map<number, BadRecordKind[]>()
  for (const index of order) {
    const after = 1 + Math.floor(random() * margins.total)
    plan.set(after, [...(plan.get(after) ?? []), BAD_RECORD_KINDS[index] as BadRecordKind])
  }
  return plan
}
