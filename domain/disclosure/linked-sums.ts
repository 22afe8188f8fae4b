/** Which cells add up to which, and the groups nobody printed that are left over between them (promises G29). */
import { leftovers } from './leftovers.ts'
import { addCell, type Building, type Conditions, keyOf, type LinkedCell } from './linked-cells.ts'

/**
 * Of a group by one variable and something else (comuna 1 or 3, adults), the whole without the something else, which follows
 * from what is printed by that variable: what the group leaves of it is a group too.
 */
export function addWholes(set: Building): void {
  for (const cell of [...set.cells]) {
    const { population, conditions, sensitive } = cell
    if (!isCountedSomewhere(cell) || conditions.size < 2) continue
    for (const variable of conditions.keys()) {
      const rest = new Map([...conditions].filter(([name]) => name !== variable))
      if (set.byKey.has(keyOf(population, rest))) continue
      addCell(set, {
        ...{ population, conditions: rest, count: undefined, people: undefined, state: 'hidden', wholeMass: false },
        ...{ sums: 0, sensitive, isImplicit: true, wasHidden: false },
      })
    }
  }
}

/** Whether a table counts it, as a line of its own or as those a rule holds for. */
const isCountedSomewhere = ({ count, isImplicit, state }: LinkedCell) =>
  count !== undefined && !(isImplicit && state === 'known')

/** For cells that differ in the values of one variable alone: each is the sum of the finest parts all of them share. */
export function addSums(set: Building): void {
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
    const cell = set.cells[of.groups[g]?.i ?? -1]
    return cell !== undefined && isCountedSomewhere(cell)
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
export function emptyParts({ cells }: Building): void {
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
export function fillIn({ cells, sums }: Building): void {
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
