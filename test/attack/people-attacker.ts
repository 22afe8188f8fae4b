/**
 * Somebody outside who has every published file and a linear solver, and thinks of the people of each combination of values
 * one by one: classes, ranges and «o» are sets of such combinations. Knows nothing of the code that protects: reads the words
 * of the files alone.
 */
import type { OpenProgram, Program } from '../../domain/disclosure/program.ts'
import type { Recovered } from './attacker.ts'
import type { Grouping } from './random-release.ts'

interface Cell {
  registros: number | null
}
interface Slice {
  celdas: Cell[][]
  totales_fila: Cell[]
  totales_columna: Cell[]
  total: Cell
}
export interface Asked {
  variable: string
  op: string
  values: string[]
}
interface Side {
  variable: string
  valores: string[]
}
interface Table extends Slice {
  filas: Side
  columnas: Side | null
  capas?: Side
  porCapa?: Slice[]
  filtro: Asked[]
  filtro_alguna?: Asked[][]
  filtro_tipos?: Record<string, string>
  metodo: string[]
}

/** A value of a list, whole numbers from one up to but without another, or nothing at all. */
type Value = string | [from: number, to: number] | null
/** Those who share the value of every variable. */
type Kind = Map<string, Value>
type Belongs = (kind: Kind) => boolean

const MISSING = 'Sin dato'
/** Values of a list that no file names. */
const OTHERS = '…'
const MOST = 1e6

/** What is said of a group: its size, or that it has so many at least. */
interface Said {
  cell: string
  has: Belongs
  value: number | null
  least: number
  /** Nothing of its table was printed, so what follows of it follows from the others. */
  isWithheld: boolean
}

export interface PeopleAttack {
  /** Bounds of every hidden count, smallest interval first; without those that files show to be empty. */
  hidden: Recovered[]
  /** Whether the size of those who meet a condition can be worked out. */
  isWorkedOut: (condition: Asked) => boolean
}

/** `files`: texts of published JSON of one snapshot. */
export function attackPeople(files: string[], gathered: Grouping[], open: OpenProgram): PeopleAttack {
  const tables = files.flatMap((file) => JSON.parse(file).tablas as Table[])
  const measured = new Set(tables.flatMap(measuresOf))
  const kinds = kindsOf(tables, gathered, measured)
  const meets = (condition: Asked) => meetingOf(condition, measured.has(condition.variable))
  const said = tables.flatMap((table, t) => [...saidBy(table, `${t}`, meets), ...emptyLines(table, kinds, meets)])
  const placesOf = (has: Belongs) => kinds.flatMap((kind, k) => (has(kind) ? [k] : []))
  const groups = said.map((one) => ({ ...one, places: placesOf(one.has) }))
  const empty = new Set(groups.flatMap(({ value, places }) => (value === 0 ? places : [])))
  // Two groups that differ by people who do not exist are the same one, and what one file shows is read in the other.
  const sameAs = (places: number[]) => places.filter((k) => !empty.has(k)).join()
  const shown = new Set(groups.flatMap(({ value, places }) => (value === null ? [] : [sameAs(places)])))
  const session = open(programOf(kinds.length, groups))
  const extreme = (places: number[], sign: 1 | -1): number => {
    for (const k of places) session.cost(k, sign)
    const found = session.solve()
    for (const k of places) session.cost(k, 0)
    if (!found) throw new Error('what was published fits no people')
    return places.reduce((sum, k) => sum + (found[k] as number), 0)
  }
  const asked = new Map(
    groups
      .filter(({ value, isWithheld }) => value === null && !isWithheld)
      .map((one) => [sameAs(one.places), one] as const)
      .filter(([key]) => key !== '' && !shown.has(key)),
  )
  const hidden = [...asked.values()].map(({ cell, places }): Recovered => {
    const [low, high] = [extreme(places, 1), extreme(places, -1)]
    return { cell, low, high: high >= MOST / 2 ? Number.POSITIVE_INFINITY : high }
  })
  return {
    hidden: hidden.sort((a, b) => a.high - a.low - (b.high - b.low)),
    isWorkedOut: (condition) => {
      const places = placesOf(meets(condition))
      return extreme(places, -1) - extreme(places, 1) < 1 - 1e-6
    },
  }
}

function programOf(kinds: number, groups: (Said & { places: number[] })[]): Program {
  return {
    columns: Array.from({ length: kinds }, () => ({ cost: 0, low: 0, high: MOST })),
    rows: groups
      .filter(({ places }) => places.length > 0)
      .map(({ value, least, places }) => ({
        ...{ low: value ?? least, high: value ?? kinds * MOST, columns: places },
        values: places.map(() => 1),
      })),
  }
}

const sidesOf = ({ capas, filas, columnas }: Table): Side[] => [capas, filas, columnas].filter((side) => !!side)
const conditionsOf = ({ filtro, filtro_alguna = [] }: Table): Asked[] => [...filtro, ...filtro_alguna.flat()]
const isSegment = ({ filas }: Table) => filas.variable === 'segmento'

function measuresOf(table: Table): string[] {
  const classed = sidesOf(table).filter(({ valores }) => valores.some((value) => classOf(value)))
  return [...Object.keys(table.filtro_tipos ?? {}), ...classed.map(({ variable }) => variable)]
}

/** «Menos de 18», «18 a 59», «60 o más». */
function classOf(label: string): [number, number] | null {
  const [, below, from, to, above] = /^(?:Menos de (\d+)|(\d+) a (\d+)|(\d+) o más)$/.exec(label) ?? []
  if (below) return [Number.NEGATIVE_INFINITY, Number(below)]
  if (from && to) return [Number(from), Number(to) + 1]
  return above ? [Number(above), Number.POSITIVE_INFINITY] : null
}

function rangeOf({ op, values }: Asked): [number, number] | null {
  const [one = 0, other = one] = values.map(Number)
  if (op === 'gte') return [one, Number.POSITIVE_INFINITY]
  if (op === 'lte') return [Number.NEGATIVE_INFINITY, one + 1]
  return op === 'between' ? [one, other + 1] : null
}

function kindsOf(tables: Table[], gathered: Grouping[], measured: Set<string>): Kind[] {
  const follows = new Set(gathered.map(({ variable }) => variable))
  const deciding = gathered.map(({ by }) => by)
  const named = tables.flatMap((table) => [...sidesOf(table), ...conditionsOf(table)].map(({ variable }) => variable))
  const names = [...new Set([...named, ...deciding])].filter((name) => name !== 'segmento' && !follows.has(name))
  const choices = names.map((name) => valuesOf(name, tables, gathered, measured).map((value) => [name, value] as const))
  const product = choices.reduce<(readonly [string, Value])[][]>(
    (done, list) => done.flatMap((one) => list.map((value) => [...one, value])),
    [[]],
  )
  return product.map((values) => {
    const kind: Kind = new Map(values)
    for (const { variable, by, values: gathers } of gathered) {
      const group = Object.keys(gathers).find((value) => gathers[value]?.includes(kind.get(by) as string))
      kind.set(variable, group ?? null)
    }
    return kind
  })
}

function valuesOf(name: string, tables: Table[], gathered: Grouping[], measured: Set<string>): Value[] {
  const sides = tables.flatMap(sidesOf).filter(({ variable }) => variable === name)
  const asked = tables.flatMap(conditionsOf).filter(({ variable }) => variable === name)
  const labels = sides.flatMap(({ valores }) => valores)
  if (measured.has(name)) {
    const ranges = [...labels.map(classOf), ...asked.map(rangeOf)].filter((one) => one !== null)
    const cuts = [...new Set([Number.NEGATIVE_INFINITY, ...ranges.flat(), Number.POSITIVE_INFINITY])].sort(
      (a, b) => a - b,
    )
    return [...cuts.slice(1).map((to, i): [number, number] => [cuts[i] as number, to]), null]
  }
  const known = gathered.filter(({ by }) => by === name).flatMap(({ values }) => Object.values(values).flat())
  if (known.length > 0) return [...new Set(known)]
  const others = sides.length === 0 ? [OTHERS] : []
  const values = [...labels, ...asked.flatMap(({ values }) => values)].filter((value) => value !== MISSING)
  return [...new Set([...values, ...others]), null]
}

function meetingOf(condition: Asked, isMeasure: boolean): Belongs {
  const { variable, op, values } = condition
  const range = isMeasure ? rangeOf(condition) : null
  return (kind) => {
    const value = kind.get(variable) ?? null
    if (value === null) return false
    if (range) return Array.isArray(value) && value[0] >= range[0] && value[1] <= range[1]
    return values.includes(value as string) === (op !== 'neq')
  }
}

/** Whether a kind stands in a line; null is the sum of all of them. */
function standsIn({ variable }: Side, label: string | null): Belongs {
  if (label === null) return () => true
  const range = classOf(label)
  return (kind) => {
    const value = kind.get(variable) ?? null
    if (value === null) return label === MISSING
    return Array.isArray(value) ? range !== null && value[0] >= range[0] && value[1] <= range[1] : value === label
  }
}

type Meets = (condition: Asked) => Belongs

function filterOf({ filtro, filtro_alguna = [] }: Table, meets: Meets): Belongs {
  const groups = [...filtro.map((one) => [one]), ...filtro_alguna].map((group) => group.map(meets))
  return (kind) => groups.every((group) => group.some((has) => has(kind)))
}

/** Whether it shows no count but, of a segment, how many there are in all. */
const isSilent = ({ celdas, totales_fila, totales_columna, porCapa = [] }: Table) =>
  [...celdas.flat(), ...totales_fila, ...totales_columna, ...porCapa.flatMap(({ celdas }) => celdas.flat())].every(
    ({ registros }) => registros === null || registros === 0,
  )

function saidBy(table: Table, name: string, meets: Meets): Said[] {
  const least = table.metodo.some((sentence) => sentence.includes('el cero también se oculta')) ? 0 : 1
  const isWithheld = (table.filtro_alguna ?? []).length > 0 && isSilent(table)
  const within = filterOf(table, meets)
  const said = (at: string[], has: Belongs, cell: Cell | undefined): Said => ({
    ...{ cell: [name, ...at].join(' & '), has, value: cell?.registros ?? null, least, isWithheld },
  })
  if (isSegment(table))
    return [
      said(['Sí'], within, table.celdas[0]?.[0]),
      said(['No'], (kind) => !within(kind), table.celdas[1]?.[0]),
      said([], () => true, table.total),
    ]
  const of = (slice: Slice, layer: string | null) =>
    cellsOf(table, slice).map(({ row, column, cell }) => {
      const sides = [
        [table.capas, layer],
        [table.filas, row],
        [table.columnas, column],
      ] as const
      const stands = sides.map(([side, label]) => (side ? standsIn(side, label) : () => true))
      const at = [layer, row, column].filter((label) => label !== null)
      return said(at, (kind) => within(kind) && stands.every((has) => has(kind)), cell)
    })
  return [
    ...of(table, null),
    ...(table.capas?.valores ?? []).flatMap((layer, l) => of(table.porCapa?.[l] as Slice, layer)),
  ]
}

function cellsOf({ filas, columnas }: Table, { celdas, totales_fila, totales_columna, total }: Slice) {
  const rows = filas.valores.flatMap((row, r) => [
    ...(columnas?.valores ?? []).map((column, c) => ({ row, column, cell: celdas[r]?.[c] })),
    { row, column: null, cell: columnas ? totales_fila[r] : celdas[r]?.[0] },
  ])
  const columns = (columnas?.valores ?? []).map((column, c) => ({ row: null, column, cell: totales_columna[c] }))
  return [...rows, ...columns, { row: null, column: null, cell: total }]
}

/** A line «Sin dato» stands only where somebody lacks the value. */
function emptyLines(table: Table, kinds: Kind[], meets: Meets): Said[] {
  if (isSegment(table)) return []
  const within = filterOf(table, meets)
  return sidesOf(table)
    .filter(({ variable, valores }) => !valores.includes(MISSING) && kinds.some((kind) => kind.get(variable) === null))
    .map(({ variable }) => ({
      ...{ cell: `${variable} ${MISSING}`, value: 0, least: 0, isWithheld: false },
      has: (kind: Kind) => within(kind) && kind.get(variable) === null,
    }))
}
