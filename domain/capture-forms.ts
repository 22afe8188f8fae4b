/**
 * The forms with which delegates capture citizens' data (Cali, MAGT04.05.P001.F004 and .F006; features E5): versioned data
 * of the catalogue, one group of questions on each page. Required is not forced: whoever answers may always decline.
 */
import { z } from 'zod'
import { type Choice, type FormGroup, isMultiple, type ScalarField } from './forms.ts'
import type { CaptureForm } from './grants.ts'
import { CAPTURE_FORMS } from './grants.ts'

/** What the citizen is asked to authorise, each by itself (Ley 1581 de 2012, arts. 6 and 9). */
export const PURPOSES = ['caracterizacion', 'sensibles', 'contacto'] as const
export type Purpose = (typeof PURPOSES)[number]
/** Without it nothing is captured. */
export const NEEDED_PURPOSE: Purpose = 'caracterizacion'

export interface PurposeText {
  code: Purpose
  title: string
  text: string
}

/** The text read out or handed over before anything is asked; one that changes is a new version. */
export interface ConsentText {
  version: number
  paragraphs: readonly string[]
  purposes: readonly PurposeText[]
}

/** What a typed value has to be besides well formed. */
export type Check = 'document' | 'nit' | 'divipola' | 'phone'

export type CaptureField = ScalarField & {
  /** Identifies the citizen by itself: never leaves the record but as a pseudonym, or not at all. */
  identifies?: true
  /** Sensitive datum (Ley 1581 de 2012, art. 5). */
  sensitive?: true
  check?: Check
  /** Nobody may decline it: without it there is no record of this citizen. */
  forced?: true
}

export interface CapturePage extends FormGroup {
  fields: readonly CaptureField[]
  /** Asked only where the citizen authorised this. */
  needs?: Purpose
}

export interface CaptureDefinition {
  code: CaptureForm
  /** As printed on the paper form. */
  formatCode: string
  version: number
  title: string
  person: 'natural' | 'juridica'
  groups: readonly CapturePage[]
}

/** Stands for an answer the citizen did not want to give: a value of its own, never an empty one. */
export const DECLINED = 'no_responde'

/** Whether a choice of the field itself already says that nothing is told. */
export const declines = ({ code }: Pick<Choice, 'code'>) => code === DECLINED

const code = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/)
const text = z.string().trim().min(1)

const definitionShape = z.strictObject({
  code: z.enum(CAPTURE_FORMS),
  formatCode: z.string().regex(/^[A-Z]{4}\d{2}\.\d{2}\.P\d{3}\.F\d{3}$/),
  version: z.int().positive(),
  title: text,
  person: z.enum(['natural', 'juridica']),
  groups: z.array(z.looseObject({ code, title: text, needs: z.enum(PURPOSES).optional() })).min(2),
})

/** What is wrong with a definition of the catalogue, in words for whoever writes one; none when it may be used. */
export function faultsOfDefinition(definition: CaptureDefinition): string[] {
  const shape = definitionShape.safeParse(definition)
  const faults = shape.success ? [] : shape.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  const codes = definition.groups.flatMap((page) => page.fields.map((field) => field.code))
  if (new Set(codes).size < codes.length) faults.push('a field is asked twice')
  if (!definition.formatCode.endsWith(`.${definition.code}`)) faults.push('the code of the format names another form')
  for (const page of definition.groups) for (const field of page.fields) faults.push(...faultsOfField(page, field))
  return faults
}

function faultsOfField({ needs, fields }: CapturePage, field: CaptureField): string[] {
  const faults: string[] = []
  if (!code.safeParse(field.code).success) faults.push(`${field.code}: not a code`)
  if (field.sensitive && needs !== 'sensibles')
    faults.push(`${field.code}: sensitive, and asked without its own consent`)
  if (field.when && !fields.some((one) => one.code === field.when?.field))
    faults.push(`${field.code}: depends on nothing`)
  if ('choices' in field) {
    const codes = field.choices.map((choice) => choice.code)
    if (new Set(codes).size < codes.length) faults.push(`${field.code}: an option stands twice`)
    if (!field.forced && !codes.includes(DECLINED)) faults.push(`${field.code}: cannot be declined`)
  }
  return faults
}

/** Pages this citizen is asked, in order. */
export function pagesFor({ groups }: CaptureDefinition, given: readonly Purpose[]): CapturePage[] {
  return groups.filter(({ needs }) => needs === undefined || given.includes(needs))
}

/** Fields whose value is typed: declining them takes a tick of its own. */
export const declinesByTick = (field: CaptureField) => !field.forced && !('choices' in field) && field.kind !== 'yesno'

export const holdsSeveral = (field: CaptureField) => isMultiple(field)
