/** A rule as it stands in an address while it is written: groups joined by «y», each of conditions joined by «o». */
import { type BoundFault, boundFaults, endsOf, isRange, rangeFrom, readRange } from '../../../domain/ranges.ts'
import { type Condition, groupsOf, ruleFrom, type SegmentRule } from '../../../domain/rules.ts'

/** More are not asked for; what an address holds already is read all the same. */
export const MAX_GROUPS = 5
export const MAX_CHOICES = 3
const MOST_READ = 10

export interface RuleVariable {
  code: string
  label: string
  /** Of its column (`ColumnType`). */
  type: string
  values: string[]
  /** Prioritized in step 2. */
  isPrioritized: boolean
}

/** Numbers and days are asked by their bounds, anything else by its values. */
export const isMeasured = ({ type }: Pick<RuleVariable, 'type'>) => ['integer', 'decimal', 'date'].includes(type)

const EMPTY: Condition = { variable: '', op: 'in', values: [] }

/** A condition without variable is a line still to be filled; a range has its two ends as they were typed, also empty. */
export function groupsFrom(search: URLSearchParams): Condition[][] {
  const places = Array.from({ length: MOST_READ }, (_, i) => i)
  const read = places.map((g) => places.map((c) => conditionFrom(search, fieldAt(g, c))).filter((one) => one !== null))
  const more = search.get('mas') ?? ''
  const open = read.map((group, g) => (more === `o${g}` && group.length < MAX_CHOICES ? [...group, EMPTY] : group))
  const groups = open.filter((group) => group.length > 0)
  const asksMore = groups.length === 0 || (more === 'y' && groups.length < MAX_GROUPS)
  return asksMore ? [...groups, [EMPTY]] : groups
}

/** Where a condition stands in the address, and the name of its field. */
export const fieldAt = (group: number, choice: number) => `g${group}c${choice}`

function conditionFrom(search: URLSearchParams, name: string): Condition | null {
  const variable = search.get(name) ?? ''
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(variable)) return null
  // Values chosen for another variable are forgotten when the variable is changed.
  const isSame = search.get(`${name}de`) === variable
  const [from, to] = [search.get(`${name}d`), search.get(`${name}h`)]
  if (isSame && (from !== null || to !== null))
    return { variable, op: 'between', values: [from, to].map((bound) => bound?.trim() ?? '') }
  const values = isSame ? search.getAll(`${name}v`).filter((value) => value !== '') : []
  return { variable, op: search.get(`${name}o`) === 'neq' ? 'neq' : 'in', values: values.slice(0, 100) }
}

/** What is written so far: the conditions that are whole, unless a bound is wrong. */
export interface BuiltRule {
  /** Null where nothing is whole, or something is wrong. */
  rule: SegmentRule | null
  /** By name of the field. */
  faults: Record<string, BoundFault>
}

export function builtRule(groups: readonly Condition[][], variables: readonly RuleVariable[]): BuiltRule {
  const faults = groups.flatMap((group, g) => group.flatMap((one, c) => faultsOf(one, fieldAt(g, c), variables)))
  if (faults.length > 0) return { rule: null, faults: Object.fromEntries(faults) }
  const whole = groups
    .map((group) => group.flatMap((one) => finished(one, variables) ?? []))
    .filter((group) => group.length > 0)
  return { rule: whole.length > 0 ? ruleFrom(whole) : null, faults: {} }
}

function faultsOf(condition: Condition, name: string, variables: readonly RuleVariable[]): [string, BoundFault][] {
  const variable = variables.find(({ code }) => code === condition.variable)
  if (!variable || !isRange(condition)) return []
  const [from = '', to = ''] = condition.values
  const [first, last] = boundFaults([from, to], variable.type === 'date')
  return [
    ...(first ? [[`${name}d`, first] as [string, BoundFault]] : []),
    ...(last ? [[`${name}h`, last] as [string, BoundFault]] : []),
  ]
}

/** Null for a condition that is still being written, or a stale address asks a range of a list. */
function finished(condition: Condition, variables: readonly RuleVariable[]): Condition | null {
  const { variable, op, values } = condition
  if (isRange(condition)) {
    if (variables.some((one) => one.code === variable && !isMeasured(one))) return null
    const [from = '', to = ''] = values
    const range = rangeFrom(from, to)
    const read = range && readRange({ variable, ...range })
    return typeof read === 'string' ? null : read
  }
  if (values.length === 0) return null
  return op === 'in' && values.length === 1 ? { ...condition, op: 'eq' } : condition
}

/** Writes a rule into an address, so that the form opens on it. */
export function setRule(search: URLSearchParams, rule: SegmentRule): void {
  for (const [g, group] of groupsOf(rule).entries())
    for (const [c, condition] of group.entries()) {
      const name = fieldAt(g, c)
      search.set(name, condition.variable)
      search.set(`${name}de`, condition.variable)
      if (isRange(condition)) {
        const [from, to] = endsOf(condition)
        search.set(`${name}d`, from)
        search.set(`${name}h`, to)
        continue
      }
      search.set(`${name}o`, condition.op === 'neq' ? 'neq' : 'in')
      for (const value of condition.values) search.append(`${name}v`, value)
    }
}
