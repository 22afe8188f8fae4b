/**
 * Two versions of one draft, field by field (A7, experience.md 18): what each person changed since both began, and the
 * draft that follows from what was chosen. Rows of lists are the same row while they have the same id.
 */
import {
  type Answers,
  emptyRow,
  type FormDefinition,
  type ListField,
  listOf,
  type ReferenceOptions,
  type Row,
  rowsOf,
  type ScalarField,
  type ScalarValue,
} from './form-definition.ts'
import { shownValue } from './form-review.ts'

/** `mia`: what the person typed; `guardada`: what stands saved; `ambas`: one text after the other. */
export const MERGE_CHOICES = ['mia', 'guardada', 'ambas'] as const
export type MergeChoice = (typeof MERGE_CHOICES)[number]

export interface Difference {
  /** `grupo.campo`, `grupo.lista[id].celda`, or `grupo.lista[id]` for a row only one of them has. */
  key: string
  group: string
  groupCode: string
  label: string
  /** As a person reads it; '' when not answered or, for a row, when it is not there. */
  mine: string
  theirs: string
  /** Both changed it since they began, or nobody knows. */
  both: boolean
  /** Suggested: what only one of them changed stays changed. */
  choice: MergeChoice
  /** Whether both texts can be kept, one after the other. */
  joinable: boolean
}

interface Sides {
  /** What both began from; null when it is not known any more. */
  base: Answers | null
  mine: Answers
  theirs: Answers
}

/** Everything in which two drafts differ, in form order. */
export function differencesBetween(
  definition: FormDefinition,
  sides: Sides,
  options: ReferenceOptions = {},
): Difference[] {
  return definition.groups.flatMap((group) => {
    const about = { group: group.title, groupCode: group.code }
    return group.fields.flatMap((field) => {
      const key = `${group.code}.${field.code}`
      if (field.kind === 'list') return listDifferences(field, key, sides, options).map((one) => ({ ...about, ...one }))
      const at = (answers: Answers | null) => answers?.[group.code]?.[field.code] as ScalarValue | undefined
      const found = scalarDifference(field, [at(sides.base), at(sides.mine), at(sides.theirs)], sides, options)
      return found ? [{ ...about, ...found, key, label: field.label }] : []
    })
  })
}

/** The draft that follows; what no choice names stays as the person typed it. */
export function mergedBy(
  definition: FormDefinition,
  { mine, theirs }: Pick<Sides, 'mine' | 'theirs'>,
  choiceOf: (key: string) => MergeChoice | null,
): Answers {
  const groups = definition.groups.map((group) => {
    const fields = group.fields.map((field) => {
      const key = `${group.code}.${field.code}`
      if (field.kind === 'list') {
        const sides = { mine: rowsOf(mine, group.code, field.code), theirs: rowsOf(theirs, group.code, field.code) }
        return [field.code, mergedRows(field, key, sides, choiceOf)] as const
      }
      const at = (answers: Answers) => answers[group.code]?.[field.code] as ScalarValue | undefined
      return [field.code, chosen(field, at(mine), at(theirs), choiceOf(key))] as const
    })
    return [group.code, Object.fromEntries(fields)] as const
  })
  return Object.fromEntries(groups)
}

/** What stands at a key, to tell who changed it last; '' where there is nothing. */
export function contentAt(answers: Answers, key: string): string {
  const [, group = '', field = '', row, cell] = /^([^.]+)\.([^.[]+)(?:\[([^\]]+)\](?:\.(.+))?)?$/.exec(key) ?? []
  if (row === undefined) return JSON.stringify(answers[group]?.[field] ?? '')
  const found = rowsOf(answers, group, field).find((one) => one.id === row)
  if (!found) return ''
  return JSON.stringify(cell === undefined ? found : (found[cell] ?? ''))
}

type Found = Omit<Difference, 'group' | 'groupCode'>

function scalarDifference(
  field: ScalarField,
  [was, mine, theirs]: (ScalarValue | undefined)[],
  { base }: Sides,
  options: ReferenceOptions,
): Omit<Found, 'key' | 'label'> | null {
  if (isSame(mine, theirs)) return null
  const mineMoved = base === null || !isSame(was, mine)
  const theirsMoved = base === null || !isSame(was, theirs)
  const isText = field.kind === 'text' || field.kind === 'longtext'
  return {
    mine: shownValue(field, mine, options),
    theirs: shownValue(field, theirs, options),
    both: mineMoved && theirsMoved,
    choice: mineMoved ? 'mia' : 'guardada',
    joinable: isText && field.format === undefined && filled(mine) && filled(theirs),
  }
}

function listDifferences(list: ListField, key: string, sides: Sides, options: ReferenceOptions): Found[] {
  const [group = '', field = ''] = key.split('.')
  const [base, mine, theirs] = [sides.base ?? {}, sides.mine, sides.theirs].map((one) => rowsOf(one, group, field))
  const ids = [...new Set([...(theirs ?? []), ...(mine ?? [])].map((row) => row.id))]
  return ids.flatMap((id, i) => {
    const [was, own, other] = [base, mine, theirs].map((rows) => rows?.find((row) => row.id === id))
    const title = `${list.itemTitle} ${i + 1}`
    if (!own || !other)
      return [rowDifference(list, { key: `${key}[${id}]`, title }, { was, own, other }, sides, options)]
    return list.fields.flatMap((cell) => {
      const found = scalarDifference(cell, [was?.[cell.code], own[cell.code], other[cell.code]], sides, options)
      return found ? [{ ...found, key: `${key}[${id}].${cell.code}`, label: `${title} · ${cell.label}` }] : []
    })
  })
}

/** A row only one of them has: added by that one, or taken out by the other. */
function rowDifference(
  list: ListField,
  { key, title }: { key: string; title: string },
  { was, own, other }: { was?: Row; own?: Row; other?: Row },
  { base }: Sides,
  options: ReferenceOptions,
): Found {
  const shown = (row: Row | undefined) =>
    row
      ? list.fields
          .map((cell) => ({ label: cell.label, value: shownValue(cell, row[cell.code], options) }))
          .filter(({ value }) => value !== '')
          .map(({ label, value }) => `${label}: ${value}`)
          .join('\n')
      : ''
  const standing = own ?? other
  // Whoever still has a row that both began with, unchanged, did not decide anything: the other took it out.
  const untouched = was !== undefined && list.fields.every((cell) => isSame(was[cell.code], standing?.[cell.code]))
  const keeper = own ? 'mia' : 'guardada'
  const leaver = own ? 'guardada' : 'mia'
  return {
    ...{ key, label: title, mine: shown(own), theirs: shown(other), joinable: false },
    both: base === null || (was !== undefined && !untouched),
    choice: untouched ? leaver : keeper,
  }
}

function mergedRows(
  list: ListField,
  key: string,
  { mine, theirs }: { mine: Row[]; theirs: Row[] },
  choiceOf: (key: string) => MergeChoice | null,
): Row[] {
  const ids = [...new Set([...theirs, ...mine].map((row) => row.id))]
  return ids.flatMap((id) => {
    const [own, other] = [mine, theirs].map((rows) => rows.find((row) => row.id === id))
    if (!own || !other) {
      const kept = choiceOf(`${key}[${id}]`) === 'guardada' ? other : own
      return kept ? [kept] : []
    }
    const row = emptyRow(list, id)
    for (const cell of list.fields)
      row[cell.code] = chosen(cell, own[cell.code], other[cell.code], choiceOf(`${key}[${id}].${cell.code}`))
    return [row]
  })
}

function chosen(
  field: ScalarField,
  mine: ScalarValue | undefined,
  theirs: ScalarValue | undefined,
  choice: MergeChoice | null,
): ScalarValue {
  const none = field.kind === 'checkboxes' || (field.kind === 'reference' && field.multiple) ? [] : ''
  if (choice === 'guardada') return theirs ?? none
  if (choice === 'ambas' && typeof mine === 'string' && typeof theirs === 'string')
    return `${theirs}${field.kind === 'text' ? ' ' : '\n'}${mine}`
  return mine ?? none
}

function isSame(a: ScalarValue | undefined, b: ScalarValue | undefined): boolean {
  return JSON.stringify(listOf(a)) === JSON.stringify(listOf(b))
}

function filled(value: ScalarValue | undefined): boolean {
  return typeof value === 'string' && value.trim() !== ''
}
