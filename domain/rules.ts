/** Rules that select records: the filter of a figure and the definition of a segment (MM-GAC-P-008 v2, actividad 4). */
import { isRange, isWithin, RANGE_OPERATORS, type RangeMisfit, rangeMisfit } from './ranges.ts'

export const OPERATORS = ['eq', 'in', 'neq', ...RANGE_OPERATORS] as const
export type Operator = (typeof OPERATORS)[number]

export interface Condition {
  /** Code of a prioritized variable. */
  variable: string
  op: Operator
  /** Of a range, its bounds (domain/ranges.ts). */
  values: string[]
}

/** Every condition of `all` must hold and, of each group of `any`, one at least. */
export interface SegmentRule {
  all: Condition[]
  any?: Condition[][]
}

/** Groups of conditions that must all hold; of a group, one condition at least. */
export function ruleFrom(groups: Condition[][]): SegmentRule {
  const all = groups.filter((group) => group.length === 1).flat()
  const any = groups.filter((group) => group.length > 1)
  return { all, ...(any.length > 0 && { any }) }
}

export const groupsOf = ({ all, any = [] }: SegmentRule): Condition[][] => [...all.map((one) => [one]), ...any]

export const conditionsIn = (rule: SegmentRule): Condition[] => groupsOf(rule).flat()

export function variablesIn(rule: SegmentRule): string[] {
  return [...new Set(conditionsIn(rule).map((condition) => condition.variable))]
}

/** The first range that is asked of a column without numbers or days; `typesOf` a variable no source has is undefined. */
export function misfitIn(
  rule: SegmentRule,
  typesOf: (variable: string) => readonly string[] | undefined,
): { fault: RangeMisfit; variable: string } | null {
  for (const condition of conditionsIn(rule).filter(isRange)) {
    const types = typesOf(condition.variable)
    const fault = types && rangeMisfit(condition, types)
    if (fault) return { fault, variable: condition.variable }
  }
  return null
}

/** Whether a record belongs: the meaning the database query must reproduce; an empty value equals nothing and is inside no range. */
export function matchesRule(rule: SegmentRule, record: Record<string, string | null | undefined>): boolean {
  return groupsOf(rule).every((group) => group.some((condition) => meets(condition, record[condition.variable])))
}

function meets(condition: Condition, value: string | null | undefined): boolean {
  if (value === null || value === undefined || value === '') return false
  if (isRange(condition)) return isWithin(condition, value)
  return condition.values.includes(value) === (condition.op !== 'neq')
}
