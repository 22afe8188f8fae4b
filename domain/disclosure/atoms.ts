/** The finest values that the tables of one population tell apart, so that bands, filters and follow-on variables meet. */
import { NO_DATA, readClass } from '../../catalog/value-words.ts'
import type { Condition } from '../aggregates.ts'
import { isWritten, readBand, WHOLE_LINE } from './bands.ts'
import type { Dependency, LinkedTable } from './tables.ts'

type Conditions = Map<string, string[]>

export interface Atoms {
  /** Every value of `population variable`. */
  universes: Map<string, string[]>
  ofFilter: (table: LinkedTable) => Conditions
  /** Filter and one value of each side (null for its sum); undefined where they exclude each other. */
  conjunction: (table: LinkedTable, fixed: Conditions, values: (string | null)[]) => Conditions | undefined
  /** A variable of its own, with two values, for what meets none of the others. */
  apart: (population: string, name: string) => Conditions
}

/** Stands for the values of a variable that only filters name. */
const OTHERS = '…'

/** `someLack`: somebody lacks a value of a variable that a filter or a rule names, although no table has that line. */
export function atomsOf(tables: LinkedTable[], dependencies: Dependency[], someLack: boolean): Atoms {
  const parts = new Map<string, Map<string, string[]>>()
  const universes = new Map<string, string[]>()
  const follows = new Map(dependencies.map((one) => [`${one.population} ${one.variable}`, one]))
  for (const [name, lists] of valuesByVariable(tables, dependencies, someLack)) {
    const of = bandsOf(lists)
    parts.set(name, of)
    universes.set(name, [...new Set([...of.values()].flat())].sort())
  }
  /** Values of the variable that decides, for those of one that follows from it; a label nobody has is left out. */
  const decided = (population: string, variable: string, values: string[]): [string, string[]] => {
    const name = `${population} ${variable}`
    const rule = follows.get(name)
    const met = rule ? values.filter((value) => rule.values[value]) : []
    if (rule && met.length > 0 && values.every((value) => rule.values[value] || parts.get(name)?.has(value)))
      return decided(
        population,
        rule.by,
        met.flatMap((value) => rule.values[value] ?? []),
      )
    return [variable, [...new Set(values.flatMap((value) => parts.get(name)?.get(value) ?? [value]))].sort()]
  }
  const restrict = (population: string, conditions: Conditions, variable: string, values: string[]): boolean => {
    const [name, wanted] = decided(population, variable, values)
    const before = conditions.get(name)
    const both = before ? wanted.filter((value) => before.includes(value)) : wanted
    const universe = universes.get(`${population} ${name}`) ?? []
    if (both.length === universe.length && universe.every((value) => both.includes(value))) conditions.delete(name)
    else conditions.set(name, both)
    return both.length > 0
  }
  const ofFilter = ({ population, filter }: LinkedTable): Conditions => {
    const conditions: Conditions = new Map()
    for (const condition of filter) {
      const { variable, op, values } = condition
      const name = `${population} ${variable}`
      const known = [...(parts.get(name)?.keys() ?? [])]
      if (values.some((value) => !known.includes(value)) && isMeasured(known)) {
        restrictUnread(conditions, condition, universes, population)
        continue
      }
      const others = known.filter((value) => !values.includes(value) && (value !== NO_DATA || values.includes(NO_DATA)))
      restrict(population, conditions, variable, op === 'neq' ? others : values)
    }
    return conditions
  }
  const conjunction = (table: LinkedTable, fixed: Conditions, values: (string | null)[]) => {
    const conditions = new Map(fixed)
    for (const [d, value] of values.entries())
      if (value !== null && !restrict(table.population, conditions, table.sides[d]?.variable ?? '', [value]))
        return undefined
    return conditions
  }
  const apart = (population: string, name: string): Conditions => {
    universes.set(`${population} ${name}`, ['no', 'yes'])
    return new Map([[name, ['yes']]])
  }
  return { universes, ofFilter, conjunction, apart }
}

/** A filter on a measure that does not say what it measures follows no bands: it is a variable of its own, with two values. */
function restrictUnread(
  conditions: Conditions,
  { variable, op, values }: Condition,
  universes: Map<string, string[]>,
  population: string,
) {
  const name = `${variable} ${op} ${values.toSorted().join('|')}`
  universes.set(`${population} ${name}`, ['no', 'yes'])
  conditions.set(name, ['yes'])
}

function valuesByVariable(
  tables: LinkedTable[],
  dependencies: Dependency[],
  someLack: boolean,
): Map<string, string[][]> {
  const found = new Map<string, string[][]>()
  const add = (name: string, values: string[]) => found.set(name, [...(found.get(name) ?? []), values])
  for (const { population, sides } of tables)
    for (const { variable, values } of sides) add(`${population} ${variable}`, values)
  for (const { population, variable, by, values } of dependencies) {
    add(`${population} ${variable}`, Object.keys(values))
    add(`${population} ${by}`, Object.values(values).flat())
  }
  // What follows from what was read from all records, with those who lack a value.
  const told = new Set(
    dependencies.flatMap(({ population, variable, by }) => [`${population} ${variable}`, `${population} ${by}`]),
  )
  for (const { population, filter, rule = [] } of tables)
    for (const { variable, values } of [...filter, ...rule]) {
      const name = `${population} ${variable}`
      const known = found.get(name)?.flat() ?? []
      const lacking = (someLack && !told.has(name)) || known.length === 0 ? [NO_DATA] : []
      if (values.every(isWritten)) add(name, [...values, WHOLE_LINE, ...lacking])
      else if (known.length === 0) add(name, [...values, OTHERS, ...lacking])
      else if (!isMeasured(known)) add(name, [...values, ...lacking])
    }
  return found
}

/** Parts of each label: itself, or the bands between all edges where the same measure was cut in several ways. */
function bandsOf(lists: string[][]): Map<string, string[]> {
  const labels = [...new Set(lists.flat())]
  if (!isMeasured(labels)) return new Map(labels.map((label) => [label, [label]]))
  const read = labels.some(isWritten) ? readBand : readClass
  const bands = new Map(labels.map((label) => [label, read(label)]))
  const edges = [...new Set([...bands.values()].flatMap((band) => band ?? []))].sort((a, b) => a - b)
  return new Map(
    labels
      .filter((label) => label === NO_DATA || bands.get(label))
      .map((label) => {
        const band = bands.get(label)
        if (!band) return [label, [label]]
        const within = edges.slice(0, -1).filter((edge) => edge >= band[0] && edge < band[1])
        return [label, within.map((edge) => `${edge}…${edges[edges.indexOf(edge) + 1]}`)]
      }),
  )
}

/** Classes and nothing else, or whatever a filter cut in bands of its own. */
function isMeasured(labels: string[]): boolean {
  if (labels.some(isWritten)) return true
  return labels.some(readClass) && labels.every((label) => label === NO_DATA || readClass(label) !== null)
}
