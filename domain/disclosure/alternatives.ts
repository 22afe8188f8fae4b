/** Conditions joined by «o», as the one condition on their variable that says the same. */
import type { AggregateTable, Condition } from '../aggregates.ts'
import { isRange } from '../ranges.ts'
import { bandsAsked } from './bands.ts'

/** Null where they are on several variables, or no list of values says what they leave. Of a measure, what they leave are bands. */
export function asOne(group: readonly Condition[], measures: AggregateTable['measures'] = {}): Condition | null {
  const [first, ...others] = group
  if (!first || others.some(({ variable }) => variable !== first.variable)) return null
  const { variable } = first
  const measure = measures[variable]
  if (measure) return { variable, op: 'in', values: distinct(group.flatMap((one) => bandsAsked(one, measure))) }
  if (others.length === 0) return first
  return group.some(isRange) ? null : listed(variable, group)
}

/** Of «not this» beside other values, only what none of them lets in is left out. */
function listed(variable: string, group: readonly Condition[]): Condition | null {
  const [letIn, leftOut] = [group.filter(({ op }) => op !== 'neq'), group.filter(({ op }) => op === 'neq')].map(
    (some) => some.map(({ values }) => values),
  ) as [string[][], string[][]]
  const [first, ...others] = leftOut
  if (!first) return { variable, op: 'in', values: distinct(letIn.flat()) }
  const values = first.filter((value) => !letIn.flat().includes(value) && others.every((list) => list.includes(value)))
  return values.length > 0 ? { variable, op: 'neq', values } : null
}

const distinct = (values: string[]) => [...new Set(values)]
