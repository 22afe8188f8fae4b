/** What is missing in a step: the one function asked by the checklist of the page and by the guard of the submission. */
import { formDefinition } from '../catalog/forms/index.ts'
import {
  type Answers,
  activeAnswers,
  checkShape,
  type Facts,
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
import type { GapCode, Missing, ReadinessContext } from './gaps.ts'
import type { StepCode } from './procedures.ts'
import { optionsFrom } from './references.ts'
import { STEP_RULES } from './step-rules.ts'

export type { FigureFact, Missing, ReadinessContext, SourceFact } from './gaps.ts'

type Place = Pick<Missing, 'group' | 'field' | 'path'>
type Gap = Pick<Missing, 'code' | 'facts'>

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
  return shape.errors.map(({ path, code, facts }) => {
    const [group = '', field = ''] = path.split(/[.[]/)
    return { group, field, path, code, facts }
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
        const gap = blankOrWrong(field, values[field.code] as ScalarValue | undefined)
        return gap ? [{ ...at, ...gap }] : []
      })
  })
}

function missingRows(list: ListField, rows: Row[], at: Place): Missing[] {
  const min = list.min ?? (list.required ? 1 : 0)
  if (rows.length < min) return [{ ...at, ...asking(list, 'too_few_rows', { min }) }]
  return rows.flatMap((row, i) =>
    list.fields
      .filter((field) => isActive(field, row))
      .flatMap((field) => {
        const gap = blankOrWrong(field, row[field.code])
        const path = `${at.path}[${i}].${field.code}`
        return gap ? [{ ...at, path, ...inItem(list, i, gap) }] : []
      }),
  )
}

function blankOrWrong(field: ScalarField, value: ScalarValue | undefined): Gap | null {
  const blank = listOf(value).every((one) => one.trim() === '')
  if (field.required && blank) return asking(field, blankCode(field))
  if (field.kind === 'yesno' && field.mustBe && value !== field.mustBe)
    return { code: 'must_be_yes', facts: { label: field.label } }
  return null
}

function blankCode(field: Field): GapCode {
  if (field.kind === 'yesno') return 'unanswered'
  return field.kind === 'radio' || field.kind === 'select' || isMultiple(field) ? 'unchosen' : 'unwritten'
}

/** The form's own words where it has some, which are part of the catalogue. */
function asking(field: Field, code: GapCode, facts: Facts = {}): Gap {
  return field.ask ? { code: 'asked', facts: { ask: field.ask } } : { code, facts: { label: field.label, ...facts } }
}

/** Names the row a gap is in, for example «Objetivo específico 2». */
function inItem(list: ListField, index: number, { code, facts }: Gap): Gap {
  return { code, facts: { ...facts, item: list.itemTitle, row: index + 1 } }
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
    return gone ? [{ ...at, code: 'option_gone', facts: { label: field.label } }] : []
  }
  return rowsOf(answers, group.code, field.code).flatMap((row, i) =>
    field.fields
      .filter((cell) => isDangling(cell, row[cell.code], known))
      .map((cell) => ({
        ...at,
        path: `${at.path}[${i}].${cell.code}`,
        ...inItem(field, i, { code: 'cell_option_gone', facts: { label: cell.label } }),
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
