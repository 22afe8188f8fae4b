/** Random releases whose tables ask for classes, ranges and «o», as figures and segments may (domain/crossings.ts). */
import { classLabels } from '../../catalog/value-words.ts'
import type { RangeOperator } from '../../domain/ranges.ts'
import { type Condition, ruleFrom, type SegmentRule } from '../../domain/rules.ts'
import { type AskedOfPlan, groupingOf, type Person, type Plan, randomFrom } from './random-release.ts'

const TABLES = 4
const MEASURE = 'n0'
/** Most numbers are common ones, some stand beside an edge. */
const COMMON = ['22', '35', '41', '70']
const RARE = ['9', '17', '18', '19', '28', '29', '59', '60', '61', '84', '']
const BOUNDS = ['17', '18', '19', '28', '35', '59', '60']

/** From a seed, always the same: two lists of values, a number, and now and then a variable that gathers the first list. */
export function widePlanFrom(seed: number): Plan {
  const next = randomFrom(seed)
  const pick = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T
  const some = <T>(list: readonly T[], most: number) =>
    list
      .map((one) => ({ one, at: next() }))
      .sort((a, b) => a.at - b.at)
      .slice(0, 1 + Math.floor(next() * most))
      .map(({ one }) => one)
  const lists = Object.fromEntries(
    ['v0', 'v1'].map((name) => [name, Array.from({ length: 2 + Math.floor(next() * 4) }, (_, i) => `${name}-${i}`)]),
  )
  const edges = some([18, 29, 60, 61], 3).sort((a, b) => a - b)
  const groups = next() < 0.4 ? [groupingOf('v0', lists.v0 as string[])] : []
  const people = Array.from({ length: 20 + Math.floor(next() * 160) }, (): Person => {
    const values = Object.entries(lists).map(
      ([name, list]) => [name, list[Math.floor(list.length * next() ** 2)] as string] as const,
    )
    const person: Person = { ...Object.fromEntries(values), [MEASURE]: pick(next() < 0.85 ? COMMON : RARE) }
    for (const { variable, by, values } of groups)
      person[variable] = Object.keys(values).find((value) => values[value]?.includes(person[by] as string)) as string
    return person
  })
  const gathering = groups.map(({ variable, values }) => [variable, Object.keys(values)] as const)
  const variables: Plan['variables'] = {
    ...lists,
    ...Object.fromEntries(gathering),
    [MEASURE]: classLabels(edges, true),
  }
  const names = Object.keys(variables)
  const range = (): Condition => {
    const op = pick<RangeOperator>(['gte', 'lte', 'between'])
    const ends = some(BOUNDS, 1).concat(some(BOUNDS, 1))
    const sorted = ends.sort((a, b) => Number(a) - Number(b))
    return { variable: MEASURE, op, values: op === 'between' ? sorted : sorted.slice(0, 1) }
  }
  const condition = (variable: string): Condition => {
    if (variable === MEASURE) return range()
    const op = pick<'eq' | 'in' | 'neq'>(['eq', 'in', 'in', 'neq'])
    const values = some(variables[variable] as string[], op === 'eq' ? 1 : 3)
    return { variable, op, values }
  }
  /** One condition, or some on the same variable joined by «o». */
  const group = (variable: string) => Array.from({ length: pick([1, 1, 2, 3]) }, () => condition(variable))
  const table = (): AskedOfPlan => {
    const sides = [...names].sort(() => next() - 0.5).slice(0, pick([1, 1, 2, 2, 3]))
    const by = next() < 0.7 ? some(sides.length < 3 ? names : sides, 3 - Math.min(sides.length, 2)) : []
    return { sides, rule: ruleFrom(by.map(group)) }
  }
  /** Of several variables too: its size is never published then. */
  const segment = (): AskedOfPlan => {
    const groups = some(names, 2).map(group)
    const rule: SegmentRule = next() < 0.25 ? ruleFrom([groups.flat()]) : ruleFrom(groups)
    return { sides: [], rule }
  }
  const tables = Array.from({ length: TABLES }, () => (next() < 0.25 ? segment() : table()))
  const sensitive = next() < 0.2 ? [pick(names)] : []
  return { variables, measures: { [MEASURE]: edges }, sensitive, groups, people, tables }
}
