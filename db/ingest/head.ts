/** The beginning of a file, enough to show how it is read and to read it in another way (experience 44). */
import { isUtf8 } from 'node:buffer'
import { headerOf, type Reading, type SampleRow } from '../../domain/file-readings.ts'
import { csvScanner, MAX_COLUMNS } from './csv.ts'
import { transcoder, unfinished } from './encoding.ts'
import { FileRefused } from './file-refused.ts'

/** Records shown of a file. */
const SAMPLE_ROWS = 50
/** Titles, header and sample of any reading. */
export const HEAD_ROWS = 160
/** Bytes of a CSV that are enough for them. */
export const HEAD_BYTES = 1 << 20

export interface HeadSheet {
  name: string
  rows: SampleRow[]
  /** Columns (0-based) that hold a formula in one of these rows. */
  formulas: number[]
  /** Rows the sheet says it has. */
  estimatedRows: number
}

export type FileHead = { format: 'csv'; start: Buffer; isWhole: boolean } | { format: 'xlsx'; sheets: HeadSheet[] }

export interface ReadHead {
  header: string[]
  sample: SampleRow[]
  /** Columns (0-based) of which a workbook computes values. */
  formulas: number[]
}

/** Header and sample of a file under a reading. Throws `FileRefused` when it cannot be read so. */
export function readAs(head: FileHead, reading: Reading): ReadHead {
  const rows = rowsOf(head, reading).filter((row) => row.line >= reading.headerLine)
  if (rows.length === 0) throw new FileRefused('no_records')
  const named = headerOf(rows.slice(0, reading.headerRows).map((row) => row.cells))
  const header = head.format === 'xlsx' ? withoutBlankTail(named) : named
  const sample = rows.slice(reading.headerRows, reading.headerRows + SAMPLE_ROWS)
  checkHeader(header, sample, rows[0]?.line ?? reading.headerLine)
  if (head.format === 'csv') checkWidths(header, sample, reading.headerLine)
  const formulas = head.format === 'xlsx' ? sheetOf(head.sheets, reading).formulas : []
  return { header, sample, formulas }
}

/** All rows of the head, titles above the header included. */
export function rowsOf(head: FileHead, reading: Pick<Reading, 'encoding' | 'separator' | 'sheet'>): SampleRow[] {
  return head.format === 'xlsx' ? sheetOf(head.sheets, reading).rows : csvRows(head, reading)
}

function sheetOf(sheets: HeadSheet[], { sheet }: Pick<Reading, 'sheet'>): HeadSheet {
  const found = sheets.find((one) => one.name === sheet)
  if (!found) throw new FileRefused('no_sheet')
  return found
}

function csvRows(
  { start, isWhole }: Extract<FileHead, { format: 'csv' }>,
  { encoding, separator }: Pick<Reading, 'encoding' | 'separator'>,
): SampleRow[] {
  const text = textOf(start, isWhole, encoding)
  const room = Buffer.alloc(text.length + 1)
  text.copy(room)
  const decoder = new TextDecoder()
  const rows: SampleRow[] = []
  const scanner = csvScanner(separator, ({ bytes, starts, ends, cells, line, broken }) => {
    if (rows.length >= HEAD_ROWS || (broken && rows.length > 0)) return
    const shown = Math.min(cells, MAX_COLUMNS)
    const texts = Array.from({ length: shown }, (_, i) => decoder.decode(bytes.subarray(starts[i], ends[i])).trim())
    rows.push({ line, cells: texts })
  })
  scanner.scan(room, text.length, isWhole)
  return rows
}

/** The head as UTF-8 without its mark; a letter that was cut is left out. */
function textOf(start: Buffer, isWhole: boolean, encoding: Reading['encoding']): Buffer {
  if (encoding !== 'utf-8') {
    try {
      return transcoder(encoding)(start, isWhole)
    } catch {
      throw new FileRefused('undecodable')
    }
  }
  const text = withoutMark(isWhole ? start : start.subarray(0, start.length - unfinished(start)))
  if (!isUtf8(text)) throw new FileRefused('undecodable')
  return text
}

const MARK = Buffer.from([0xef, 0xbb, 0xbf])
export const withoutMark = (text: Buffer) => (text.subarray(0, 3).equals(MARK) ? text.subarray(3) : text)

function withoutBlankTail(names: string[]): string[] {
  return names.slice(0, names.findLastIndex((name) => name !== '') + 1)
}

function checkHeader(header: string[], sample: SampleRow[], line: number) {
  if (header.length === 0) throw new FileRefused('unclosed_quote', { line })
  if (header.length >= MAX_COLUMNS) throw new FileRefused('too_many_columns', { line })
  const empty = header.indexOf('')
  if (empty >= 0) throw new FileRefused('empty_header_name', { line, column: empty + 1 })
  const repeated = header.findIndex((name, i) => header.indexOf(name) !== i)
  if (repeated >= 0)
    throw new FileRefused('duplicate_header_name', { line, column: repeated + 1, detail: header[repeated] })
  if (sample.length === 0) throw new FileRefused('no_records')
}

function checkWidths(header: string[], sample: SampleRow[], line: number) {
  const agreeing = sample.filter((row) => row.cells.length === header.length).length
  if (agreeing * 2 < sample.length) throw new FileRefused('ragged_header', { line, detail: String(header.length) })
}
