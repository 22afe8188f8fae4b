/** Whether what was typed is well formed; whether it is complete is readiness.ts. */
import { z } from 'zod'
import { isCivilDate } from './civil-dates.ts'
import {
  type Answers,
  type FieldGroups,
  findField,
  isMultiple,
  type ListField,
  MAX_ROWS,
  type NumberField,
  type ScalarField,
  type TextField,
} from './form-definition.ts'
import { numberOf } from './number-notation.ts'
import { MAX_RICH_TEXT, parseRich, plainText } from './rich-text.ts'
import { isStorable } from './storable.ts'

const MAX_TEXT = 500
const MAX_LONGTEXT = 20_000
const NO_LIST: ShapeCode = 'not_a_list'

/** What can be wrong with what was typed; the sentences stand in `app/text/gaps.ts`. */
export type ShapeCode =
  | 'not_a_text'
  | 'not_a_list'
  | 'too_many'
  | 'bad_characters'
  | 'too_long'
  | 'not_an_email'
  | 'not_a_code'
  | 'not_a_number'
  | 'not_an_integer'
  | 'below_min'
  | 'above_max'
  | 'not_a_date'
  | 'not_yes_or_no'
  | 'not_an_option'

/** What makes a sentence precise: labels, names and numbers. */
export type Facts = Record<string, string | number>

export interface FieldError {
  /** Name of the input: `grupo.campo` or `grupo.lista[0].campo`. */
  path: string
  code: ShapeCode
  facts: Facts
}

/** Types only, as a draft needs them: anything may be missing, nothing may be malformed. Completeness is readiness.ts. */
export function schemaOf(definition: FieldGroups): z.ZodType<Answers> {
  const groups = definition.groups.map((group) => {
    const fields = group.fields.map((field) => [
      field.code,
      field.kind === 'list' ? listSchema(field) : scalarSchema(field),
    ])
    return [group.code, z.object(Object.fromEntries(fields), NO_LIST).prefault({})]
  })
  return z.object(Object.fromEntries(groups), NO_LIST) as unknown as z.ZodType<Answers>
}

export type ShapeResult = { ok: true; answers: Answers } | { ok: false; errors: FieldError[] }

/** Checks a draft with `schemaOf`; unknown groups and fields are dropped. */
export function checkShape(definition: FieldGroups, answers: unknown): ShapeResult {
  const parsed = schemaOf(definition).safeParse(answers)
  if (parsed.success) return { ok: true, answers: parsed.data }
  const errors = parsed.error.issues.map((issue): FieldError => {
    const given = issue.code === 'custom' ? (issue.params as Facts | undefined) : undefined
    const facts = { label: labelAt(definition, issue.path), ...given }
    return { path: nameOf(issue.path), code: issue.message as ShapeCode, facts }
  })
  return { ok: false, errors: errors.filter((one, i) => errors.findIndex((other) => other.path === one.path) === i) }
}

function labelAt(definition: FieldGroups, path: PropertyKey[]): string {
  const [group = '', code = '', , cell] = path.map(String)
  const field = findField(definition, group, code)
  const within = field?.kind === 'list' ? field.fields.find((one) => one.code === cell) : undefined
  return (within ?? field)?.label ?? ''
}

function nameOf(path: PropertyKey[]): string {
  const [group = '', field, index, cell] = path.map(String)
  if (field === undefined) return group
  if (index === undefined) return `${group}.${field}`
  return cell === undefined ? `${group}.${field}` : `${group}.${field}[${index}].${cell}`
}

function listSchema(list: ListField): z.ZodType {
  const cells = Object.fromEntries(list.fields.map((field) => [field.code, scalarSchema(field)]))
  const id = z.string(NO_LIST).regex(/^[A-Za-z0-9_-]{1,64}$/, NO_LIST)
  return z
    .array(z.object({ ...cells, id }, NO_LIST), NO_LIST)
    .superRefine(atMost(list.max ?? MAX_ROWS))
    .prefault([])
}

function scalarSchema(field: ScalarField): z.ZodType {
  const one = z.string('not_a_text' satisfies ShapeCode).superRefine((value, issue) => {
    const problem = value === '' ? null : problemWith(field, value)
    if (problem) refuse(issue, problem)
  })
  if (!isMultiple(field)) return one.prefault('')
  return z.array(one, NO_LIST).superRefine(atMost(MAX_ROWS)).prefault([])
}

/** Whether one typed value, or one of several choices, could stand in the field. */
export function isWellFormed(field: ScalarField, value: string): boolean {
  return problemWith(field, value) === null
}

interface Problem {
  code: ShapeCode
  facts?: Facts
}

function refuse(issue: z.RefinementCtx, { code, facts }: Problem): void {
  issue.addIssue({ code: 'custom', message: code, params: facts })
}

function atMost(limit: number) {
  return (rows: unknown[], issue: z.RefinementCtx) => {
    if (rows.length > limit) refuse(issue, { code: 'too_many', facts: { limit } })
  }
}

/** What is wrong with a typed value; null when it is well formed. */
function problemWith(field: ScalarField, value: string): Problem | null {
  if (!isStorable(value)) return { code: 'bad_characters' }
  switch (field.kind) {
    case 'text':
    case 'longtext':
    case 'richtext':
      return problemWithText(field, value)
    case 'number':
    case 'integer':
      return problemWithNumber(field, value)
    case 'date':
      return isCivilDate(value) ? null : { code: 'not_a_date' }
    case 'yesno':
      return value === 'si' || value === 'no' ? null : { code: 'not_yes_or_no' }
    case 'reference':
      return value.length <= 100 ? null : { code: 'not_an_option' }
    default:
      return field.choices.some((choice) => choice.code === value) ? null : { code: 'not_an_option' }
  }
}

function problemWithText(field: TextField, value: string): Problem | null {
  if (field.kind === 'richtext') return problemWithRich(field, value)
  const limit = field.maxLength ?? (field.kind === 'longtext' ? MAX_LONGTEXT : MAX_TEXT)
  if (value.length > limit) return { code: 'too_long', facts: { limit, length: value.length } }
  if (field.format === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return { code: 'not_an_email' }
  if (field.format === 'code' && !/^[a-z][a-z0-9_]{0,39}$/.test(value)) return { code: 'not_a_code' }
  return null
}

function problemWithRich(field: TextField, value: string): Problem | null {
  const doc = parseRich(value)
  if (!doc)
    return value.length > MAX_RICH_TEXT
      ? { code: 'too_long', facts: tooLong(MAX_RICH_TEXT, value) }
      : { code: 'not_a_text' }
  const limit = field.maxLength ?? MAX_LONGTEXT
  const words = plainText(doc)
  return words.length > limit ? { code: 'too_long', facts: tooLong(limit, words) } : null
}

const tooLong = (limit: number, value: string) => ({ limit, length: value.length })

function problemWithNumber(field: NumberField, value: string): Problem | null {
  const number = numberOf(value)
  const whole = field.kind === 'integer'
  if (number === null || (whole && !Number.isInteger(number))) {
    return { code: whole ? 'not_an_integer' : 'not_a_number' }
  }
  if (field.min !== undefined && number < field.min) return { code: 'below_min', facts: { min: field.min } }
  if (field.max !== undefined && number > field.max) return { code: 'above_max', facts: { max: field.max } }
  return null
}
