/** The state of the rule builder, all of it in the address: groups joined by «y», each of conditions joined by «o». */
import { type Condition, groupsOf, ruleFrom, type SegmentRule } from '../../../domain/segments.ts'

export const MAX_GROUPS = 5
export const MAX_CHOICES = 3

export interface BuilderQuery {
  source: string
  /** Row of step 4 whose rule is being changed; empty for a new segment. */
  segment: string
  /** Variable that suggestions are to explain; empty while nobody asks for them. */
  explained: string
  /** An empty variable is a line still to be filled. */
  groups: Condition[][]
}

const EMPTY: Condition = { variable: '', op: 'in', values: [] }

export function builderFrom(search: URLSearchParams): BuilderQuery {
  const read = Array.from({ length: MAX_GROUPS }, (_, g) =>
    Array.from({ length: MAX_CHOICES }, (_, c) => conditionFrom(search, `g${g}c${c}`)).filter((one) => one !== null),
  )
  const more = search.get('mas') ?? ''
  const open = read.map((group, g) => (more === `o${g}` && group.length < MAX_CHOICES ? [...group, EMPTY] : group))
  const groups = open.filter((group) => group.length > 0)
  const asksMore = groups.length === 0 || (more === 'y' && groups.length < MAX_GROUPS)
  return {
    ...{ source: search.get('fuente') ?? '', segment: search.get('segmento') ?? '' },
    ...{ explained: search.get('explicar') ?? '', groups: asksMore ? [...groups, [EMPTY]] : groups },
  }
}

function conditionFrom(search: URLSearchParams, at: string): Condition | null {
  const variable = search.get(at) ?? ''
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(variable)) return null
  // Values chosen for another variable are forgotten when the variable is changed.
  const values = search.get(`${at}de`) === variable ? search.getAll(`${at}v`).filter((value) => value !== '') : []
  return { variable, op: search.get(`${at}o`) === 'neq' ? 'neq' : 'in', values: values.slice(0, 100) }
}

/** The conditions that are whole; null where there is none. */
export function builtRule(groups: readonly Condition[][]): SegmentRule | null {
  const whole = groups
    .map((group) => group.filter((one) => one.values.length > 0).map(plain))
    .filter((group) => group.length > 0)
  return whole.length > 0 ? ruleFrom(whole) : null
}

const plain = (one: Condition): Condition => (one.op === 'in' && one.values.length === 1 ? { ...one, op: 'eq' } : one)

/** The address that opens the builder on this rule. */
export function searchOf(rule: SegmentRule, more: Record<string, string>): string {
  const search = new URLSearchParams(more)
  for (const [g, group] of groupsOf(rule).entries())
    for (const [c, { variable, op, values }] of group.entries()) {
      const at = `g${g}c${c}`
      search.set(at, variable)
      search.set(`${at}de`, variable)
      search.set(`${at}o`, op === 'neq' ? 'neq' : 'in')
      for (const value of values) search.append(`${at}v`, value)
    }
  return `?${search}`
}
