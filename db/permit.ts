/** The rules of `domain/permissions.ts` as an SQL condition, so that a list and a page say the same (promises §4.3, G11). */
import { type RawBuilder, sql } from 'kysely'

/** What is asked of a CASL ability: its rules for one action on one subject. */
export interface AskedRules {
  rulesFor(action: string, subject: string): readonly AskedRule[]
}

interface AskedRule {
  inverted: boolean
  conditions?: unknown
  fields?: string[]
}

type Scalar = string | number | boolean | null
type Condition = RawBuilder<boolean>

const NOBODY = sql<boolean>`false`

/**
 * Rows on which `action` is allowed. `columns` maps each field a rule may name to the column that holds it.
 * No rule at all is `false`. Throws on whatever could let more through than the rule says: a rule that takes away,
 * one without conditions, an undefined value, a field without column, an operator not listed below.
 */
export function rulesToCondition(
  ability: AskedRules,
  action: string,
  subject: string,
  columns: Record<string, RawBuilder<unknown>>,
): Condition {
  const rules = ability.rulesFor(action, subject)
  if (rules.length === 0) return NOBODY
  const each = rules.map((rule) => ruleToCondition(rule, columns))
  return each.length === 1 ? (each[0] as Condition) : sql`(${sql.join(each, sql` or `)})`
}

function ruleToCondition(rule: AskedRule, columns: Record<string, RawBuilder<unknown>>): Condition {
  if (rule.inverted) throw new Error('only positive rules become a condition')
  if (rule.fields) throw new Error('a rule on fields is not a rule on rows')
  const conditions = Object.entries(rule.conditions ?? {})
  if (conditions.length === 0) throw new Error('a rule without conditions would hold for every row')
  const each = conditions.flatMap(([field, expected]) => {
    const column = Object.hasOwn(columns, field) ? columns[field] : undefined
    if (!column) throw new Error(`no column for the field ${field}`)
    return operatorsOf(expected).map(([name, value]) => compared(column, name, value))
  })
  return sql`(${sql.join(each, sql` and `)})`
}

/** `{ field: value }` is `{ field: { $eq: value } }`. */
function operatorsOf(expected: unknown): [string, unknown][] {
  if (typeof expected !== 'object' || expected === null) return [['$eq', expected]]
  const operators = Object.entries(expected)
  if (Array.isArray(expected) || operators.length === 0) throw new Error('a condition names its operator')
  return operators
}

/** Never NULL on the granting side: a row whose column is NULL is judged as JavaScript judges it. */
function compared(column: RawBuilder<unknown>, operator: string, value: unknown): Condition {
  switch (operator) {
    case '$eq':
      return equal(column, scalar(value))
    case '$ne':
      return sql`${column} is distinct from ${scalar(value)}`
    case '$in':
      return among(column, value)
    case '$nin':
      return sql`not ${among(column, value)}`
    // A row always carries every column a rule names, NULL included.
    case '$exists':
      if (typeof value !== 'boolean') throw new Error('$exists takes true or false')
      return value ? sql`true` : NOBODY
    default:
      throw new Error(`unknown operator ${operator}`)
  }
}

/** A bare `=` where it can be one: `is not distinct from` finds no index. NULL counts as false in a `where`. */
function equal(column: RawBuilder<unknown>, value: Scalar): Condition {
  return value === null ? sql`${column} is null` : sql`${column} = ${value}`
}

function among(column: RawBuilder<unknown>, list: unknown): Condition {
  if (!Array.isArray(list)) throw new Error('$in and $nin take a list')
  const values = list.map(scalar)
  const known = values.filter((value) => value !== null)
  const parts = [
    ...(known.length > 0 ? [sql<boolean>`coalesce(${column} in (${sql.join(known)}), false)`] : []),
    ...(values.includes(null) ? [sql<boolean>`${column} is null`] : []),
  ]
  return parts.length === 0 ? NOBODY : sql`(${sql.join(parts, sql` or `)})`
}

function scalar(value: unknown): Scalar {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as Scalar
  throw new Error(`a condition compares with a value, not with ${typeof value}`)
}
