/** Input of every administration change; messages are codes, their sentences stand in `app/text/problems.ts`. */
import { z } from 'zod'
import { PROCEDURES } from '../catalog/index.ts'
import { isCivilDate } from './civil-dates.ts'
import { completeNit } from './nit.ts'
import { POINT_KINDS } from './points.ts'
import { isStorable } from './storable.ts'

/** Why an input cannot be taken: shown beside its field, nothing typed is lost (422). */
export interface Problem {
  field: string
  code: ProblemCode
}

const PROBLEM_CODES = [
  'missing',
  'too_long',
  'not_a_date',
  'not_an_email',
  'not_a_divipola',
  'not_a_nit',
  'nit_digit',
  'bad_characters',
  'not_a_threshold',
  'not_a_colour',
  'colour_too_light',
  'tint_too_dark',
  'not_a_target',
  'not_a_png',
  'shield_too_big',
  'email_taken',
  'has_account',
  'no_account',
  'no_factor',
  'not_linked',
  'password_short',
  'password_long',
  'password_differs',
  'password_like_email',
  'not_a_document',
  'not_a_duty',
  'not_a_choice',
  'to_before_from',
  'encargo_needs_end',
  'name_taken',
  'document_taken',
  'not_found',
  'ended_already',
  'parent_is_below',
  'still_has_positions',
  'still_has_agencies',
  'still_held',
  'work_left',
  'not_held',
  'head_taken',
  'titular_overlaps',
  'same_person_overlaps',
  'before_start',
  'last_administrator',
  'day_taken',
  'already_not_working',
  'not_a_holiday',
  'day_is_past',
  'not_a_host',
  'not_a_port',
  'not_an_address',
  'not_a_header',
  'not_a_sequence',
  'not_confirmed_yet',
  'secret_needed',
  'closed_already',
  'closes_itself',
  'not_a_certificate',
  'is_a_key',
  'not_a_series',
  'before_its_act',
  'not_years',
] as const
export type ProblemCode = (typeof PROBLEM_CODES)[number]

function isProblemCode(code: string): code is ProblemCode {
  return (PROBLEM_CODES as readonly string[]).includes(code)
}

/** Faults of a zod input as problems, the first of each field. */
export function problemsOf(error: z.ZodError): Problem[] {
  const problems = error.issues.map((issue) => ({
    field: issue.path.join('.'),
    code: isProblemCode(issue.message) ? issue.message : ('missing' as const),
  }))
  return problems.filter((one, i) => problems.findIndex((other) => other.field === one.field) === i)
}

/** Functions no procedure step names, yet positions have: who administers, who audits, any other office head, who attends at a point. */
export const GENERAL_DUTIES = ['administracion', 'control_interno', 'dependencia', 'atencion'] as const

/** Of them, those that many positions of an entity have: none is called by the name of one. */
export const OF_ANY_OFFICE = ['dependencia', 'atencion'] as const

/** Every function a position can be given: those of the shipped procedures and the general ones. */
export const DUTIES: readonly string[] = [
  ...new Set([...PROCEDURES.flatMap((procedure) => Object.keys(procedure.duties)), ...GENERAL_DUTIES]),
]

const text = (max = 200) =>
  z.string('missing').trim().min(1, 'missing').max(max, 'too_long').refine(isStorable, 'bad_characters')
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? null : (value ?? null)),
    schema.nullable(),
  )
const civilDate = z.string('missing').trim().min(1, 'missing').refine(isCivilDate, 'not_a_date')
const email = z.string('missing').trim().toLowerCase().max(200, 'too_long').email('not_an_email')
const id = z.uuid('not_found')
const duty = z.string('missing').refine((value) => DUTIES.includes(value), 'not_a_duty')
const checkbox = z.preprocess((value) => value === true || value === 'on' || value === 'true', z.boolean())
/** Digits or letters of any Colombian identity document; dots and spaces are dropped before it is hashed. */
/** The number of a document as it is compared: without the signs people write between its digits. */
export const plainDocument = (typed: string) => typed.replace(/[\s.,-]/g, '').toUpperCase()

const documentNumber = z
  .string('missing')
  .transform(plainDocument)
  .refine((value) => /^[A-Z0-9]{4,20}$/.test(value), 'not_a_document')

const person = { displayName: text(), documentNumber, email: optional(email) }

export const addPersonInput = z.object(person)
export const changePersonInput = z.object({ id, displayName: text(), email: optional(email) })
/** `handTo`: position that takes over what would be left with nobody. */
export const endPersonInput = z.object({ id, on: civilDate, handTo: optional(id).optional() })

export const addAgencyInput = z.object({
  name: text(),
  code: optional(text(30)),
  parentId: optional(id),
  contactEmail: optional(email),
})
export const changeAgencyInput = addAgencyInput.extend({ id })
export const endAgencyInput = z.object({ id, on: civilDate })

export const addPointInput = z.object({
  agencyId: id,
  name: text(),
  kind: z.enum(POINT_KINDS, 'not_a_choice'),
  address: optional(text()),
})
export const endPointInput = z.object({ id, on: civilDate })

export const addPositionInput = z.object({ agencyId: id, name: text(), duty, headsAgency: checkbox })
export const changePositionInput = z.object({ id, name: text(), duty, headsAgency: checkbox })
export const endPositionInput = z.object({ id, on: civilDate })

/** An encargo is always between two dates; a titular may hold without end. */
export const addTenureInput = z
  .object({
    personId: id,
    positionId: id,
    kind: z.enum(['titular', 'encargado'], 'not_a_choice'),
    from: civilDate,
    to: optional(civilDate),
    actReference: text(),
  })
  .superRefine((value, context) => {
    if (value.kind === 'encargado' && value.to === null)
      context.addIssue({ code: 'custom', path: ['to'], message: 'encargo_needs_end' })
    if (value.to !== null && value.to < value.from)
      context.addIssue({ code: 'custom', path: ['to'], message: 'to_before_from' })
  })
/** `on` is the last day the tenure is in force. */
export const endTenureInput = z.object({ id, on: civilDate, actReference: text(), handTo: optional(id).optional() })

/** `extra`: a day that does not count (día cívico, suspensión de términos). `removed`: a holiday that does count. */
export const addCalendarDayInput = z.object({
  day: civilDate,
  kind: z.enum(['extra', 'removed'], 'not_a_choice'),
  name: text(),
  actReference: text(),
})
export const removeCalendarDayInput = z.object({ day: civilDate })

/** What was done about an incident, for whoever looks at it later. */
export const closeIncidentInput = z.object({ id, note: text(2000) })

const entity = {
  name: text(),
  shortName: text(80),
  divipola: z
    .string('missing')
    .trim()
    .regex(/^\d{5}$/, 'not_a_divipola'),
  nit: z
    .string('missing')
    .trim()
    .regex(/^\d{6,10}(-\d)?$/, 'not_a_nit')
    .refine((value) => completeNit(value) !== undefined, 'nit_digit')
    .transform((value) => completeNit(value) ?? value),
  slogan: optional(text()),
}
export const changeEntityInput = z.object(entity)
/** Smallest count the entity lets out; 5 or more (model.md §7). */
export const minimumCellInput = z.object({
  minimumCell: z.coerce
    .number('not_a_threshold')
    .int('not_a_threshold')
    .min(5, 'not_a_threshold')
    .max(1000, 'not_a_threshold'),
})
/** Whether whoever approves or administers has to have a second factor. */
export const factorPolicyInput = z.object({ requiresFactor: checkbox })
/** Who answers for data protection: the first has to be somebody, the second may be nobody. */
export const rightsDutiesInput = z.object({ firstDuty: duty, secondDuty: z.union([duty, z.literal('')]).default('') })
export const openAccountInput = z.object({ personId: id, email })
export const accountInput = z.object({ personId: id })
export const closeAccountInput = accountInput.extend({ handTo: optional(id).optional() })
/** A password with which an account is opened or renewed; a phrase is welcome. */
export const passwordInput = z.string('missing').min(12, 'password_short').max(128, 'password_long')
/** What the one-time set-up link asks for: the entity and its first administrator (model.md §1). */
export const installInput = z.object({
  ...entity,
  agencyName: text(),
  positionName: text(),
  actReference: text(),
  from: civilDate,
  administrator: z.object({ ...person, email }),
})

export type AddPerson = z.output<typeof addPersonInput>
export type ChangePerson = z.output<typeof changePersonInput>
export type AddAgency = z.output<typeof addAgencyInput>
export type ChangeAgency = z.output<typeof changeAgencyInput>
export type AddPoint = z.infer<typeof addPointInput>
export type AddPosition = z.output<typeof addPositionInput>
export type ChangePosition = z.output<typeof changePositionInput>
export type AddTenure = z.output<typeof addTenureInput>
export type EndPerson = z.output<typeof endPersonInput>
export type EndTenure = z.output<typeof endTenureInput>
export type AddCalendarDay = z.output<typeof addCalendarDayInput>
export type ChangeEntity = z.output<typeof changeEntityInput>
export type OpenAccount = z.output<typeof openAccountInput>
export type Install = z.output<typeof installInput>
/** Ending something: its row and the last day it holds. */
export interface End {
  id: string
  on: string
}
