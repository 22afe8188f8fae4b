/** How a file is read (experience 44): what is detected of it, each part of which a person may change before the import. */

export const FILE_ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const
export const SEPARATORS = [';', ',', '\t', '|'] as const
export type FileEncoding = (typeof FILE_ENCODINGS)[number]
export type Separator = (typeof SEPARATORS)[number]

export interface Reading {
  format: 'csv' | 'xlsx'
  /** Of a CSV; a workbook keeps its text in one way only. */
  encoding: FileEncoding
  separator: Separator
  /** The sheet that is read; null in a CSV. */
  sheet: string | null
  /** 1-based line of the file, or row of the sheet, on which the header begins; what stands above it is not read. */
  headerLine: number
  /** Two rows of header are joined to one name per column. */
  headerRows: 1 | 2
}

/** What a file received before readings could be changed says of itself by saying nothing. */
export const PLAIN_READING = {
  format: 'csv',
  sheet: null,
  headerLine: 1,
  headerRows: 1,
} as const satisfies Partial<Reading>

/** What we write ourselves, of a table. */
export const OWN_READING = { ...PLAIN_READING, encoding: 'utf-8', separator: ',' } as const satisfies Reading

/** One record of a sample, with the 1-based line or row on which it stands. */
export interface SampleRow {
  line: number
  cells: string[]
}

export const MAX_HEADER_LINE = 100

const BETWEEN_ROWS = ' · '

/**
 * One name per column. A blank cell of the upper row takes the name at its left, as a merged cell shows it, when both
 * stand above a name of the lower row: `Primer trimestre | ` over `Total | Web` becomes `Primer trimestre · Total`,
 * `Primer trimestre · Web`. A name merged downwards stands alone.
 */
export function headerOf(rows: string[][]): string[] {
  const [upper = [], lower] = rows
  if (!lower) return upper
  let above = ''
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, i) => {
    const [own, below] = [upper[i] ?? '', lower[i] ?? '']
    if (own !== '') above = below === '' ? '' : own
    if (below === '') return own
    return own !== '' || above !== '' ? `${own || above}${BETWEEN_ROWS}${below}` : below
  })
}

/**
 * Where the header seems to begin and how many rows it has. Titles above it fill few cells; a second row is a header
 * too when it names columns that the first leaves blank, and holds no figure.
 */
export function detectHeader(rows: SampleRow[]): Pick<Reading, 'headerLine' | 'headerRows'> {
  const width = usualWidth(rows)
  const first = rows[0]?.line ?? 1
  const at = rows.findIndex((row) => filled(row.cells) > Math.max(1, width / 3))
  const header = rows[at]
  if (!header || width < 2 || (at > 0 && header.cells.some(isFigure))) return { headerLine: first, headerRows: 1 }
  return { headerLine: header.line, headerRows: isSecondHeader(header, rows[at + 1], width) ? 2 : 1 }
}

/** Filled cells of most rows. */
function usualWidth(rows: SampleRow[]): number {
  const counts = new Map<number, number>()
  for (const { cells } of rows) counts.set(filled(cells), (counts.get(filled(cells)) ?? 0) + 1)
  return [...counts].sort(([a, x], [b, y]) => y - x || b - a)[0]?.[0] ?? 0
}

function isSecondHeader(header: SampleRow, next: SampleRow | undefined, width: number): boolean {
  if (!next || next.cells.some(isFigure) || header.cells.some(isFigure)) return false
  const blanks = Array.from({ length: width }, (_, i) => i).filter((i) => (header.cells[i] ?? '') === '')
  const names = next.cells.filter((cell) => cell !== '')
  return blanks.length > 0 && blanks.every((i) => (next.cells[i] ?? '') !== '') && new Set(names).size > 1
}

const filled = (cells: string[]) => cells.filter((cell) => cell !== '').length

/** A number, a percentage or a date: a record, not a name. */
const isFigure = (cell: string) => /^[-+]?\d[\d.,]*\s?%?$|^\d{4}-\d{2}-\d{2}|^\d{1,2}\/\d{1,2}\/\d{4}/.test(cell)

/** Why there is no file to read in a form that was sent. */
export type UnreadFile = 'missing' | 'empty' | 'tooBig' | 'broken'
