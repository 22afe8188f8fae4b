/**
 * A draft brought over from one version of its step's form to the next (A6): where each typed value goes, and what has
 * no field any more. Nothing a person typed is ever dropped: it has a place in the new form or is left over, to be shown.
 */
import {
  type Answers,
  emptyAnswers,
  emptyRow,
  type Field,
  type FormDefinition,
  findField,
  isMultiple,
  type ListField,
  listOf,
  MAX_ROWS,
  rowsOf,
  type ScalarField,
  type ScalarValue,
} from './form-definition.ts'
import { isWellFormed } from './form-shape.ts'
import type { StepCode } from './procedures.ts'

/** A field or list that got another name or place; what no move names stays where it is. */
export interface Move {
  /** `grupo.campo`, or `grupo.lista.celda` for a cell of a list. */
  from: string
  to: string
  /** One typed value as the new field takes it; undefined where it has no place there. Without it, as typed. */
  convert?: (value: string) => string | undefined
}

/** From one version of a step's form to the next one, and no further. */
export interface FormUpgrade {
  stepCode: StepCode
  /** Version it begins at; it leads to `from + 1`. */
  from: number
  moves: readonly Move[]
}

/** Two versions of a form that follow each other, and the way between them. */
export interface UpgradeStep {
  before: FormDefinition
  after: FormDefinition
  moves: readonly Move[]
}

export interface Address {
  group: string
  field: string
  /** Row of a list: its id for life, and which one it was, counted from 1. */
  row?: { id: string; n: number }
  cell?: string
}

/** One typed value: a text, a number, or one of several choices. */
export interface TypedValue {
  at: Address
  value: string
}

/** A typed value without a field, with the version of the form it was typed in. */
export interface LeftOver extends TypedValue {
  form: number
}

export interface Carried {
  from: TypedValue
  /** Null where it is left over. */
  to: TypedValue | null
}

export interface BroughtOver {
  answers: Answers
  /** What became of each typed value, in the order of the form it was typed in. */
  carried: Carried[]
  leftOver: LeftOver[]
}

/** The draft in the last form of the chain; a chain of none answers the draft itself. */
export function bringOver(chain: readonly UpgradeStep[], answers: Answers): BroughtOver {
  let now: BroughtOver = { answers, carried: [], leftOver: [] }
  chain.forEach((step, i) => {
    const next = oneVersion(step, now.answers)
    const lost = next.carried.filter((one) => one.to === null)
    now = {
      answers: next.answers,
      carried: i === 0 ? next.carried : now.carried.map((one) => followed(one, next.carried)),
      leftOver: [...now.leftOver, ...lost.map(({ from }) => ({ ...from, form: step.before.version }))],
    }
  })
  return now
}

/** Where a field of the first form of the chain is in the last; null where it is gone. Paths as in `Move`. */
export function destinationOf(chain: readonly UpgradeStep[], path: string): string | null {
  return chain.reduce<string | null>((at, step) => {
    if (at === null) return null
    const to = step.moves.find((move) => move.from === at)?.to ?? ownPath(step, at)
    return fieldAt(step.after, to) ? to : null
  }, path)
}

/** A field by its path, `grupo.campo` or `grupo.lista.celda`. */
export function fieldAt(definition: FormDefinition, path: string): Field | undefined {
  const [group = '', code = '', cell] = path.split('.')
  const field = findField(definition, group, code)
  if (cell === undefined) return field
  return field?.kind === 'list' ? field.fields.find((one) => one.code === cell) : undefined
}

/** Everything typed in a draft, in form order; blanks are not typed. */
export function typedIn(definition: FormDefinition, answers: Answers): TypedValue[] {
  return definition.groups.flatMap((group) =>
    group.fields.flatMap((field) => {
      const at = { group: group.code, field: field.code }
      if (field.kind !== 'list') return valuesOf(answers[group.code]?.[field.code] as ScalarValue, at)
      return rowsOf(answers, group.code, field.code).flatMap((row, i) =>
        field.fields.flatMap((cell) =>
          valuesOf(row[cell.code], { ...at, row: { id: row.id, n: i + 1 }, cell: cell.code }),
        ),
      )
    }),
  )
}

export function pathOf({ group, field, cell }: Address): string {
  return cell === undefined ? `${group}.${field}` : `${group}.${field}.${cell}`
}

/** Left over twice is left over once: the same value of the same field of the same form. */
export function withLeftOver(standing: readonly LeftOver[], more: readonly LeftOver[]): LeftOver[] {
  const key = ({ at, value, form }: LeftOver) => JSON.stringify([form, pathOf(at), at.row?.id ?? '', value])
  const known = new Set(standing.map(key))
  return [...standing, ...more.filter((one) => !known.has(key(one)))]
}

function valuesOf(value: ScalarValue | undefined, at: Address): TypedValue[] {
  return listOf(value)
    .filter((one) => one.trim() !== '')
    .map((one) => ({ at, value: one }))
}

/** A cell whose list moved goes with its list. */
function ownPath({ moves }: UpgradeStep, path: string): string {
  const [group, field, cell] = path.split('.')
  if (cell === undefined) return path
  const list = moves.find((move) => move.from === `${group}.${field}`)
  return list ? `${list.to}.${cell}` : path
}

function followed(one: Carried, next: Carried[]): Carried {
  if (one.to === null) return one
  const { at, value } = one.to
  const found = next.find(
    ({ from }) => from.value === value && pathOf(from.at) === pathOf(at) && from.at.row?.id === at.row?.id,
  )
  return { from: one.from, to: found?.to ?? null }
}

function oneVersion(step: UpgradeStep, answers: Answers): Omit<BroughtOver, 'leftOver'> {
  const next = emptyAnswers(step.after)
  openRows(step, answers, next)
  const carried = typedIn(step.before, answers).map((from): Carried => ({ from, to: put(step, next, from) }))
  return { answers: next, carried }
}

/** Rows keep their id and their order, so that other steps still find them; one that does not fit leaves its cells over. */
function openRows({ before, after, moves }: UpgradeStep, answers: Answers, next: Answers): void {
  for (const { code, fields } of before.groups) {
    for (const field of fields.filter((one) => one.kind === 'list')) {
      const path = `${code}.${field.code}`
      const to = moves.find((move) => move.from === path)?.to ?? path
      const list = fieldAt(after, to)
      const [group = '', name = ''] = to.split('.')
      const own = next[group]
      if (list?.kind !== 'list' || !own) continue
      const rows = rowsOf(next, group, name)
      for (const row of rowsOf(answers, code, field.code)) {
        const fits = rows.length < (list.max ?? MAX_ROWS) && !rows.some((one) => one.id === row.id)
        if (fits) rows.push(emptyRow(list, row.id))
      }
      own[name] = rows
    }
  }
}

/** Puts a value where it belongs in the new form; null where it has no place, or another value stands there. */
function put(step: UpgradeStep, next: Answers, { at, value }: TypedValue): TypedValue | null {
  const path = pathOf(at)
  const move = step.moves.find((one) => one.from === path)
  const to = move?.to ?? ownPath(step, path)
  const [was, field] = [fieldAt(step.before, path), fieldAt(step.after, to)]
  const said = move?.convert ? move.convert(value) : value
  if (said === undefined || !was || !field || field.kind === 'list' || !isWellFormed(field, said)) return null
  if (!move?.convert && !isAlike(was as ScalarField, field)) return null
  const [group = '', code = '', cell] = to.split('.')
  const holder = cell === undefined ? next[group] : rowsOf(next, group, code).find((row) => row.id === at.row?.id)
  const name = cell ?? code
  if (!holder || (cell === undefined) !== (at.row === undefined)) return null
  const standing = holder[name] as ScalarValue
  if (isMultiple(field)) {
    if (listOf(standing).length >= MAX_ROWS) return null
    holder[name] = [...listOf(standing), said]
  } else {
    if (standing !== '') return null
    holder[name] = said
  }
  const place = { group, field: code, ...(cell === undefined ? {} : { row: at.row, cell }) }
  return { at: place, value: said }
}

const FAMILIES: readonly (readonly Field['kind'][])[] = [
  ['text', 'longtext'],
  ['richtext'],
  ['number', 'integer'],
  ['radio', 'select', 'checkboxes'],
]

/** The same kind of answer: a code of a list is no text, and a text no code. */
function isAlike(was: ScalarField | ListField, is: ScalarField): boolean {
  if (was.kind === 'reference' && is.kind === 'reference') return was.source === is.source
  return was.kind === is.kind || FAMILIES.some((kinds) => kinds.includes(was.kind) && kinds.includes(is.kind))
}
