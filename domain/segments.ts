/** Rules that name a group of records: the filter of a figure and the definition of a segment (MM-GAC-P-008 v2, actividad 4). */
import { type Answers, type Facts, listOf, rowsOf, textOf } from './forms.ts'

export const OPERATORS = ['eq', 'in', 'neq'] as const
export type Operator = (typeof OPERATORS)[number]

export interface Condition {
  /** Code of a prioritized variable. */
  variable: string
  op: Operator
  values: string[]
}

/** Every condition of `all` must hold and, of each group of `any`, one at least. */
export interface SegmentRule {
  all: Condition[]
  any?: Condition[][]
}

/** Why a rule cannot be read; the sentences stand in `app/text/gaps.ts`. */
export type RuleFault =
  | 'nothing_typed'
  | 'no_condition'
  | 'too_many_conditions'
  | 'condition_unreadable'
  | 'values_missing'
  | 'json_unreadable'

export type ParsedRule = { ok: true; rule: SegmentRule } | { ok: false; fault: RuleFault; facts: Facts }

export interface Segment {
  id: string
  name: string
  sectorId: string
  rule: SegmentRule
  needs: string
  channels: string[]
}

const MAX_CONDITIONS = 10
const MAX_VALUES = 100
const LINE = /^([a-z][a-z0-9_]*)\s*(=|!=|≠|<>|\sno en\s|\sen\s|\sdistinto de\s)\s*(.+)$/i
/** Another chance for the condition of the line before. */
const OR = /^o\s+/i

/**
 * Reads a rule as typed: one condition per line (`canal = virtual`, `comuna en 1, 2`, `zona != rural`, `zona no en a, b`),
 * a line that begins with `o` being another chance for the one before it; or the same as JSON.
 */
export function parseRule(typed: string): ParsedRule {
  const text = typed.trim()
  if (text === '') return refuse('nothing_typed')
  const read = text.startsWith('{') ? fromJson(text) : fromLines(text)
  if (!read.ok) return read
  if (conditionsIn(read.rule).length > MAX_CONDITIONS) return refuse('too_many_conditions', { max: MAX_CONDITIONS })
  return read
}

function fromLines(text: string): ParsedRule {
  const groups: Condition[][] = []
  for (const [i, line] of text.split(/[\n;]/).entries()) {
    const trimmed = line.trim()
    if (trimmed === '') continue
    // A variable may be called `o`: only a line that is no condition by itself goes on with the one before.
    const isMore = groups.length > 0 && !LINE.test(trimmed) && OR.test(trimmed)
    const read = conditionIn(isMore ? trimmed.replace(OR, '') : trimmed)
    if (typeof read === 'string') return refuse(read, { condition: i + 1 })
    if (isMore) groups.at(-1)?.push(read)
    else groups.push([read])
  }
  return groups.length > 0 ? { ok: true, rule: ruleFrom(groups) } : refuse('no_condition')
}

function conditionIn(line: string): Condition | RuleFault {
  const [, variable, sign = '', typed = ''] = LINE.exec(line) ?? []
  if (!variable) return 'condition_unreadable'
  const word = sign.trim().toLowerCase()
  const op = word === '=' ? 'eq' : word === 'en' ? 'in' : 'neq'
  const values = word.endsWith('en') ? typed.split(',').map((value) => value.trim()) : [typed.trim()]
  const read = conditionFrom({ variable: variable.toLowerCase(), op, values: values.filter((value) => value !== '') })
  return read ?? 'values_missing'
}

/** Groups of conditions that must all hold; of a group, one condition at least. */
export function ruleFrom(groups: Condition[][]): SegmentRule {
  const all = groups.filter((group) => group.length === 1).flat()
  const any = groups.filter((group) => group.length > 1)
  return { all, ...(any.length > 0 && { any }) }
}

export const groupsOf = ({ all, any = [] }: SegmentRule): Condition[][] => [...all.map((one) => [one]), ...any]

export const conditionsIn = (rule: SegmentRule): Condition[] => groupsOf(rule).flat()

/** The rule as step 4 keeps it: a line per condition, or JSON where a value has a mark of the lines' own grammar. */
export function writeRule(rule: SegmentRule): string {
  const isPlain = conditionsIn(rule).every(({ values }) =>
    values.every((value) => !/[,;\n{]/.test(value) && value === value.trim()),
  )
  const groups = groupsOf(rule).map((group) => group.map(writeCondition))
  // `o en = 5` is a condition on a variable called `o`.
  const isMistakable = groups.some((group) => group.slice(1).some((line) => LINE.test(`o ${line}`)))
  return isPlain && !isMistakable ? groups.map((group) => group.join('\no ')).join('\n') : JSON.stringify(rule)
}

function writeCondition({ variable, op, values }: Condition): string {
  const sign = { eq: '=', in: 'en', neq: values.length > 1 ? 'no en' : '!=' }[op]
  return `${variable} ${sign} ${values.join(', ')}`
}

function fromJson(text: string): ParsedRule {
  const raw = safeJson(text)
  const lists = typeof raw === 'object' && raw !== null ? (raw as { all?: unknown; any?: unknown }) : {}
  const [all, any] = [conditionsFrom(lists.all ?? []), Array.isArray(lists.any ?? []) ? (lists.any ?? []) : null]
  const groups = (any as unknown[] | null)?.map(conditionsFrom)
  if (!all || !groups?.every((group) => group !== null && group.length > 0)) return refuse('json_unreadable')
  const whole = [...all.map((one) => [one]), ...(groups as Condition[][])]
  return whole.length > 0 ? { ok: true, rule: ruleFrom(whole) } : refuse('json_unreadable')
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
  if (op === 'eq' && texts.length !== 1) return null
  return { variable, op: op as Operator, values: texts }
}

function refuse(fault: RuleFault, facts: Facts = {}): ParsedRule {
  return { ok: false, fault, facts }
}

/** Length a segment's name has, wherever it is typed: 3 to 120 characters. */
export const isSegmentName = (name: string): boolean => name.length >= 3 && name.length <= 120

export function variablesIn(rule: SegmentRule): string[] {
  return [...new Set(conditionsIn(rule).map((condition) => condition.variable))]
}

/** Whether a record belongs: the meaning the database query must reproduce; an empty value never equals anything. */
export function matchesRule(rule: SegmentRule, record: Record<string, string | null | undefined>): boolean {
  return groupsOf(rule).every((group) => group.some((condition) => meets(condition, record[condition.variable])))
}

function meets({ op, values }: Condition, value: string | null | undefined): boolean {
  if (value === null || value === undefined || value === '') return false
  return values.includes(value) === (op !== 'neq')
}

/** Segments of step 4 whose rule can be read, in the order written. */
export function segmentsOf(answers: Answers | undefined): Segment[] {
  return rowsOf(answers, 'segmentos', 'lista').flatMap((row) => {
    const parsed = parseRule(textOf(row.regla))
    if (!parsed.ok) return []
    return [
      {
        id: row.id,
        name: textOf(row.nombre),
        sectorId: textOf(row.sector),
        rule: parsed.rule,
        needs: textOf(row.necesidades),
        channels: listOf(row.canales),
      },
    ]
  })
}
