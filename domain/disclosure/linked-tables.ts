/**
 * Tables that count the same people, as one set of cells and the sums among them. A cell is a conjunction of conditions
 * over one population: the same conjunction in two tables is the same cell, totals are cells, a filter is a condition.
 * Groups nobody printed, yet left over between two printed ones, are cells too (promises G29).
 */
import { NO_DATA } from '../../catalog/value-words.ts'
import { type Atoms, atomsOf } from './atoms.ts'
import { addCell, type Building, type Conditions, keyOf, type LinkedCell, type LinkedSet } from './linked-cells.ts'
import { addSums, addWholes, emptyParts, fillIn } from './linked-sums.ts'
import { type Dependency, type LinkedTable, placesIn } from './tables.ts'

/**
 * Everybody is taken to have a value of each variable, as whoever reads the tables will take it, unless the counts themselves
 * say otherwise: a rule for every value there is that leaves somebody out, although no table has the line of those without.
 */
export function linkTables(tables: LinkedTable[], dependencies: Dependency[] = []): LinkedSet {
  const set = linkAs(tables, dependencies, false)
  return addsUp(set, tables) ? set : linkAs(tables, dependencies, true)
}

/** The same where it is known whether somebody lacks a value without a line of any table saying so. */
export function linkAs(tables: LinkedTable[], dependencies: Dependency[], someLack: boolean): LinkedSet {
  const set: Building = { cells: [], sums: [], places: new Map(), byKey: new Map(), universes: new Map(), someLack }
  const atoms = atomsOf(tables, dependencies, someLack)
  for (const table of tables) addTable(set, table, atoms)
  for (const table of tables) addRule(set, table, atoms)
  set.universes = atoms.universes
  addWholes(set)
  addSums(set)
  emptyParts(set)
  fillIn(set)
  return { cells: set.cells, sums: set.sums, places: set.places, someLack }
}

/** Whether what every table counts is what its cells say, and the parts of each whole add up to it. */
function addsUp({ cells, sums, places }: LinkedSet, tables: LinkedTable[]): boolean {
  const isSame = ({ id, counts }: LinkedTable) =>
    (places.get(id) ?? []).every((place, i) => place === null || cells[place]?.count === counts[i])
  const countOf = (place: number) => cells[place]?.count ?? Number.NaN
  const isWhole = ({ whole, parts }: LinkedSet['sums'][number]) => {
    const left = parts.reduce((left, part) => left - countOf(part), countOf(whole))
    return left === 0 || Number.isNaN(left)
  }
  return tables.every(isSame) && sums.every(isWhole)
}

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
