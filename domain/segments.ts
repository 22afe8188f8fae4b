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

/** Every condition must hold. */
export interface SegmentRule {
  all: Condition[]
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
const LINE = /^([a-z][a-z0-9_]*)\s*(=|!=|≠|<>|\sen\s|\sdistinto de\s)\s*(.+)$/i

/** Reads a rule as typed: one condition per line (`canal = virtual`, `comuna en 1, 2`, `zona != rural`), or the same as JSON. */
export function parseRule(typed: string): ParsedRule {
  const text = typed.trim()
  if (text === '') return refuse('nothing_typed')
  const read = text.startsWith('{') ? fromJson(text) : fromLines(text)
  if (!read.ok) return read
  if (read.rule.all.length > MAX_CONDITIONS) return refuse('too_many_conditions', { max: MAX_CONDITIONS })
  return read
}

function fromLines(text: string): ParsedRule {
  const all: Condition[] = []
  for (const [i, line] of text.split(/[\n;]/).entries()) {
    const trimmed = line.trim()
    if (trimmed === '') continue
    const [, variable, sign = '', typed = ''] = LINE.exec(trimmed) ?? []
    if (!variable) return refuse('condition_unreadable', { condition: i + 1 })
    const op = sign.trim() === '=' ? 'eq' : sign.trim().toLowerCase() === 'en' ? 'in' : 'neq'
    const values = op === 'in' ? typed.split(',').map((value) => value.trim()) : [typed.trim()]
    const condition = conditionFrom({
      variable: variable.toLowerCase(),
      op,
      values: values.filter((value) => value !== ''),
    })
    if (!condition) return refuse('values_missing', { condition: i + 1 })
    all.push(condition)
  }
  return all.length > 0 ? { ok: true, rule: { all } } : refuse('no_condition')
}

function fromJson(text: string): ParsedRule {
  const raw = safeJson(text)
  const list = typeof raw === 'object' && raw !== null && 'all' in raw && Array.isArray(raw.all) ? raw.all : []
  const all = list.map(conditionFrom).filter((condition) => condition !== null)
  if (all.length === 0 || all.length !== list.length) {
    return refuse('json_unreadable')
  }
  return { ok: true, rule: { all } }
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

export function variablesIn(rule: SegmentRule): string[] {
  return [...new Set(rule.all.map((condition) => condition.variable))]
}

/** Whether a record belongs: the meaning the database query must reproduce; an empty value never equals anything. */
export function matchesRule(rule: SegmentRule, record: Record<string, string | null | undefined>): boolean {
  return rule.all.every(({ variable, op, values }) => {
    const value = record[variable]
    if (value === null || value === undefined || value === '') return false
    return values.includes(value) === (op !== 'neq')
  })
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
