/** What exactly an approval signs: the content of a step version in the form its hash is taken of (model.md §2). */

import {
  type Answers,
  type FormDefinition,
  findField,
  type GroupAnswers,
  type Row,
  type ScalarValue,
} from './form-definition.ts'
import type { StepCode } from './procedures.ts'
import { normalizedRich, parseRich } from './rich-text.ts'

export interface FrozenContent {
  schema: 1
  entity: string
  cycle: string
  step: StepCode
  procedure: string
  /** Content hash of the procedure version: roles, terms, rules and required content. */
  procedureHash: string
  form: number
  answers: Answers
  /** Version of the catalogue the variable codes among the answers belong to. */
  variables: number
  /** SHA-256 of attachments and of release files, sorted. */
  files: string[]
  /** SHA-256 of the snapshots of the sources in use, sorted. */
  snapshots: string[]
  /** Hash of each upstream step version it builds on. */
  builtOn: Partial<Record<StepCode, string>>
}

/** For the hash only: NFC, trimmed, runs of spaces and tabs collapsed, line breaks kept. What was typed stays as typed. */
export function normalizedText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').trim())
    .join('\n')
    .trim()
}

/** Rich text is normalized block by block; every other text as it stands. */
export function normalizedAnswers(definition: FormDefinition, answers: Answers): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([group, values]) => [
      group,
      Object.fromEntries(
        Object.entries(values).map(([code, value]) => {
          const isRich = findField(definition, group, code)?.kind === 'richtext'
          return [code, isRich ? normalizedDocument(value) : normalizedValue(value)]
        }),
      ),
    ]),
  )
}

function normalizedDocument(value: ScalarValue | Row[]): ScalarValue | Row[] {
  const doc = typeof value === 'string' ? parseRich(value) : null
  return doc ? JSON.stringify(normalizedRich(doc)) : normalizedValue(value)
}

function normalizedGroup(values: GroupAnswers): GroupAnswers {
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, normalizedValue(value)]))
}

function normalizedValue(value: ScalarValue | Row[]): ScalarValue | Row[] {
  if (typeof value === 'string') return normalizedText(value)
  return value.map((one) => (typeof one === 'string' ? normalizedText(one) : normalizedRow(one))) as string[] | Row[]
}

function normalizedRow(row: Row): Row {
  return normalizedGroup(row) as Row
}
