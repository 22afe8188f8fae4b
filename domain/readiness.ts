/** What is missing in a step: the one function asked by the checklist of the page and by the guard of the submission. */
import { formDefinition } from '../catalog/forms/index.ts'
import {
  type Answers,
  activeAnswers,
  checkShape,
  type Field,
  type FormDefinition,
  type FormGroup,
  isActive,
  isMultiple,
  type ListField,
  listOf,
  type ReferenceOptions,
  type Row,
  rowsOf,
  type ScalarField,
  type ScalarValue,
} from './forms.ts'
import type { Missing, ReadinessContext } from './gaps.ts'
import type { StepCode } from './procedures.ts'
import { optionsFrom } from './references.ts'
import { STEP_RULES } from './step-rules.ts'

export type { FigureFact, Missing, ReadinessContext, SourceFact } from './gaps.ts'

export interface Progress {
  done: number
  total: number
  groups: { code: string; title: string; done: boolean; missing: Missing[] }[]
}

/** Everything that keeps a step from being submitted, in form order; empty means it may be submitted (S1.14–S1.20). */
export function missingIn(
  stepCode: StepCode,
  answers: Answers,
  context: ReadinessContext = {},
  formVersion?: number,
): Missing[] {
  const definition = formDefinition(stepCode, formVersion)
  const malformed = malformedIn(definition, answers)
  if (malformed.length > 0) return malformed
  const required = requiredIn(definition, answers)
  // A rule between rows speaks only of groups whose own blanks are filled: the first gap is named once, not twice.
  const blank = new Set(required.map((one) => one.group))
  const active = activeAnswers(definition, answers)
  const ruled = [
    ...danglingIn(definition, active, context),
    ...STEP_RULES[stepCode].flatMap((rule) => rule(active, context)),
  ]
  return inFormOrder(definition, [...required, ...ruled.filter((one) => !blank.has(one.group))])
}

/** Groups done and to do, for the checklist beside the form. */
export function progressOf(
  stepCode: StepCode,
  answers: Answers,
  context: ReadinessContext = {},
  formVersion?: number,
): Progress {
  const gaps = missingIn(stepCode, answers, context, formVersion)
  const groups = formDefinition(stepCode, formVersion).groups.map(({ code, title }) => {
    const missing = gaps.filter((one) => one.group === code)
    return { code, title, done: missing.length === 0, missing }
  })
  return { done: groups.filter((group) => group.done).length, total: groups.length, groups }
}

function malformedIn(definition: FormDefinition, answers: Answers): Missing[] {
  const shape = checkShape(definition, answers)
  if (shape.ok) return []
  return shape.errors.map(({ path, message }) => {
    const [group = '', field = ''] = path.split(/[.[]/)
    return { group, field, path, message }
  })
}

function requiredIn(definition: FormDefinition, answers: Answers): Missing[] {
  return definition.groups.flatMap((group) => {
    const values = answers[group.code] ?? {}
    return group.fields
      .filter((field) => isActive(field, values))
      .flatMap((field) => {
        const at = { group: group.code, field: field.code, path: `${group.code}.${field.code}` }
        if (field.kind === 'list') return missingRows(field, rowsOf(answers, group.code, field.code), at)
        const message = blankOrWrong(field, values[field.code] as ScalarValue | undefined)
        return message ? [{ ...at, message }] : []
      })
  })
}

function missingRows(list: ListField, rows: Row[], at: Omit<Missing, 'message'>): Missing[] {
  const min = list.min ?? (list.required ? 1 : 0)
  if (rows.length < min) return [{ ...at, message: list.ask ?? `Agregue al menos ${min} en «${list.label}».` }]
  return rows.flatMap((row, i) =>
    list.fields
      .filter((field) => isActive(field, row))
      .flatMap((field) => {
        const message = blankOrWrong(field, row[field.code])
        const path = `${at.path}[${i}].${field.code}`
        return message ? [{ ...at, path, message: `${list.itemTitle} ${i + 1}: ${message}` }] : []
      }),
  )
}

function blankOrWrong(field: ScalarField, value: ScalarValue | undefined): string | null {
  const blank = listOf(value).every((one) => one.trim() === '')
  if (field.required && blank) return field.ask ?? defaultAsk(field)
  if (field.kind === 'yesno' && field.mustBe && value !== field.mustBe)
    return `Corrija antes de enviar: ${field.label}.`
  return null
}

function defaultAsk(field: Field): string {
  if (field.kind === 'yesno') return `Conteste sí o no: «${field.label}».`
  if (field.kind === 'radio' || field.kind === 'select' || isMultiple(field))
    return `Elija una opción en «${field.label}».`
  return `Escriba «${field.label}».`
}

/** References to rows, sources or agencies that exist no longer; only where the options are known. */
function danglingIn(definition: FormDefinition, answers: Answers, context: ReadinessContext): Missing[] {
  const known = optionsFrom(
    { ...context.upstream, [definition.stepCode]: answers },
    context.agencies ? { agencies: context.agencies.map((code) => ({ code, label: code })) } : {},
  )
  return definition.groups.flatMap((group) =>
    group.fields.flatMap((field) => danglingField(group, field, answers, known)),
  )
}

function danglingField(group: FormGroup, field: Field, answers: Answers, known: ReferenceOptions): Missing[] {
  const at = { group: group.code, field: field.code, path: `${group.code}.${field.code}` }
  if (field.kind !== 'list') {
    const gone = isDangling(field, answers[group.code]?.[field.code] as ScalarValue | undefined, known)
    return gone ? [{ ...at, message: `Elija de nuevo en «${field.label}»: una opción ya no existe.` }] : []
  }
  return rowsOf(answers, group.code, field.code).flatMap((row, i) =>
    field.fields
      .filter((cell) => isDangling(cell, row[cell.code], known))
      .map((cell) => ({
        ...at,
        path: `${at.path}[${i}].${cell.code}`,
        message: `${field.itemTitle} ${i + 1}: elija de nuevo en «${cell.label}», la opción ya no existe.`,
      })),
  )
}

function isDangling(field: ScalarField, value: ScalarValue | undefined, known: ReferenceOptions): boolean {
  if (field.kind !== 'reference') return false
  const options = known[field.source]
  // Nothing to choose from is the gap of the group that should offer it, named there.
  if (!options || options.length === 0) return false
  return listOf(value).some((code) => code !== '' && !options.some((option) => option.code === code))
}

function inFormOrder(definition: FormDefinition, gaps: Missing[]): Missing[] {
  const place = (one: Missing) => definition.groups.findIndex((group) => group.code === one.group)
  return gaps
    .map((one, i) => ({ one, i }))
    .sort((a, b) => place(a.one) - place(b.one) || a.i - b.i)
    .map(({ one }) => one)
}
