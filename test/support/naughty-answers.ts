/** Answers of a step's form with a string of any kind in every field that takes text, whatever the form is. */
import {
  type Answers,
  emptyAnswers,
  emptyRow,
  type FormDefinition,
  type GroupAnswers,
  isMultiple,
  type Row,
  rowsOf,
  type ScalarField,
  type TextField,
} from '../../domain/forms.ts'
import { docFromPlain, storedRich } from '../../domain/rich-text.ts'
import { shortened } from './naughty.ts'

export interface TypedText {
  /** `grupo.campo`, or `grupo.lista.campo`. */
  path: string
  text: string
}

/** Fields of free text: what has a form of its own (an address, a code) is checked against that form. */
export function isFreeText(field: { kind: string; format?: string }): field is TextField {
  return ['text', 'longtext', 'richtext'].includes(field.kind) && field.format === undefined
}

/**
 * `strings` one after another over all the text fields, and the rest empty, except what fields wait for: of the values a
 * field may wait for, the one numbered `variant` is chosen. Answers also what was typed where.
 */
export function naughtyAnswers(form: FormDefinition, strings: readonly string[], variant = 0) {
  const typed: TypedText[] = []
  const type = (path: string, field: TextField): string => {
    const text = shortened(strings[typed.length % strings.length] ?? '', field.maxLength ?? Number.POSITIVE_INFINITY)
    typed.push({ path, text })
    return field.kind === 'richtext' ? storedRich(docFromPlain(text)) : text
  }
  const answers: Answers = emptyAnswers(form)
  for (const { code, fields } of form.groups) {
    const group = answers[code] as GroupAnswers
    for (const field of fields) {
      const path = `${code}.${field.code}`
      if (field.kind === 'list') {
        const row: Row = emptyRow(field, 'f1')
        for (const cell of field.fields) if (isFreeText(cell)) row[cell.code] = type(`${path}.${cell.code}`, cell)
        group[field.code] = [{ ...row, ...waitedFor(field.fields, variant) }]
      } else if (isFreeText(field)) group[field.code] = type(path, field)
    }
    Object.assign(
      group,
      waitedFor(
        fields.filter((field) => field.kind !== 'list'),
        variant,
      ),
    )
  }
  return { answers, typed }
}

/** Whose text has a grammar of its own. */
const GRAMMAR = ['regla', 'filtro', 'valores', 'etiquetas']

/** The same answers, in which every free text that says something says `text` instead. */
export function saying(form: FormDefinition, answers: Answers, text: string): Answers {
  const said = (field: TextField) => (field.kind === 'richtext' ? storedRich(docFromPlain(text)) : text)
  const changes = ({ code, ...field }: ScalarField, value: unknown): boolean =>
    isFreeText(field) && !GRAMMAR.includes(code) && typeof value === 'string' && value !== ''
  const changed = structuredClone(answers)
  for (const { code, fields } of form.groups)
    for (const field of fields) {
      const group = changed[code] as GroupAnswers
      if (field.kind !== 'list') {
        if (changes(field, group[field.code])) group[field.code] = said(field as TextField)
        continue
      }
      for (const row of rowsOf(changed, code, field.code))
        for (const cell of field.fields) if (changes(cell, row[cell.code])) row[cell.code] = said(cell as TextField)
    }
  return changed
}

/** Of the fields that others wait for, a value that lets some of them in. */
function waitedFor(fields: readonly ScalarField[], variant: number): Record<string, string | string[]> {
  const chosen: Record<string, string | string[]> = {}
  for (const field of fields) {
    const waiting = fields.filter((one) => one.when?.field === field.code)
    const values = [...new Set(waiting.flatMap(({ when }) => when?.equals ?? []))]
    const value = values[variant % values.length]
    if (value !== undefined && !isFreeText(field)) chosen[field.code] = isMultiple(field) ? [value] : value
  }
  return chosen
}
