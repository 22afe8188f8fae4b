/** Answers as a person reads them: review page, frozen snapshot, and the difference between two versions. */
import { dateInWords } from '../catalog/day-words.ts'
import { YES_NO } from '../catalog/value-words.ts'
import {
  type Answers,
  activeAnswers,
  type FormDefinition,
  listOf,
  type ReferenceOptions,
  type Row,
  rowsOf,
  type ScalarField,
  type ScalarValue,
  textOf,
} from './form-definition.ts'
import { plainText, type RichDoc, richOf } from './rich-text.ts'

export interface ReviewLine {
  /** Group title, and the code observations are filed under. */
  group: string
  groupCode: string
  label: string
  /** As shown: labels instead of codes, choices joined; '' when not answered. */
  value: string
  /** The whole of a rich text, of which `value` has the words. */
  doc?: RichDoc
  /** Name of its input, for a link to it. */
  path: string
  /** Stable across reorderings: `grupo.lista[id].campo`. */
  key: string
}

/** Every active field in order with what was answered, for review page, frozen snapshot and difference. */
export function flattenForReview(
  definition: FormDefinition,
  answers: Answers,
  options: ReferenceOptions = {},
): ReviewLine[] {
  const lines: ReviewLine[] = []
  const active = activeAnswers(definition, answers)
  for (const group of definition.groups) {
    const about = { group: group.title, groupCode: group.code }
    const values = active[group.code] ?? {}
    for (const field of group.fields.filter((one) => one.code in values)) {
      const path = `${group.code}.${field.code}`
      if (field.kind !== 'list') {
        lines.push({
          ...about,
          label: field.label,
          value: shownValue(field, values[field.code], options),
          path,
          key: path,
        })
        continue
      }
      rowsOf(active, group.code, field.code).forEach((row, i) => {
        for (const cell of field.fields.filter((one) => one.code in row)) {
          lines.push({
            ...about,
            label: `${field.itemTitle} ${i + 1} · ${cell.label}`,
            value: shownValue(cell, row[cell.code], options),
            path: `${path}[${i}].${cell.code}`,
            key: `${path}[${row.id}].${cell.code}`,
          })
        }
      })
    }
  }
  return lines
}

/** A typed value as a person reads it: labels instead of codes, choices joined. */
export function shownValue(
  field: ScalarField,
  value: ScalarValue | Row[] | undefined,
  options: ReferenceOptions,
): string {
  if (field.kind === 'yesno') return YES_NO.find((choice) => choice.code === value)?.label ?? ''
  if (field.kind === 'richtext') return plainText(richOf(textOf(value))).trim()
  if (field.kind === 'date') return dateInWords(textOf(value as ScalarValue))
  const choices = field.kind === 'reference' ? options[field.source] : 'choices' in field ? field.choices : undefined
  if (!choices) return listOf(value).join('; ')
  const labels = listOf(value).map((code) => choices.find((choice) => choice.code === code)?.label ?? code)
  return labels.map((label, i) => (i < labels.length - 1 ? label.replace(/\.$/, '') : label)).join('; ')
}

export interface Change {
  group: string
  groupCode: string
  label: string
  path: string
  before: string
  after: string
}

/** What differs between two answers of one definition, in form order; removed rows come last. */
export function changesBetween(
  definition: FormDefinition,
  before: Answers,
  after: Answers,
  options: ReferenceOptions = {},
): Change[] {
  const old = new Map(flattenForReview(definition, before, options).map((line) => [line.key, line]))
  const current = flattenForReview(definition, after, options)
  const changed = current.map((line) => change(line, old.get(line.key)?.value ?? '', line.value))
  const keys = new Set(current.map((line) => line.key))
  const gone = [...old.values()].filter((line) => !keys.has(line.key)).map((line) => change(line, line.value, ''))
  return [...changed, ...gone].filter((one) => one.before !== one.after)
}

function change(line: ReviewLine, before: string, after: string): Change {
  return { group: line.group, groupCode: line.groupCode, label: line.label, path: line.path, before, after }
}
