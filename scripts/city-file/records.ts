/** One record of the file: a good one with its person, and how it is spoiled. */
import {
  AGE_GROUPS,
  type BadRecordKind,
  CHANNELS,
  CITY_FILE_COLUMNS,
  DISABILITIES,
  PERSON_KINDS,
  POPULATION_GROUPS,
  QUARTERS,
  RATINGS,
  SCHOOLING,
  SERVICE_POINTS,
  SEXES,
  STRATA,
} from '../../catalog/demo/city-file.ts'
import { dateIn, MARGINS_YEAR, picker } from './draws.ts'
import type { CityMargins } from './margins.ts'

export type Row = string[]

export function rowMaker(margins: CityMargins, random: () => number, year = MARGINS_YEAR) {
  const channel = picker(CHANNELS, random)
  const point = picker(SERVICE_POINTS, random)
  const rating = picker(RATINGS, random)
  const personOf = personMaker(Math.max(50, Math.round(margins.total * 0.45)), random)
  return (n: number, cell: number, type: number): Row => {
    const quarter = cell & 3
    const via = channel()
    const days = Math.floor(random() * random() * 450)
    return [
      `${year}-4173-${String(n).padStart(7, '0')}`,
      dateIn(quarter, random, year),
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
export function spoil(row: Row, kind: BadRecordKind, n: number): Row {
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
