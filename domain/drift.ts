/** What changed between the columns a source was read with and those of a new file, and how to go on (E2). */

import { codeOf, proposeMapping } from './mapping-proposal.ts'
import type { ColumnType, MappedColumn, Mapping } from './sources.ts'

export type ColumnChange =
  /** The same variable under another name: by a name nearly equal, or by values of the same domain. */
  | { kind: 'renamed'; column: string; before: string; because: 'name' | 'values' }
  /** The values no longer fit the approved type. */
  | { kind: 'retyped'; column: string; before: ColumnType; after: ColumnType }
  | { kind: 'removed'; column: string }
  | { kind: 'added'; column: string }

export interface NewFile {
  header: string[]
  /** First records, as text. */
  sample: string[][]
}

/** Values of each category by code, as the approved file had them. */
export type KnownValues = Record<string, readonly string[]>

export interface Drift {
  changes: ColumnChange[]
  /** One line per column of the new file; a renamed column keeps its code. */
  proposal: Mapping
}

/** Null where every column that is read is still there under its name and type. The order of columns is no change. */
export function driftOf(approved: Mapping, file: NewFile, known: KnownValues = {}): Drift | null {
  const gone = approved.filter((column) => !file.header.includes(column.column))
  const strange = file.header.filter((name) => !approved.some((column) => column.column === name))
  const renamed = renamesAmong(gone, strange, file, known)
  const standing = approved.filter((column) => file.header.includes(column.column))
  const before = new Map([...standing.map((column) => [column.column, column] as const), ...namesOf(renamed)])
  const proposed = proposeMapping(file.header, file.sample)
  const retyped = proposed.flatMap((column) => retypeOf(before.get(column.column), column, file, known) ?? [])
  const taken = new Set(renamed.map(({ to }) => to))
  const left = gone.filter((column) => !renamed.some(({ from }) => from === column))
  const changes: ColumnChange[] = [
    ...renamed.map(({ from, to, because }) => ({ kind: 'renamed' as const, column: to, before: from.column, because })),
    ...retyped,
    // What nobody imports may go unnoticed.
    ...left.filter(({ role }) => role !== 'ignore').map(({ column }) => ({ kind: 'removed' as const, column })),
    ...strange.filter((name) => !taken.has(name)).map((column) => ({ kind: 'added' as const, column })),
  ]
  return changes.length === 0 ? null : { changes, proposal: proposalOf(proposed, before, retyped) }
}

interface Rename {
  from: MappedColumn
  to: string
  because: 'name' | 'values'
}

const namesOf = (renamed: Rename[]) => renamed.map(({ from, to }) => [to, { ...from, column: to }] as const)

/** First the names, nearest first, then the values: a column is the successor of one other at most. */
function renamesAmong(gone: MappedColumn[], strange: string[], file: NewFile, known: KnownValues): Rename[] {
  const pairs = gone.flatMap((from) =>
    strange.flatMap((to): (Rename & { distance: number })[] => {
      const distance = nameDistance(from.column, to)
      if (distance !== null) return [{ from, to, because: 'name', distance }]
      return isSameDomain(from, valuesOf(file, to), known) ? [{ from, to, because: 'values', distance: 1e6 }] : []
    }),
  )
  const found: Rename[] = []
  for (const { from, to, because } of pairs.sort((a, b) => a.distance - b.distance)) {
    if (!found.some((one) => one.from === from || one.to === to)) found.push({ from, to, because })
  }
  return found
}

/** Letters to change between the normalised names; null where they are not nearly equal: more than one letter in five. */
export function nameDistance(before: string, after: string): number | null {
  const [a, b] = [codeOf(before), codeOf(after)]
  const most = Math.floor(Math.max(a.length, b.length) / 5)
  const distance = editDistance(a, b)
  if (distance <= most) return distance
  const [shorter = [], longer = []] = [a.split('_'), b.split('_')].sort((x, y) => x.length - y.length)
  // `canal` and `canal_de_atencion`: the whole old name with words beside it, or the other way round.
  return shorter[0] !== '' && shorter.join('_').length >= 4 && longer.join('_').startsWith(`${shorter.join('_')}_`)
    ? longer.length - shorter.length + most
    : null
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}

/** Two different values at least, and four in five of them known. */
function isSameDomain(column: MappedColumn, values: string[], known: KnownValues): boolean {
  const domain = new Set(column.allowed ?? known[column.code] ?? [])
  const distinct = [...new Set(values)]
  if (column.role !== 'variable' || domain.size < 2 || distinct.length < 2) return false
  return distinct.filter((value) => domain.has(value)).length >= distinct.length * 0.8
}

type Shape = 'date' | 'boolean' | 'integer' | 'decimal' | 'words'

const SHAPES: [Shape, RegExp][] = [
  ['date', /^(\d{4}-\d{2}-\d{2}|\d{1,2}\/\d{1,2}\/\d{4})([ T]\d{1,2}:\d{2}(:\d{2})?)?$/],
  ['boolean', /^(s[ií]|no|verdadero|falso|true|false)$/i],
  ['integer', /^-?\d{1,3}(\.\d{3})+$|^-?\d+$/],
  ['decimal', /^-?[\d.,]*\d\s?%?$/],
]

/** What nearly all values look like, four in five; a few bad cells are rejects, not another type. Null without values. */
function shapeOf(values: readonly string[]): Shape | null {
  if (values.length === 0) return null
  const found = SHAPES.find(
    ([, pattern]) => values.filter((value) => pattern.test(value)).length >= values.length * 0.8,
  )
  return found?.[0] ?? 'words'
}

const ACCEPTS: Record<Exclude<ColumnType, 'text' | 'category'>, Shape[]> = {
  date: ['date'],
  boolean: ['boolean', 'integer'],
  integer: ['integer'],
  decimal: ['integer', 'decimal'],
}

function retypeOf(
  before: MappedColumn | undefined,
  proposed: MappedColumn,
  file: NewFile,
  known: KnownValues,
): Extract<ColumnChange, { kind: 'retyped' }> | null {
  if (before?.role !== 'variable' || before.type === 'text') return null
  const shape = shapeOf(valuesOf(file, proposed.column))
  if (shape === null) return null
  const fits = before.type === 'category' ? fitsCategory(before, shape, known) : ACCEPTS[before.type].includes(shape)
  const after = before.type === 'category' || shape !== 'words' ? typeOf(shape) : 'category'
  return fits || after === before.type ? null : { kind: 'retyped', column: proposed.column, before: before.type, after }
}

/** A list of words that became dates or measures is another column; a list of codes is still a list. */
function fitsCategory(before: MappedColumn, shape: Shape, known: KnownValues): boolean {
  const was = shapeOf(before.allowed ?? known[before.code] ?? [])
  return was === null || was === shape || shape === 'words' || shape === 'boolean' || shape === 'integer'
}

const typeOf = (shape: Shape): ColumnType => (shape === 'words' ? 'category' : shape)

function valuesOf({ header, sample }: NewFile, name: string): string[] {
  const at = header.indexOf(name)
  return sample.map((record) => (record[at] ?? '').trim()).filter((value) => value !== '')
}

/** What was said of a column stands under its code; a new type is taken from the file; new codes give way to old ones. */
function proposalOf(proposed: Mapping, before: Map<string, MappedColumn>, retyped: ColumnChange[]): Mapping {
  const used = new Set([...before.values()].map((column) => column.code))
  return proposed.map((column) => {
    const known = before.get(column.column)
    if (!known) return { ...column, code: freeCode(column.code, used) }
    const change = retyped.find((one) => one.column === column.column)
    if (change?.kind !== 'retyped') return known
    const { dateFormat, decimalMark } = column
    const { allowed: _, ...kept } = known
    return { ...kept, type: change.after, dateFormat, decimalMark }
  })
}

function freeCode(code: string, used: Set<string>): string {
  let free = code
  for (let n = 2; used.has(free); n++) free = `${code}_${n}`
  used.add(free)
  return free
}
