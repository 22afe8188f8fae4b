/** Whether what was typed is well formed; whether it is complete is readiness.ts. */
import { z } from 'zod'
import { isCivilDate } from './calendar.ts'
import {
  type Answers,
  type FormDefinition,
  isMultiple,
  type ListField,
  MAX_ROWS,
  type NumberField,
  type ScalarField,
  type TextField,
} from './form-definition.ts'
import { isStorable } from './storable.ts'

const MAX_TEXT = 500
const MAX_LONGTEXT = 20_000

export interface FieldError {
  /** Name of the input: `grupo.campo` or `grupo.lista[0].campo`. */
  path: string
  message: string
}

/** Types only, as a draft needs them: anything may be missing, nothing may be malformed. Completeness is readiness.ts. */
export function schemaOf(definition: FormDefinition): z.ZodType<Answers> {
  const groups = definition.groups.map((group) => {
    const fields = group.fields.map((field) => [
      field.code,
      field.kind === 'list' ? listSchema(field) : scalarSchema(field),
    ])
    return [group.code, z.object(Object.fromEntries(fields)).prefault({})]
  })
  return z.object(Object.fromEntries(groups)) as unknown as z.ZodType<Answers>
}

export type ShapeResult = { ok: true; answers: Answers } | { ok: false; errors: FieldError[] }

/** Checks a draft with `schemaOf`; unknown groups and fields are dropped. */
export function checkShape(definition: FormDefinition, answers: unknown): ShapeResult {
  const parsed = schemaOf(definition).safeParse(answers)
  if (parsed.success) return { ok: true, answers: parsed.data }
  const errors = parsed.error.issues.map((issue) => ({ path: nameOf(issue.path), message: issue.message }))
  return { ok: false, errors: errors.filter((one, i) => errors.findIndex((other) => other.path === one.path) === i) }
}

function nameOf(path: PropertyKey[]): string {
  const [group = '', field, index, cell] = path.map(String)
  if (field === undefined) return group
  if (index === undefined) return `${group}.${field}`
  return cell === undefined ? `${group}.${field}` : `${group}.${field}[${index}].${cell}`
}

function listSchema(list: ListField): z.ZodType {
  const limit = list.max ?? MAX_ROWS
  const cells = Object.fromEntries(list.fields.map((field) => [field.code, scalarSchema(field)]))
  return z
    .array(z.object({ ...cells, id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) }), 'Envíe de nuevo esta lista.')
    .max(limit, `Deje como máximo ${limit} en «${list.label}».`)
    .prefault([])
}

function scalarSchema(field: ScalarField): z.ZodType {
  const one = z.string(`Escriba un texto en «${field.label}».`).superRefine((value, issue) => {
    const problem = value === '' ? null : problemWith(field, value)
    if (problem) issue.addIssue({ code: 'custom', message: problem })
  })
  return isMultiple(field) ? z.array(one).max(MAX_ROWS).prefault([]) : one.prefault('')
}

/** What is wrong with a typed value, as a sentence that begins with what to do; null when it is well formed. */
export function problemWith(field: ScalarField, value: string): string | null {
  if (!isStorable(value)) {
    return `Borre los caracteres que no se pueden guardar en «${field.label}».`
  }
  switch (field.kind) {
    case 'text':
    case 'longtext':
      return problemWithText(field, value)
    case 'number':
    case 'integer':
      return problemWithNumber(field, value)
    case 'date':
      return isCivilDate(value) ? null : `Escriba una fecha válida en «${field.label}», por ejemplo 2026-11-24.`
    case 'yesno':
      return value === 'si' || value === 'no' ? null : `Conteste sí o no en «${field.label}».`
    case 'reference':
      return value.length <= 100 ? null : `Elija una opción de la lista en «${field.label}».`
    default:
      return field.choices.some((choice) => choice.code === value)
        ? null
        : `Elija una opción de la lista en «${field.label}».`
  }
}

function problemWithText(field: TextField, value: string): string | null {
  const limit = field.maxLength ?? (field.kind === 'longtext' ? MAX_LONGTEXT : MAX_TEXT)
  if (value.length > limit) {
    return `Escriba como máximo ${limit} caracteres en «${field.label}»; lleva ${value.length}.`
  }
  if (field.format === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) {
    return `Escriba un correo válido en «${field.label}», por ejemplo atencion@santamarta.gov.co.`
  }
  if (field.format === 'code' && !/^[a-z][a-z0-9_]{0,39}$/.test(value)) {
    return `Escriba en «${field.label}» un código en minúsculas, sin espacios ni tildes, por ejemplo medio_pago.`
  }
  return null
}

function problemWithNumber(field: NumberField, value: string): string | null {
  const number = numberOf(value)
  const whole = field.kind === 'integer'
  if (number === null || (whole && !Number.isInteger(number))) {
    return `Escriba un número ${whole ? 'entero ' : ''}en «${field.label}», por ejemplo ${whole ? '4' : '27,36'}.`
  }
  if (field.min !== undefined && number < field.min) return `Escriba en «${field.label}» un número desde ${field.min}.`
  if (field.max !== undefined && number > field.max) return `Escriba en «${field.label}» un número hasta ${field.max}.`
  return null
}

/** Reads a number as Colombians write it (`1.234,5`), plain decimals too; null when it is none. */
export function numberOf(typed: string): number | null {
  const value = typed.trim()
  if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(value)) return Number(value.replaceAll('.', '').replace(',', '.'))
  return /^-?\d+([.,]\d+)?$/.test(value) ? Number(value.replace(',', '.')) : null
}
