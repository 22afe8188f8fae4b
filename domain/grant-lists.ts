/** Requests of access from a list: its columns, its rows as they are typed, and how long it may be (C1; R2, R8). */
import { LIST_HEADINGS } from '../catalog/access-list.ts'
import { folded } from './folded.ts'
import { CAPTURE_FORMS, type CaptureForm } from './grants.ts'
import type { FileRefusal } from './sources.ts'

export type ListColumn = keyof typeof LIST_HEADINGS
export const LIST_COLUMNS = Object.keys(LIST_HEADINGS) as ListColumn[]

/** Rows a list may have: an organismo names its own people, and each row is an act of its own. */
export const MAX_LIST_ROWS = 150
export const MAX_LIST_BYTES = 1024 * 1024

export const TEMPLATE_HEADER = LIST_COLUMNS.map((column) => LIST_HEADINGS[column][0])

/** One row as it was typed, with the line of the file on which it stands. */
export type ListRow = Record<ListColumn, string> & { line: number }

/** Why a list cannot be read as it came; nothing was asked for. */
export type ListFault =
  | { fault: 'file'; refusal: FileRefusal }
  | { fault: 'too_long' }
  | { fault: 'empty' }
  | { fault: 'columns'; missing: ListColumn[] }

export type ReadList = { ok: true; rows: ListRow[] } | { ok: false; missing: ListColumn[] } | { ok: false; empty: true }

/** The rows below a header, wherever its columns stand; columns it does not know are left out, blank rows too. */
export function readList(header: readonly string[], records: readonly { line: number; cells: string[] }[]): ReadList {
  const names = header.map(plain)
  const at = (column: ListColumn) => {
    const accepted = LIST_HEADINGS[column].map(plain)
    return names.findIndex((name) => accepted.includes(name))
  }
  const missing = LIST_COLUMNS.filter((column) => at(column) < 0)
  if (missing.length > 0) return { ok: false, missing }
  const rows = records
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map(({ line, cells }) => ({ line, ...cellsOf((column) => cells[at(column)] ?? '') }))
  return rows.length > 0 ? { ok: true, rows } : { ok: false, empty: true }
}

const MAX_CELL = 200

function cellsOf(cell: (column: ListColumn) => string): Record<ListColumn, string> {
  const entries = LIST_COLUMNS.map((column) => [column, cell(column).trim().slice(0, MAX_CELL)])
  return Object.fromEntries(entries) as Record<ListColumn, string>
}

const plain = (text: string) => folded(text).replaceAll(/\s+/g, ' ').trim()

/** A day as people and spreadsheets write it (`31/12/2026`, `2026-12-31`), as a civil date; what is no day stays as typed. */
export function dayOf(typed: string): string {
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/.exec(typed)
  if (iso) return iso[1] as string
  const [, day, month, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed) ?? []
  return day && month && year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : typed
}

/** The format a row names by its code or its name; null where it names none. */
export function captureFormOf(typed: string): CaptureForm | null {
  const name = plain(typed)
  const byCode = CAPTURE_FORMS.find((form) => name === plain(form) || name.endsWith(`.${plain(form)}`))
  if (byCode) return byCode
  if (/^(persona )?natural$/.test(name)) return 'F004'
  return /^(persona )?juridica$/.test(name) ? 'F006' : null
}

/** What tells the person who sent the list whom a row means, and nobody else: few of its signs. */
export function hintOf(typed: string): string {
  const [name = '', domain] = typed.split('@')
  if (domain !== undefined) return `${name.slice(0, 2)}…@${domain}`
  return typed === '' ? '' : `…${typed.slice(-3)}`
}

/** The first row that asks for the same as this one; null where none does. `keys` by row, empty where it names nobody. */
export function earlierTwin(keys: readonly string[], at: number): number | null {
  const key = keys[at]
  const first = key ? keys.indexOf(key) : at
  return first < at ? first : null
}
