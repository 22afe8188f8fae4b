/** Finds the records of a CSV file in its bytes: no copies, no decoding, exact physical line numbers. */
import type { RejectReason } from '../../domain/sources.ts'

const QUOTE = 34
const NEWLINE = 10
const RETURN = 13

/** A record longer than this is no record: it bounds the memory of a reader. */
export const MAX_RECORD_BYTES = 1 << 20
export const MAX_COLUMNS = 500

/** The record just found: cells are byte ranges `[starts[i], ends[i])` of `bytes`. Valid until the next one. */
export interface RawRecord {
  bytes: Buffer
  starts: Int32Array
  ends: Int32Array
  cells: number
  /** 1-based physical line on which the record begins. */
  line: number
  /** A quote that is not closed before a separator: the record is its first physical line. */
  broken: boolean
  /** Cells (0-based) that are wrong whatever their column is, as a workbook's may be. */
  flaws: [column: number, reason: RejectReason][]
}

export interface CsvScanner {
  /**
   * Emits every whole record of `bytes[0, length)` and returns how many bytes they took; the rest belongs to the
   * next call. `bytes` needs one spare byte after `length`.
   */
  scan(bytes: Buffer, length: number, isLast: boolean): number
}

/** Quoting follows RFC 4180: a cell is quoted as a whole or not at all, a quote inside is doubled. */
export function csvScanner(separator: string, onRecord: (record: RawRecord) => void): CsvScanner {
  const separatorByte = separator.charCodeAt(0)
  const starts = new Int32Array(MAX_COLUMNS + 1)
  const ends = new Int32Array(MAX_COLUMNS + 1)
  const record: RawRecord = { bytes: Buffer.alloc(0), starts, ends, cells: 0, line: 1, broken: false, flaws: [] }
  const doubled: number[] = []
  let line = 1

  function emit(cells: number, broken: boolean) {
    record.cells = cells
    record.line = line
    record.broken = broken
    const isBlank = cells === 1 && starts[0] === ends[0]
    for (const cell of doubled) collapse(record, cell)
    if (!isBlank || broken) onRecord(record)
  }

  /** End of the quoted cell that opens at `at`: -1 when more bytes are needed, -2 when it is broken. */
  function closing(bytes: Buffer, at: number, length: number, isLast: boolean, cell: number): number {
    let p = at + 1
    let isDoubled = false
    for (;;) {
      while (p < length && bytes[p] !== QUOTE) p++
      if (p + 1 >= length && !isLast) return -1
      if (p >= length) return -2
      if (bytes[p + 1] !== QUOTE || p + 1 >= length) break
      isDoubled = true
      p += 2
    }
    if (isDoubled) doubled.push(cell)
    const after = bytes[p + 1]
    const isEnd = p + 1 >= length || after === separatorByte || after === NEWLINE || after === RETURN
    return isEnd ? p : -2
  }

  function scan(bytes: Buffer, length: number, isLast: boolean): number {
    record.bytes = bytes
    bytes[length] = NEWLINE
    let p = 0
    while (p < length) {
      const from = p
      let cells = 0
      let hasQuotes = false
      let broken = false
      doubled.length = 0
      for (;;) {
        let end: number
        let next: number
        if (bytes[p] === QUOTE && p < length) {
          hasQuotes = true
          const close = closing(bytes, p, length, isLast, Math.min(cells, MAX_COLUMNS))
          if (close === -1 && length - from < MAX_RECORD_BYTES) return from
          if (close < 0) {
            broken = true
            break
          }
          p += 1
          end = close
          next = close + 1
          if (bytes[next] === RETURN) next++
        } else {
          let q = p
          let byte = bytes[q]
          while (byte !== separatorByte && byte !== NEWLINE) byte = bytes[++q]
          end = q
          next = q
          if (byte === NEWLINE && q > p && bytes[q - 1] === RETURN) end--
        }
        if (next >= length && !isLast) return from
        const slot = Math.min(cells, MAX_COLUMNS)
        starts[slot] = p
        ends[slot] = end
        cells++
        p = next
        if (bytes[p] !== separatorByte || p >= length) break
        p++
      }
      if (broken) {
        const stop = bytes.indexOf(NEWLINE, from)
        if (stop >= length && !isLast) return from
        doubled.length = 0
        emit(0, true)
        p = stop + 1
        line++
        continue
      }
      emit(cells, false)
      line += 1
      if (hasQuotes)
        for (let q = bytes.indexOf(NEWLINE, from); q >= 0 && q < p; q = bytes.indexOf(NEWLINE, q + 1)) line++
      p++
    }
    return Math.min(p, length)
  }
  return { scan }
}

/** Turns `""` into `"` in place; the cell becomes shorter. */
function collapse(record: RawRecord, cell: number) {
  const { bytes, starts, ends } = record
  let to = starts[cell] as number
  for (let from = to; from < (ends[cell] as number); from++) {
    bytes[to++] = bytes[from] as number
    if (bytes[from] === QUOTE) from++
  }
  ends[cell] = to
}
