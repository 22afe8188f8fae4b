/**
 * Variables of one population that follow from others (features N5): which ones all the rest can be told by. Whoever knows
 * that S1 is T1 and T2 subtracts across their tables, so their cells are said in the values of those that decide.
 */
import type { Dependency } from './tables.ts'

/** Each value of `by` has a single value of `variable`. */
export interface Follows {
  variable: string
  by: string
}

export interface Family {
  /** Decided by none of the others; several where something follows from each of them. */
  roots: string[]
  /** The others, each with one root it follows from. */
  members: Follows[]
}

/** Of two that decide each other the first by name decides. `found` is taken to be transitive, as facts of one file are. */
export function familiesOf(found: readonly Follows[]): Family[] {
  const has = (by: string, variable: string) => found.some((one) => one.by === by && one.variable === variable)
  const names = [...new Set(found.flatMap(({ variable, by }) => [variable, by]))].sort()
  const isRoot = (name: string) => !names.some((by) => has(by, name) && (!has(name, by) || by < name))
  const roots = names.filter(isRoot)
  const families: Family[] = []
  for (const root of roots) {
    const decided = names.filter((name) => !isRoot(name) && has(root, name))
    const met = families.filter(({ members }) => members.some(({ variable }) => decided.includes(variable)))
    const known = new Set(met.flatMap(({ members }) => members.map(({ variable }) => variable)))
    const added = decided.filter((name) => !known.has(name)).map((variable) => ({ variable, by: root }))
    const rest = families.filter((family) => !met.includes(family))
    const joined = {
      roots: [...met.flatMap((one) => one.roots), root],
      members: [...met.flatMap((one) => one.members)],
    }
    families.splice(0, families.length, ...rest, { ...joined, members: [...joined.members, ...added] })
  }
  return families
}

/** Values that occur together, in the order of `variables`; each combination once. */
export interface Combinations {
  variables: string[]
  values: string[][]
}

/** By the value of the last of the family's own, or of all its roots at once. */
export function dependenciesOf(population: string, family: Family, met: Combinations): Dependency[] {
  const { roots, members } = family
  const place = (name: string) => met.variables.indexOf(name)
  const rule = (variable: string, by: string, nameOf: (combination: string[]) => string): Dependency => {
    const values = new Map<string, Set<string>>()
    for (const combination of met.values) {
      const value = combination[place(variable)] as string
      values.set(value, (values.get(value) ?? new Set()).add(nameOf(combination)))
    }
    const lists = [...values].map(([value, all]) => [value, [...all].sort()] as const)
    return { population, variable, by, values: Object.fromEntries(lists) }
  }
  const ofMembers = members.map(({ variable, by }) => rule(variable, by, (one) => one[place(by)] as string))
  if (roots.length === 1) return ofMembers
  const all = roots.join(' × ')
  const together = (one: string[]) => JSON.stringify(roots.map((root) => one[place(root)]))
  return [...ofMembers, ...roots.map((root) => rule(root, all, together))]
}
