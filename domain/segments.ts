/** Rules that name a group of records: the filter of a figure and the definition of a segment (MM-GAC-P-008 v2, actividad 4). */
import { type Answers, listOf, rowsOf, textOf } from './forms.ts'

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

export type ParsedRule = { ok: true; rule: SegmentRule } | { ok: false; message: string }

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
  if (text === '') return refuse('Escriba al menos una condición, por ejemplo: canal = virtual.')
  const read = text.startsWith('{') ? fromJson(text) : fromLines(text)
  if (!read.ok) return read
  if (read.rule.all.length > MAX_CONDITIONS) return refuse(`Escriba como máximo ${MAX_CONDITIONS} condiciones.`)
  return read
}

function fromLines(text: string): ParsedRule {
  const all: Condition[] = []
  for (const [i, line] of text.split(/[\n;]/).entries()) {
    const trimmed = line.trim()
    if (trimmed === '') continue
    const [, variable, sign = '', typed = ''] = LINE.exec(trimmed) ?? []
    if (!variable) return refuse(`Escriba la condición ${i + 1} así: canal = virtual, o bien: zona en urbana, rural.`)
    const op = sign.trim() === '=' ? 'eq' : sign.trim().toLowerCase() === 'en' ? 'in' : 'neq'
    const values = op === 'in' ? typed.split(',').map((value) => value.trim()) : [typed.trim()]
    const condition = conditionFrom({
      variable: variable.toLowerCase(),
      op,
      values: values.filter((value) => value !== ''),
    })
    if (!condition) return refuse(`Escriba los valores de la condición ${i + 1}.`)
    all.push(condition)
  }
  return all.length > 0 ? { ok: true, rule: { all } } : refuse('Escriba al menos una condición.')
}

function fromJson(text: string): ParsedRule {
  const raw = safeJson(text)
  const list = typeof raw === 'object' && raw !== null && 'all' in raw && Array.isArray(raw.all) ? raw.all : []
  const all = list.map(conditionFrom).filter((condition) => condition !== null)
  if (all.length === 0 || all.length !== list.length) {
    return refuse('Escriba la regla así: {"all":[{"variable":"canal","op":"eq","values":["virtual"]}]}.')
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

function refuse(message: string): ParsedRule {
  return { ok: false, message }
}

export function variablesIn(rule: SegmentRule): string[] {
  return [...new Set(rule.all.map((condition) => condition.variable))]
}

/** How codes are shown; both may be left out, then codes are shown as they are. */
export interface RuleLabels {
  variable?: (code: string) => string
  value?: (variable: string, code: string) => string
}

/** For example: "Canal es Virtual, y Zona es Urbana o Rural". */
export function ruleInSpanish(rule: SegmentRule, labels: RuleLabels = {}): string {
  return rule.all
    .map((condition) => {
      const name = labels.variable?.(condition.variable) ?? condition.variable
      const values = condition.values.map((value) => labels.value?.(condition.variable, value) ?? value)
      return condition.op === 'neq' ? `${name} no es ${either(values, 'ni')}` : `${name} es ${either(values, 'o')}`
    })
    .join(', y ')
}

function either(values: string[], word: string): string {
  return values.length < 2 ? (values[0] ?? '') : `${values.slice(0, -1).join(', ')} ${word} ${values.at(-1)}`
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
