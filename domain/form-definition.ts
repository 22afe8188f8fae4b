/** The form of a step as data, and the shape of its answers. */
import type { StepCode } from './procedures.ts'

export interface Choice {
  code: string
  label: string
  /** Heading under which a long list shows it. */
  group?: string
}

/** Where a reference takes its options from at run time; see `optionsFrom` in references.ts. */
export const REFERENCE_SOURCES = [
  'sources',
  'variables',
  'figures',
  'agencies',
  'objectives',
  'sectors',
  'segments',
  'columns',
  'maps',
  'duties',
] as const
export type ReferenceSource = (typeof REFERENCE_SOURCES)[number]
export type ReferenceOptions = Partial<Record<ReferenceSource, readonly Choice[]>>

interface FieldBase {
  code: string
  label: string
  help?: string
  required?: boolean
  /** Shown and required only while a sibling (same group or same row) holds one of these values. */
  when?: { field: string; equals: string | readonly string[] }
  /** Sentence used when it is missing; without it one is made from the label. */
  ask?: string
  /** Came to a form already in use: content without an answer to it is frozen, hashed and shown as before. */
  addedLater?: true
}

export interface TextField extends FieldBase {
  /** `richtext` holds a document of rich-text.ts as JSON. */
  kind: 'text' | 'longtext' | 'richtext'
  maxLength?: number
  format?: 'email' | 'code'
  /** What is typed may carry personal data: it never leaves the step (no mail, no public page). */
  sensitiveText?: boolean
}

export interface NumberField extends FieldBase {
  kind: 'number' | 'integer'
  min?: number
  max?: number
}

export interface DateField extends FieldBase {
  kind: 'date'
}

export interface YesNoField extends FieldBase {
  kind: 'yesno'
  /** The only answer with which the step can be submitted. */
  mustBe?: 'si'
}

export interface ChoiceField extends FieldBase {
  kind: 'radio' | 'select' | 'checkboxes'
  choices: readonly Choice[]
}

export interface ReferenceField extends FieldBase {
  kind: 'reference'
  source: ReferenceSource
  multiple?: boolean
}

export type ScalarField = TextField | NumberField | DateField | YesNoField | ChoiceField | ReferenceField

export interface ListField extends FieldBase {
  kind: 'list'
  /** Heading of one row, for example "Objetivo específico"; its number is added. */
  itemTitle: string
  min?: number
  max?: number
  fields: readonly ScalarField[]
}

export type Field = ScalarField | ListField

export interface FormGroup {
  code: string
  title: string
  help?: string
  /** Line of the procedure the group comes from, for example "MM-GAC-P-008 v2, actividad 1". */
  source?: string
  fields: readonly Field[]
}

/** Whatever is made of groups of fields: the form of a step, or one with which citizens' data are captured. */
export interface FieldGroups {
  groups: readonly FormGroup[]
}

export interface FormDefinition extends FieldGroups {
  stepCode: StepCode
  version: number
}

/** A scalar is a string as typed ('' when empty), several choices an array; a row keeps its `id` for life. */
export type ScalarValue = string | string[]
export type Row = { id: string } & Record<string, ScalarValue>
export type GroupAnswers = Record<string, ScalarValue | Row[]>
export type Answers = Record<string, GroupAnswers>

export const MAX_ROWS = 200

export function isMultiple(field: Field): boolean {
  return field.kind === 'checkboxes' || (field.kind === 'reference' && field.multiple === true)
}

/** The text of an answer; empty for anything else. */
export function textOf(value: ScalarValue | Row[] | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** The choices of an answer; a single one counts as a list. */
export function listOf(value: ScalarValue | Row[] | undefined): string[] {
  if (Array.isArray(value)) return value.filter((one): one is string => typeof one === 'string')
  return value ? [value] : []
}

/** Rows of a list; none while it has not been answered. */
export function rowsOf(answers: Answers | undefined, group: string, field: string): Row[] {
  const value = answers?.[group]?.[field]
  return Array.isArray(value) ? value.filter((one): one is Row => typeof one === 'object') : []
}

export function answerText(answers: Answers | undefined, group: string, field: string): string {
  return textOf(answers?.[group]?.[field])
}

export function answerList(answers: Answers | undefined, group: string, field: string): string[] {
  return listOf(answers?.[group]?.[field])
}

/** Every field of the definition with nothing in it. */
export function emptyAnswers(definition: FieldGroups): Answers {
  return Object.fromEntries(
    definition.groups.map((group) => [
      group.code,
      Object.fromEntries(group.fields.map((field) => [field.code, field.kind === 'list' ? [] : emptyScalar(field)])),
    ]),
  )
}

/** A row of a list with nothing in it. The id must be new for the life of the step: other steps may refer to it. */
export function emptyRow(list: ListField, id: string): Row {
  return { ...Object.fromEntries(list.fields.map((field) => [field.code, emptyScalar(field)])), id } as Row
}

export function emptyScalar(field: Field): ScalarValue {
  return isMultiple(field) ? [] : ''
}

export function findField(definition: FieldGroups, group: string, field: string): Field | undefined {
  return definition.groups.find((one) => one.code === group)?.fields.find((one) => one.code === field)
}

/** A new list with one more empty row; the caller brings the id (unique for the life of the step). */
export function withRowAdded(definition: FormDefinition, answers: Answers, path: string, id: string): Answers {
  return withRows(definition, answers, path, (rows, list) => [...rows, emptyRow(list, id)])
}

/** A new list without the row; nothing changes where there is none of that id. */
export function withRowRemoved(definition: FormDefinition, answers: Answers, path: string, id: string): Answers {
  return withRows(definition, answers, path, (rows) => rows.filter((row) => row.id !== id))
}

function withRows(
  definition: FormDefinition,
  answers: Answers,
  path: string,
  change: (rows: Row[], list: ListField) => Row[],
): Answers {
  const [group = '', code = ''] = path.split('.')
  const field = findField(definition, group, code)
  if (field?.kind !== 'list') return answers
  return { ...answers, [group]: { ...answers[group], [code]: change(rowsOf(answers, group, code), field) } }
}

/** Whether a conditional field is in play, given its siblings. */
export function isActive(field: Field, siblings: Record<string, ScalarValue | Row[]>): boolean {
  if (!field.when) return true
  const wanted = typeof field.when.equals === 'string' ? [field.when.equals] : field.when.equals
  return listOf(siblings[field.when.field]).some((value) => wanted.includes(value))
}

/** Answers without what belongs to conditions not met: the content that is frozen, hashed and shown. */
export function activeAnswers(definition: FieldGroups, answers: Answers): Answers {
  const kept = emptyAnswers(definition)
  for (const { code, fields } of definition.groups) {
    const typed = { ...kept[code], ...answers[code] }
    const group: GroupAnswers = {}
    for (const field of fields) {
      if (!isActive(field, typed)) continue
      group[field.code] =
        field.kind === 'list'
          ? activeRows(field, rowsOf(answers, code, field.code))
          : (typed[field.code] ?? emptyScalar(field))
    }
    kept[code] = group
  }
  return kept
}

function activeRows(list: ListField, rows: Row[]): Row[] {
  return rows.map((row) => {
    const fields = list.fields.filter(
      (field) => isActive(field, row) && !(field.addedLater && isUnanswered(row, field)),
    )
    return {
      ...Object.fromEntries(fields.map((field) => [field.code, row[field.code] ?? emptyScalar(field)])),
      id: row.id,
    } as Row
  })
}

const isUnanswered = (row: Row, { code }: Field) => listOf(row[code]).length === 0
