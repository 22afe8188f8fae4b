/** A small table of figures that was published elsewhere: its cells as numbers, its totals, percentages and periods. */
import { codeOf } from './mapping-proposal.ts'

export interface PublishedTable {
  name: string
  header: string[]
  /** Cells as they are written. */
  rows: string[][]
  /** Line of the file, or row of the sheet, of each row. */
  lines: number[]
}

export interface Figure {
  value: number
  decimals: number
  isPercent: boolean
}

/** `338.142`, `27,36`, `0.15%`, `31.3 %` (S2.15): a point before three digits separates thousands. Null when it is no figure. */
export function figureOf(text: string): Figure | null {
  const isPercent = /%\s*$/.test(text)
  const plain = text
    .replace(/\s*%\s*$/, '')
    .trim()
    .replace(/\s/g, '')
  if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(plain)) return written(plain.replaceAll('.', '').replace(',', '.'), isPercent)
  return /^-?\d+([.,]\d+)?$/.test(plain) ? written(plain.replace(',', '.'), isPercent) : null
}

function written(plain: string, isPercent: boolean): Figure {
  return { value: Number(plain), decimals: plain.split('.')[1]?.length ?? 0, isPercent }
}

export const isTotal = (text: string) => /^(gran_)?(total|acumulado)(_general)?$/.test(codeOf(text))

export interface ReadTable {
  table: PublishedTable
  figures: (Figure | null)[][]
  /** Columns of counts, in their order. */
  counts: number[]
  shares: number[]
  totalColumn: number
  totalRow: number
}

/** Null where the file is no table of figures with its totals or percentages: then there is nothing to compare. */
export function readTable(table: PublishedTable): ReadTable | null {
  const figures = table.rows.map((row) => table.header.map((_, c) => figureOf(row[c] ?? '')))
  const numeric = table.header.flatMap((_, c) => (c > 0 && isFigures(figures.map((row) => row[c] ?? null)) ? [c] : []))
  const isShare = (c: number) =>
    /%|porcentaje/i.test(table.header[c] ?? '') || figures.some((row) => row[c]?.isPercent === true)
  const shares = numeric.filter(isShare)
  const counts = numeric.filter((c) => !isShare(c))
  const totalColumn = counts.find((c) => isTotal(table.header[c] ?? '')) ?? -1
  const totalRow = table.rows.findIndex((row) => isTotal(row[0] ?? ''))
  const isSummary = totalColumn >= 0 || totalRow >= 0 || shares.length > 0 || periodsOf(table, counts).size > 0
  return isSummary ? { table, figures, counts, shares, totalColumn, totalRow } : null
}

const isFigures = (cells: (Figure | null)[]) =>
  cells.length > 0 && cells.filter((cell) => cell !== null).length >= cells.length * 0.8

/** Columns of quarters and semesters by their code: `t1`, `s2`. */
export function periodsOf({ header }: PublishedTable, counts: number[]): Map<string, number> {
  return new Map(
    counts.flatMap((c) => {
      const [, kind, n] = /^(t|trimestre_?|s|semestre_?)_?([1-4])(_.*)?$/.exec(codeOf(header[c] ?? '')) ?? []
      return kind && n ? [[`${kind.charAt(0)}${n}`, c] as const] : []
    }),
  )
}
