/** Rules as people type them and as step 4 keeps them: a line for each condition, or JSON. */
import { isCivilDate } from './civil-dates.ts'
import type { Facts } from './forms.ts'
import { boundsOf, isRange, type RangeFault, type RangeOperator, readRange } from './ranges.ts'
import {
  type Condition,
  conditionsIn,
  groupsOf,
  OPERATORS,
  type Operator,
  ruleFrom,
  type SegmentRule,
} from './rules.ts'

/** Why a rule cannot be read; the sentences stand in `app/text/gaps.ts`. */
export type RuleFault =
  | 'nothing_typed'
  | 'no_condition'
  | 'too_many_conditions'
  | 'condition_unreadable'
  | 'values_missing'
  | 'json_unreadable'
  | RangeFault

export type ParsedRule = { ok: true; rule: SegmentRule } | { ok: false; fault: RuleFault; facts: Facts }

const MAX_CONDITIONS = 10
const MAX_VALUES = 100
const LIST = /^([a-z][a-z0-9_]*)\s*(=|!=|≠|<>|\sno en\s|\sen\s|\sdistinto de\s)\s*(.+)$/i
/** A bound that begins like a condition is none: `o desde = 5` goes on with the line before, on a variable called `desde`. */
const NO_SIGN = /(?!\s*(?:[=!≠<>≥≤]|(?:no en|en|distinto de|entre|desde|hasta)(?:\s|$)))/.source
const RANGES: [RegExp, RangeOperator][] = [
  [/^([a-z][a-z0-9_]*)\s*(?:>=|≥)\s*(.+)$/i, 'gte'],
  [/^([a-z][a-z0-9_]*)\s*(?:<=|≤)\s*(.+)$/i, 'lte'],
  [new RegExp(`^([a-z][a-z0-9_]*)\\s+entre\\s+${NO_SIGN}(.+?)\\s+y\\s+(.+)$`, 'i'), 'between'],
  [new RegExp(`^([a-z][a-z0-9_]*)\\s+desde\\s+${NO_SIGN}(.+?)\\s+hasta\\s+(.+)$`, 'i'), 'between'],
  [new RegExp(`^([a-z][a-z0-9_]*)\\s+desde\\s+${NO_SIGN}(.+)$`, 'i'), 'gte'],
  [new RegExp(`^([a-z][a-z0-9_]*)\\s+hasta\\s+${NO_SIGN}(.+)$`, 'i'), 'lte'],
]
const isCondition = (line: string) => LIST.test(line) || RANGES.some(([form]) => form.test(line))
/** Another chance for the condition of the line before. */
const OR = /^o\s+/i

/**
 * Reads a rule as typed: one condition per line (`canal = virtual`, `comuna en 1, 2`, `zona != rural`, `zona no en a, b`,
 * `edad >= 60`, `edad entre 18 y 28`, `fecha desde 2026-01-01 hasta 2026-06-30`), a line that begins with `o` being another
 * chance for the one before it; or the same as JSON.
 */
export function parseRule(typed: string): ParsedRule {
  const text = typed.trim()
  if (text === '') return refuse('nothing_typed')
  const read = text.startsWith('{') ? fromJson(text) : fromLines(text)
  if (!read.ok) return read
  if (conditionsIn(read.rule).length > MAX_CONDITIONS) return refuse('too_many_conditions', { max: MAX_CONDITIONS })
  return read
}

function fromLines(typed: string): ParsedRule {
  const groups: Condition[][] = []
  for (const [i, line] of typed.split(/[\n;]/).entries()) {
    const text = line.trim()
    if (text === '') continue
    // A variable may be called `o`: only a line that is no condition by itself goes on with the one before.
    const isMore = groups.length > 0 && !isCondition(text) && OR.test(text)
    const read = conditionIn(isMore ? text.replace(OR, '') : text)
    if (typeof read === 'string') return refuse(read, { condition: i + 1 })
    if (isMore) groups.at(-1)?.push(read)
    else groups.push([read])
  }
  return groups.length > 0 ? { ok: true, rule: ruleFrom(groups) } : refuse('no_condition')
}

function conditionIn(line: string): Condition | RuleFault {
  for (const [form, op] of RANGES) {
    const [, variable, ...bounds] = form.exec(line) ?? []
    if (variable) return kept(conditionFrom({ variable: variable.toLowerCase(), op, values: bounds.map(trimmed) }))
  }
  const [, variable, sign = '', typed = ''] = LIST.exec(line) ?? []
  if (!variable) return 'condition_unreadable'
  const word = sign.trim().toLowerCase()
  const op = word === '=' ? 'eq' : word === 'en' ? 'in' : 'neq'
  const values = word.endsWith('en') ? typed.split(',').map(trimmed) : [typed.trim()]
  return kept(conditionFrom({ variable: variable.toLowerCase(), op, values: values.filter((value) => value !== '') }))
}

const trimmed = (text: string) => text.trim()

/** The bounds of a range are kept in one way, however they were typed. */
function kept(read: Condition | null): Condition | RuleFault {
  if (!read) return 'values_missing'
  return isRange(read) ? readRange(read) : read
}

/** The rule as step 4 keeps it: a line per condition, or JSON where a value has a mark of the lines' own grammar. */
export function writeRule(rule: SegmentRule): string {
  const isPlain = conditionsIn(rule).every(
    (condition) =>
      isRange(condition) || condition.values.every((value) => !/[,;\n{]/.test(value) && value === value.trim()),
  )
  const groups = groupsOf(rule).map((group) => group.map(writeCondition))
  // `o en = 5` is a condition on a variable called `o`.
  const isMistakable = groups.some((group) => group.slice(1).some((line) => isCondition(`o ${line}`)))
  return isPlain && !isMistakable ? groups.map((group) => group.join('\no ')).join('\n') : JSON.stringify(rule)
}

function writeCondition({ variable, op, values }: Condition): string {
  const [first = '', last = ''] = values
  const isDays = isCivilDate(first)
  switch (op) {
    case 'gte':
      return `${variable} ${isDays ? 'desde' : '>='} ${first}`
    case 'lte':
      return `${variable} ${isDays ? 'hasta' : '<='} ${first}`
    case 'between':
      return isDays ? `${variable} desde ${first} hasta ${last}` : `${variable} entre ${first} y ${last}`
    default:
      return `${variable} ${{ eq: '=', in: 'en', neq: values.length > 1 ? 'no en' : '!=' }[op]} ${values.join(', ')}`
  }
}

function fromJson(text: string): ParsedRule {
  const raw = safeJson(text)
  const lists = typeof raw === 'object' && raw !== null ? (raw as { all?: unknown; any?: unknown }) : {}
  const [all, any] = [conditionsFrom(lists.all ?? []), Array.isArray(lists.any ?? []) ? (lists.any ?? []) : null]
  const groups = (any as unknown[] | null)?.map(conditionsFrom)
  if (!all || !groups?.every((group) => group !== null && group.length > 0)) return refuse('json_unreadable')
  const whole = [...all.map((one) => [one]), ...(groups as Condition[][])].map((group) => group.map(kept))
  if (whole.length === 0) return refuse('json_unreadable')
  const at = whole.flat().findIndex((one) => typeof one === 'string')
  if (at >= 0) return refuse(whole.flat()[at] as RuleFault, { condition: at + 1 })
  return { ok: true, rule: ruleFrom(whole as Condition[][]) }
}

function conditionsFrom(raw: unknown): Condition[] | null {
  const read = Array.isArray(raw) ? raw.map(conditionFrom) : [null]
  return read.every((condition) => condition !== null) ? read : null
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function conditionFrom(raw: unknown): Condition | null {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return null
  const { variable, op, values } = raw as Partial<Record<keyof Condition, unknown>>
  if (typeof variable !== 'string' || !/^[a-z][a-z0-9_]{0,39}$/.test(variable)) return null
  if (!OPERATORS.includes(op as Operator) || !Array.isArray(values)) return null
  const texts = values.filter(
    (value): value is string => typeof value === 'string' && value !== '' && value.length <= 200,
  )
  if (texts.length === 0 || texts.length !== values.length || texts.length > MAX_VALUES) return null
  const condition: Condition = { variable, op: op as Operator, values: texts }
  if (op === 'eq' && texts.length !== 1) return null
  return isRange(condition) && texts.length !== boundsOf(condition.op) ? null : condition
}

function refuse(fault: RuleFault, facts: Facts = {}): ParsedRule {
  return { ok: false, fault, facts }
}
