/** Rows of one sheet, in order, as they are unpacked. */
import type { Readable } from 'node:stream'
import { MAX_COLUMNS, type RawRecord } from '../csv.ts'
import { FileRefused } from '../file-refused.ts'
import { shownNumber } from './formats.ts'
import { formatAt, isTrue, type WorkbookParts } from './parts.ts'
import { joined, type SharedStrings, unescaped } from './strings.ts'
import { readXml } from './xml.ts'

/** What a sheet holds at most (ECMA-376; Excel's own limits). */
export const MAX_ROWS = 1_048_576
const MAX_SHEET_COLUMNS = 16_384
const MAX_ROW_BYTES = 1 << 22

export interface SheetContext extends Pick<WorkbookParts, 'formats' | 'days1904'> {
  strings: Pick<SharedStrings, 'lengthOf' | 'copy'>
}

export interface SheetOptions {
  /** Stands in for what the workbook says. */
  context?: Partial<SheetContext>
  /** Records have at least so many cells: a sheet does not write the blank ones at the end of a row. */
  width?: number
  /** Whether no more rows are wanted; asked after each chunk. */
  isDone?: () => boolean
  /** Hears of each group of cells that are shown as one, `B2:B5`; a sheet names them after its rows. */
  onMerge?: (range: string) => void
  afterChunk?: () => Promise<void> | void
}

/** A row of a sheet as a record; cells keep the value computed last where they hold a formula. */
export interface SheetRecord extends RawRecord {
  /** Columns (0-based) whose value comes of a formula. */
  formulas: number[]
}

/** Hands over each row that holds something; the record is valid until the next one. Answers the rows the sheet says it has. */
export async function readSheet(
  part: Readable,
  context: SheetContext,
  onRow: (row: SheetRecord) => void,
  { width = 0, isDone, onMerge, afterChunk }: SheetOptions = {},
): Promise<number> {
  const row = new RowBuilder(context, onRow, width)
  try {
    await readXml(part, {
      open: (name, attributes) => {
        if (onMerge && name === 'mergeCell') onMerge(attributes.ref ?? '')
        else row.open(name, attributes)
      },
      text: (text) => row.text(text),
      close: (name) => row.close(name),
      isDone,
      afterChunk,
    })
  } catch (error) {
    throw withRow(error, row.line)
  }
  return row.saidRows
}

/** Where the sheet breaks, so that a person finds it. */
function withRow(error: unknown, line: number): unknown {
  if (!(error instanceof FileRefused) || error.refusal.code !== 'damaged_workbook' || line === 0) return error
  return new FileRefused('damaged_workbook', { line, ...error.refusal })
}

class RowBuilder {
  readonly #context: SheetContext
  readonly #onRow: (row: SheetRecord) => void
  readonly #width: number
  /** By the sheet's own `dimension`. */
  saidRows = 0
  readonly #record: SheetRecord = {
    bytes: Buffer.alloc(1 << 16),
    starts: new Int32Array(MAX_COLUMNS + 1),
    ends: new Int32Array(MAX_COLUMNS + 1),
    cells: 0,
    line: 0,
    broken: false,
    flaws: [],
    formulas: [],
  }
  #used = 0
  #column = -1
  #hasContent = false
  #type = 'n'
  #style: string | undefined
  #value = ''
  #hasValue = false
  #hasFormula = false
  #isText = false
  #isHint = false

  constructor(context: SheetContext, onRow: (row: SheetRecord) => void, width: number) {
    this.#context = context
    this.#onRow = onRow
    this.#width = width
  }

  /** Row read last or being read; 0 before the first. */
  get line(): number {
    return this.#record.line
  }

  open(name: string, attributes: Record<string, string>) {
    if (name === 'c') this.#openCell(attributes)
    else if (name === 'v' || name === 't') this.#openText()
    else if (name === 'row') this.#openRow(attributes.r)
    else if (name === 'f') this.#hasFormula = true
    else if (name === 'rPh') this.#isHint = true
    else if (name === 'dimension')
      this.saidRows = Math.min(MAX_ROWS, Number(/:[A-Z]+(\d+)$/.exec(attributes.ref ?? '')?.[1] ?? 0))
  }

  text(text: string) {
    if (this.#isText) this.#value = joined(this.#value, text)
  }

  close(name: string) {
    if (name === 'v' || name === 't') this.#isText = false
    else if (name === 'c') this.#closeCell()
    else if (name === 'rPh') this.#isHint = false
    else if (name === 'row' && this.#hasContent) this.#closeRow()
  }

  #closeRow() {
    if (this.#record.cells < this.#width) this.#fill(this.#width - 1)
    this.#onRow(this.#record)
  }

  #openRow(number: string | undefined) {
    const record = this.#record
    const line = number === undefined ? record.line + 1 : Number(number)
    if (!Number.isInteger(line) || line <= record.line || line > MAX_ROWS) throw new FileRefused('damaged_workbook')
    record.line = line
    record.cells = 0
    record.flaws.length = 0
    record.formulas.length = 0
    this.#used = 0
    this.#column = -1
    this.#hasContent = false
  }

  #openCell({ r, t, s }: Record<string, string>) {
    const column = r === undefined ? this.#column + 1 : columnOf(r)
    if (column <= this.#column || column >= MAX_SHEET_COLUMNS)
      throw new FileRefused('damaged_workbook', { line: this.#record.line, column: this.#column + 2 })
    this.#column = column
    this.#type = t ?? 'n'
    this.#style = s
    this.#value = ''
    this.#hasValue = false
    this.#hasFormula = false
  }

  #openText() {
    this.#isText = !this.#isHint
    this.#hasValue = true
  }

  #closeCell() {
    const column = this.#column
    if (this.#hasFormula) {
      this.#record.formulas.push(column)
      if (!this.#hasValue) this.#record.flaws.push([column, 'formula_without_value'])
    }
    if (!this.#hasValue && !this.#hasFormula) return
    if (this.#type === 'e') this.#record.flaws.push([column, 'cell_error'])
    if (this.#type === 's') this.#writeShared(column)
    else this.#write(column, this.#shown())
    if (this.#hasFormula) this.#fill(column)
  }

  #shown(): string {
    const text = this.#value
    if (this.#type === 'n')
      return shownNumber(text, formatAt(this.#context.formats, this.#style), this.#context.days1904)
    if (this.#type === 'b') return isTrue(text) ? 'VERDADERO' : 'FALSO'
    if (this.#type === 'd') return text.replace('T', ' ').replace(/ 00:00:00(\.0+)?Z?$/, '')
    return unescaped(text)
  }

  #write(column: number, text: string) {
    if (text === '') return
    // Three bytes are the most that one unit of a text takes.
    this.#reserve(text.length * 3)
    this.#fill(column)
    const record = this.#record
    const slot = Math.min(column, MAX_COLUMNS)
    record.starts[slot] = this.#used
    this.#used += record.bytes.write(text, this.#used)
    record.ends[slot] = this.#used
  }

  #writeShared(column: number) {
    const { strings } = this.#context
    const index = Number(this.#value)
    const length = strings.lengthOf(index)
    if (length === undefined) throw new FileRefused('damaged_workbook', { line: this.#record.line, column: column + 1 })
    if (length === 0) return
    this.#reserve(length)
    this.#fill(column)
    const record = this.#record
    const slot = Math.min(column, MAX_COLUMNS)
    strings.copy(index, record.bytes, this.#used)
    record.starts[slot] = this.#used
    this.#used += length
    record.ends[slot] = this.#used
  }

  /** Columns up to this one that hold nothing; this one becomes part of the record. */
  #fill(column: number) {
    const record = this.#record
    const last = Math.min(column, MAX_COLUMNS)
    for (let slot = Math.min(record.cells, MAX_COLUMNS); slot <= last; slot++) {
      record.starts[slot] = this.#used
      record.ends[slot] = this.#used
    }
    record.cells = column + 1
    this.#hasContent = true
  }

  #reserve(bytes: number) {
    const record = this.#record
    if (this.#used + bytes <= record.bytes.length) return
    if (this.#used + bytes > MAX_ROW_BYTES) throw new FileRefused('line_too_long', { line: record.line })
    const larger = Buffer.alloc(Math.max(record.bytes.length * 2, this.#used + bytes))
    record.bytes.copy(larger, 0, 0, this.#used)
    record.bytes = larger
  }
}

/** 0-based column of a reference such as `AB12`. Throws `FileRefused` on anything else. */
function columnOf(reference: string): number {
  let column = 0
  for (let i = 0; i < reference.length; i++) {
    const letter = reference.charCodeAt(i)
    if (letter >= 48 && letter <= 57 && i > 0) break
    if (letter < 65 || letter > 90 || i > 3) throw new FileRefused('damaged_workbook')
    column = column * 26 + letter - 64
  }
  return column - 1
}
