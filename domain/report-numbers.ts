/** What a number of the report points to: a cell of a saved figure, its total, or the size of a segment (features G2, N6). */
import type { AggregateTable, Cell } from './aggregates.ts'
import { numbersIn, type RichDoc } from './rich-text.ts'

export interface NumberRef {
  source: 'figure' | 'segment'
  /** Row id in step 4. */
  id: string
  /** Label of the row; null for the total of the column, or of all. */
  row: string | null
  /** Label of the column; null for the total of the row, or of all. */
  column: string | null
  /** `n`: records; `p`: percentage of the total of the figure, or of all records for a segment. */
  as: 'n' | 'p'
}

const KEY = /^(figura|segmento):([A-Za-z0-9_-]{1,64})\/([^/]*)\/([^/]*)\/(n|p)$/

/** The reference as it stands in a document, for example `figura:g3/Presencial//p`. */
export function numberKey({ source, id, row, column, as }: NumberRef): string {
  const part = (label: string | null) => (label === null ? '' : encodeURIComponent(label))
  return `${source === 'figure' ? 'figura' : 'segmento'}:${id}/${part(row)}/${part(column)}/${as}`
}

/** Null where the text is no reference. */
export function parseNumberKey(key: string): NumberRef | null {
  const [, source, id = '', row = '', column = '', as] = KEY.exec(key) ?? []
  if (!source) return null
  try {
    const label = (part: string) => (part === '' ? null : decodeURIComponent(part))
    return {
      source: source === 'figura' ? 'figure' : 'segment',
      ...{ id, row: label(row), column: label(column), as: as as 'n' | 'p' },
    }
  } catch {
    return null
  }
}

/** Of a figure or segment, what all its numbers are computed from, as a hash; by `origin`. */
export type Bases = ReadonlyMap<string, string>

/** Figure or segment a number belongs to. */
export function originOf(key: string): string {
  return key.split('/')[0] ?? ''
}

/** Numbers whose source changed, or went away, since they were inserted; each reference once. */
export function staleNumbers(doc: RichDoc, bases: Bases): { ref: string; shown: string; isGone: boolean }[] {
  const stale = numbersIn(doc).filter(({ ref, basis }) => bases.get(originOf(ref)) !== basis)
  return stale
    .filter(({ ref }, i) => stale.findIndex((other) => other.ref === ref) === i)
    .map(({ ref, shown }) => ({ ref, shown, isGone: !bases.has(originOf(ref)) }))
}

/** The counts of a table that may be cited, each under the labels of its row and column; null for a sum over them. */
export function citableCells(table: AggregateTable) {
  const { rows, columns } = table
  const cells: { row: string | null; column: string | null; cell: Cell | undefined }[] = [
    { row: null, column: null, cell: table.total },
  ]
  rows.values.forEach((row, r) => {
    cells.push({ row, column: null, cell: columns ? table.rowTotals[r] : table.cells[r]?.[0] })
    columns?.values.forEach((column, c) => {
      cells.push({ row, column, cell: table.cells[r]?.[c] })
    })
  })
  columns?.values.forEach((column, c) => {
    cells.push({ row: null, column, cell: table.columnTotals[c] })
  })
  return cells
}
