/**
 * Tables that count the same people, as one set of cells and the sums among them. A cell is a conjunction of conditions
 * over one population: the same conjunction in two tables is the same cell, totals are cells, a filter is a condition.
 * Groups nobody printed, yet left over between two printed ones, are cells too (promises G29).
 */
import { NO_DATA } from '../../catalog/value-words.ts'
import { type Atoms, atomsOf } from './atoms.ts'
import { leftovers } from './leftovers.ts'
import { type Dependency, type LinkedTable, placesIn } from './tables.ts'

/**
 * `open`: the release decides whether to show it. `known`: everybody knows it already, or it is 0 by construction.
 * `hidden`: was hidden before, or never printed.
 */
export type CellState = 'open' | 'known' | 'hidden'

export interface LinkedCell {
  population: string
  /** Values by variable; a variable that is absent is not restricted. */
  conditions: Map<string, string[]>
  /** Undefined for a group left over whose size does not follow from the printed ones. */
  count: number | undefined
  /** Distinct persons; records where there is no person key. */
  people: number | undefined
  state: CellState
  sensitive: boolean
  /** The whole of a row lies in one value of a sensitive variable (promises G27). */
  wholeMass: boolean
  /** How many of the sides of its table it sums over. */
  sums: number
  isImplicit: boolean
  /** Whether an earlier release hid it. */
  wasHidden: boolean
  /** Never shown, however many it counts. */
  isWithheld?: boolean
}

export interface LinkedSet {
  cells: LinkedCell[]
  /** `parts` add up to `whole`. */
  sums: { whole: number; parts: number[] }[]
  /** Places of each table's counts among the cells; null for one that is 0 by construction. */
  places: Map<string, (number | null)[]>
}

type Conditions = Map<string, string[]>

export function linkTables(tables: LinkedTable[], dependencies: Dependency[] = []): LinkedSet {
  const set: Building = { cells: [], sums: [], places: new Map(), byKey: new Map(), universes: new Map() }
  const atoms = atomsOf(tables, dependencies)
  for (const table of tables) addTable(set, table, atoms)
  for (const table of tables) addRule(set, table, atoms)
  set.universes = atoms.universes
  addWholes(set)
  addSums(set)
  emptyParts(set)
  fillIn(set)
  return { cells: set.cells, sums: set.sums, places: set.places }
}

interface Building extends LinkedSet {
  byKey: Map<string, number>
  universes: Map<string, string[]>
}

export const keyOf = (population: string, conditions: Conditions) =>
  [population, ...[...conditions].map(([variable, values]) => `${variable}=${values.join('|')}`).sort()].join(' & ')

function addTable(set: Building, table: LinkedTable, atoms: Atoms): void {
  const { population, sides, counts, people, shown, sensitiveFilter, withheld } = table
  const fixed = atoms.ofFilter(table)
  const lengths = sides.map(({ values }) => values.length + 1)
  const asked = counts.map((_, i) => {
    const values = placesIn(i, lengths).map((place, d) => sides[d]?.values[place] ?? null)
    return { values, conditions: atoms.conjunction(table, fixed, values) }
  })
  const sensitive = sensitiveFilter || sides.some((side) => side.sensitive)
  const holdsAll = (i: number, d: number) => {
    const sum = sumAt(i, d, placesIn(i, lengths), lengths)
    const [own, whole] = [asked[i]?.conditions, asked[sum]?.conditions]
    // Of a value that decides the other one it says nothing that the sum alone does not.
    return counts[sum] === counts[i] && own && whole && keyOf('', own) !== keyOf('', whole)
  }
  const places = counts.map((count, i) => {
    const { values, conditions } = asked[i] as (typeof asked)[number]
    const excluded = conditions ? null : atoms.apart(population, `${table.id} ${i}`)
    // What excludes itself is 0 to everybody, and is hidden still where zeros are.
    if (excluded && !sensitive) return null
    return addCell(set, {
      ...{ population, conditions: conditions ?? excluded ?? fixed, count, people: people?.[i] ?? count },
      state: shown ? (shown[i] ? 'known' : 'hidden') : 'open',
      ...{ wasHidden: shown?.[i] === false, isImplicit: false, sensitive, isWithheld: withheld?.[i] ?? false },
      wholeMass: count > 0 && sides.some((side, d) => side.sensitive && values[d] !== null && holdsAll(i, d)),
      sums: values.filter((value) => value === null).length,
    })
  })
  set.places.set(table.id, places)
  addEmptyLines(set, table, fixed, atoms)
}

/** Those a rule holds for are those a filter by its conditions leaves, whoever counted them there. */
function addRule(set: Building, { rule, ...table }: LinkedTable, atoms: Atoms): void {
  const place = set.places.get(table.id)?.[0] ?? null
  if (!rule || place === null) return
  const conditions = atoms.ofFilter({ ...table, filter: rule })
  if ([...conditions.values()].some((values) => values.length === 0)) return
  const { count, people, sensitive } = set.cells[place] as LinkedCell
  const same = addCell(set, {
    ...{ population: table.population, conditions, count, people, sensitive },
    ...{ state: 'hidden', wholeMass: false, sums: 0, isImplicit: true, wasHidden: false },
  })
  set.sums.push({ whole: place, parts: [same] })
}

/** "Sin dato" stands only where somebody lacks the value, so where another table has that line this one says 0. */
function addEmptyLines(set: Building, table: LinkedTable, fixed: Conditions, atoms: Atoms): void {
  const { sides, population } = table
  const choices = sides.map(({ variable, values }) => {
    const lacks =
      !values.includes(NO_DATA) && (atoms.universes.get(`${population} ${variable}`) ?? []).includes(NO_DATA)
    return [...values, ...(lacks ? [NO_DATA] : []), null]
  })
  const isMissing = (value: string | null, d: number) => value === NO_DATA && !sides[d]?.values.includes(NO_DATA)
  if (choices.every((values, d) => !values.some((value) => isMissing(value, d)))) return
  for (const combination of product(choices)) {
    if (!combination.some(isMissing)) continue
    const conditions = atoms.conjunction(table, fixed, combination)
    if (!conditions) continue
    addCell(set, {
      ...{ population, conditions, count: 0, people: 0, state: 'known', sensitive: false, wholeMass: false },
      ...{ sums: 0, isImplicit: true, wasHidden: false },
    })
  }
}

function product<T>(lists: T[][]): T[][] {
  return lists.reduce<T[][]>((done, list) => done.flatMap((one) => list.map((value) => [...one, value])), [[]])
}

function sumAt(i: number, side: number, at: number[], lengths: number[]): number {
  const stride = lengths.slice(side + 1).reduce((a, b) => a * b, 1)
  return i + ((lengths[side] as number) - 1 - (at[side] as number)) * stride
}

const STATES: CellState[] = ['hidden', 'open', 'known']

/** The same cell met again: known if anybody ever showed it, open if this release prints it. */
function addCell(set: Building, cell: LinkedCell): number {
  const key = keyOf(cell.population, cell.conditions)
  const at = set.byKey.get(key)
  const before = at === undefined ? undefined : set.cells[at]
  if (at === undefined || !before) {
    set.byKey.set(key, set.cells.length)
    return set.cells.push(cell) - 1
  }
  before.state = STATES[Math.max(STATES.indexOf(before.state), STATES.indexOf(cell.state))] as CellState
  // A table that shows zeros asks nothing sensitive, so neither does a cell it shares with one that does.
  before.sensitive &&= cell.sensitive
  before.wasHidden ||= cell.wasHidden
  before.isWithheld ||= cell.isWithheld ?? false
  if (cell.people !== undefined) before.people = Math.min(before.people ?? cell.people, cell.people)
  before.wholeMass ||= cell.wholeMass
  before.sums = Math.max(before.sums, cell.sums)
  return at
}

/**
 * Of a group by several values of one variable and something else (comuna 1 or 3, adults), the whole without the something
 * else, which follows from what is printed by that variable: what the group leaves of it is a group too.
 */
function addWholes(set: Building): void {
  for (const { population, conditions, sensitive, isImplicit } of [...set.cells]) {
    if (isImplicit || conditions.size < 2) continue
    for (const variable of conditions.keys()) {
      const rest = new Map([...conditions].filter(([name]) => name !== variable))
      const isGroup = [...rest.values()].some((values) => values.length > 1)
      if (!isGroup || set.byKey.has(keyOf(population, rest))) continue
      addCell(set, {
        ...{ population, conditions: rest, count: undefined, people: undefined, state: 'hidden', wholeMass: false },
        ...{ sums: 0, sensitive, isImplicit: true, wasHidden: false },
      })
    }
  }
}

/** For cells that differ in the values of one variable alone: each is the sum of the finest parts all of them share. */
function addSums(set: Building): void {
  const groups = new Map<string, { rest: Conditions; population: string; variable: string; members: Set<number> }>()
  const queue = set.cells.map((_, i) => i)
  const touched = new Set<string>()
  const join = (i: number) => {
    const { population, conditions } = set.cells[i] as LinkedCell
    for (const variable of conditions.keys()) {
      const rest = new Map([...conditions].filter(([name]) => name !== variable))
      const key = `${variable} of ${keyOf(population, rest)}`
      const group = groups.get(key) ?? { rest, population, variable, members: new Set() }
      groups.set(key, group)
      group.members.add(i)
      touched.add(key)
    }
  }
  queue.forEach(join)
  const done = new Map<string, Building['sums']>()
  for (const key of touched) {
    touched.delete(key)
    const group = groups.get(key)
    if (!group) continue
    const before = set.cells.length
    done.set(key, sumsOf(set, group))
    for (let i = before; i < set.cells.length; i++) join(i)
  }
  set.sums.push(...[...done.values()].flat())
}

/** Cells that differ in the values of one variable alone. */
interface Alike {
  rest: Conditions
  population: string
  variable: string
  /** With their values; the sum over all of them, where it is a cell, has every value there is. */
  groups: { i: number; values: string[] }[]
}

function sumsOf(
  set: Building,
  { members, ...alike }: Omit<Alike, 'groups'> & { members: Set<number> },
): Building['sums'] {
  const { rest, population, variable } = alike
  const whole = set.byKey.get(keyOf(population, rest))
  const known = [...members].map((i) => ({ i, values: set.cells[i]?.conditions.get(variable) as string[] }))
  const all = whole === undefined ? [] : [{ i: whole, values: set.universes.get(`${population} ${variable}`) ?? [] }]
  const of = { ...alike, groups: [...all, ...known] }
  const parts = finestParts(set, of)
  const made = of.groups.map(({ values }) =>
    [...parts].flatMap(([place, [value = '']]) => (values.includes(value) ? [place] : [])),
  )
  const own = of.groups.flatMap(({ i }, g) => {
    const whole = made[g] as number[]
    return whole.length === 1 && whole[0] === i ? [] : [{ whole: i, parts: whole }]
  })
  return [...own, ...derivedSums(set, of, parts, made)]
}

/** The values that all groups have together or not at all, by the place of their cell. */
function finestParts(set: Building, of: Alike): Map<number, string[]> {
  const parts = new Map<string, string[]>()
  for (const value of new Set(of.groups.flatMap(({ values }) => values))) {
    const signature = of.groups.map(({ values }) => (values.includes(value) ? '1' : '0')).join('')
    parts.set(signature, [...(parts.get(signature) ?? []), value])
  }
  return new Map([...parts.values()].map((values) => [partCell(set, of, values), values]))
}

/** What overlapping printed groups leave between them (domain/disclosure/leftovers.ts); `made`: the parts of each group. */
function derivedSums(set: Building, of: Alike, parts: Map<number, string[]>, made: number[][]): Building['sums'] {
  const isCounted = (place: number) => set.cells[place]?.count !== undefined
  const printed = made.filter((_, g) => {
    const { i = -1 } = of.groups[g] ?? {}
    return isCounted(i) && !set.cells[i]?.isImplicit
  })
  const cellOf = (all: number[]) => {
    const known = made.findIndex((one) => one.length === all.length && all.every((place) => one.includes(place)))
    return (
      of.groups[known]?.i ??
      partCell(
        set,
        of,
        all.flatMap((place) => parts.get(place) ?? []),
      )
    )
  }
  return leftovers(printed, isCounted).map(({ whole, parts }) => ({ whole: cellOf(whole), parts: parts.map(cellOf) }))
}

function partCell(set: Building, { rest, population, variable, groups }: Alike, values: string[]): number {
  const conditions = new Map([...rest, [variable, values.toSorted()] as const])
  const known = set.byKey.get(keyOf(population, conditions))
  if (known !== undefined) return known
  return addCell(set, {
    ...{ population, conditions, count: undefined, people: undefined, state: 'hidden', wholeMass: false, sums: 0 },
    sensitive: groups.some(({ i }) => set.cells[i]?.sensitive),
    isImplicit: true,
    wasHidden: false,
  })
}

/** Where everybody sees that nobody has some values of a variable, nobody is in what is left over of them either. */
function emptyParts({ cells }: Building): void {
  const isSeen = ({ state, sensitive, wasHidden, isWithheld }: LinkedCell) =>
    state === 'known' || (state === 'open' && !sensitive && !wasHidden && !isWithheld)
  const empty = cells.filter((cell) => cell.count === 0 && cell.conditions.size === 1 && isSeen(cell))
  const isWithin = (cell: LinkedCell, group: LinkedCell) =>
    cell.population === group.population &&
    [...group.conditions].every(([variable, values]) =>
      cell.conditions.get(variable)?.every((value) => values.includes(value)),
    )
  for (const cell of cells)
    if (cell.isImplicit && cell.state === 'hidden' && !cell.count && empty.some((group) => isWithin(cell, group)))
      Object.assign(cell, { count: 0, people: 0, state: 'known' })
}

/** Sizes of groups left over, as far as they follow from the others. */
function fillIn({ cells, sums }: Building): void {
  for (let again = true; again; ) {
    again = false
    for (const { whole, parts } of sums) {
      const open = [whole, ...parts].filter((i) => cells[i]?.count === undefined)
      if (open.length !== 1) continue
      const sum = parts.reduce((total, i) => total + (cells[i]?.count ?? 0), 0)
      const cell = cells[open[0] as number] as LinkedCell
      cell.count = open[0] === whole ? sum : (cells[whole]?.count ?? 0) - sum
      cell.people = cell.count
      again = true
    }
  }
}
