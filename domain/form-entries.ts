/** Answers to and from the entries of an HTML form, named `grupo.campo` and `grupo.lista[0].campo`. */
import {
  type Answers,
  emptyAnswers,
  emptyRow,
  type FieldGroups,
  type FormDefinition,
  findField,
  type GroupAnswers,
  isMultiple,
  type ListField,
  listOf,
  type Row,
  rowsOf,
  type ScalarField,
  type ScalarValue,
} from './form-definition.ts'
import { sentNotation, storedFromNotation } from './rich-notation.ts'

/** What a plain field of rich text holds and sends is its notation (rich-notation.ts). */
const wired = (field: ScalarField, value: string) => (field.kind === 'richtext' ? sentNotation(value) : value)

const NAME = /^([a-z0-9_]+)\.([a-z0-9_]+)(?:\[(\d{1,4})\]\.([a-z0-9_]+))?$/

/** Reads form entries into answers; names the definition does not know are ignored, rows keep the order of their index. */
export function answersFromEntries(definition: FieldGroups, entries: Iterable<readonly [string, string]>): Answers {
  const answers = emptyAnswers(definition)
  const rows = new Map<string, Map<number, Map<string, string[]>>>()
  for (const [name, typed] of entries) {
    const [, groupCode = '', fieldCode = '', index, cell] = NAME.exec(name) ?? []
    const field = findField(definition, groupCode, fieldCode)
    const group = answers[groupCode]
    if (!field || !group) continue
    // The wire turns every line break into CRLF (multipart/form-data); what was typed is LF.
    const value = typed.replaceAll('\r\n', '\n')
    if (field.kind !== 'list') putScalar(group, field, field.kind === 'richtext' ? storedFromNotation(value) : value)
    else if (index !== undefined && cell !== undefined)
      collect(rows, `${groupCode}.${fieldCode}`, Number(index), cell, value)
  }
  for (const [path, byIndex] of rows) {
    const [groupCode = '', fieldCode = ''] = path.split('.')
    const list = findField(definition, groupCode, fieldCode) as ListField
    const group = answers[groupCode]
    if (group) group[fieldCode] = rowsFrom(list, byIndex)
  }
  return answers
}

function putScalar(group: GroupAnswers, field: ScalarField, value: string): void {
  if (!isMultiple(field)) group[field.code] = value
  else if (value !== '') group[field.code] = [...listOf(group[field.code]), value]
}

function collect(
  rows: Map<string, Map<number, Map<string, string[]>>>,
  path: string,
  index: number,
  cell: string,
  value: string,
): void {
  const byIndex = rows.get(path) ?? new Map<number, Map<string, string[]>>()
  const cells = byIndex.get(index) ?? new Map<string, string[]>()
  cells.set(cell, [...(cells.get(cell) ?? []), value])
  byIndex.set(index, cells)
  rows.set(path, byIndex)
}

function rowsFrom(list: ListField, byIndex: Map<number, Map<string, string[]>>): Row[] {
  const rows: Row[] = []
  for (const [, cells] of [...byIndex].sort(([a], [b]) => a - b)) {
    const typedId = cells.get('id')?.at(-1) ?? ''
    const row = emptyRow(list, isRowId(typedId, rows) ? typedId : nextRowId(rows, byIndex))
    for (const field of list.fields) {
      const values = cells.get(field.code) ?? []
      if (isMultiple(field)) row[field.code] = values.filter((value) => value !== '')
      else row[field.code] = values.at(-1) ?? ''
    }
    rows.push(row)
  }
  return rows
}

function isRowId(id: string, rows: Row[]): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(id) && !rows.some((row) => row.id === id)
}

/** Lowest unused `fN`, for a form sent without JavaScript whose new row carries no id. */
function nextRowId(rows: Row[], byIndex: Map<number, Map<string, string[]>>): string {
  const used = new Set([
    ...rows.map((row) => row.id),
    ...[...byIndex.values()].flatMap((cells) => cells.get('id') ?? []),
  ])
  let n = 1
  while (used.has(`f${n}`)) n += 1
  return `f${n}`
}

/** The inverse of `answersFromEntries`: what the inputs of the page hold. */
export function entriesOf(definition: FormDefinition, answers: Answers): [string, string][] {
  const entries: [string, string][] = []
  const put = (name: string, field: ScalarField, value: ScalarValue | undefined) => {
    for (const one of Array.isArray(value) ? value : [value ?? '']) entries.push([name, wired(field, one)])
  }
  for (const { code, fields } of definition.groups) {
    for (const field of fields) {
      if (field.kind !== 'list')
        put(`${code}.${field.code}`, field, answers[code]?.[field.code] as ScalarValue | undefined)
      else {
        rowsOf(answers, code, field.code).forEach((row, i) => {
          const prefix = `${code}.${field.code}[${i}]`
          entries.push([`${prefix}.id`, row.id])
          for (const cell of field.fields) put(`${prefix}.${cell.code}`, cell, row[cell.code])
        })
      }
    }
  }
  return entries
}
