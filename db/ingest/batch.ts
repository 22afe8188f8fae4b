import type { Mapping, RejectReason, SniffedFile } from '../../domain/sources.ts'
import { BATCH_ROWS } from '../duckdb.ts'
import type { RawRecord } from './csv.ts'
import type { BatchStores, CellReader } from './readers.ts'
import type { RejectFile } from './rejects.ts'

/** Accepted records wait here, as many as one append takes; rejected ones leave a line in the reject file. */
export class Batch {
  records = 0
  accepted = 0
  readonly #sniff: SniffedFile
  readonly #readers: (CellReader | undefined)[]
  readonly #hasMessages: CellReader[]
  readonly #stores: BatchStores
  readonly #rejects: RejectFile
  readonly #append: (rows: number) => void
  readonly #lines = new Float64Array(BATCH_ROWS)
  readonly #decoder = new TextDecoder()
  readonly #masked: boolean[]
  #rows = 0

  constructor(
    sniff: SniffedFile,
    mapping: Mapping,
    readers: (CellReader | undefined)[],
    stores: BatchStores,
    rejects: RejectFile,
    append: (rows: number) => void,
  ) {
    this.#sniff = sniff
    this.#readers = readers
    this.#hasMessages = readers.filter((reader) => reader?.messages).map((reader) => reader as CellReader)
    this.#stores = stores
    this.#rejects = rejects
    this.#append = append
    // A column without a variable's role shows nothing of itself, not even when it is broken.
    this.#masked = sniff.header.map((header) => mapping.find((column) => column.column === header)?.role !== 'variable')
  }

  take(record: RawRecord) {
    this.records++
    if (record.broken) return this.#reject(record, -1, 'broken_quotes')
    if (record.cells !== this.#readers.length) return this.#reject(record, -1, 'wrong_column_count')
    if (record.flaws.length > 0 && this.#hasFlaws(record)) return
    const { pseudonyms } = this.#stores
    const messages = pseudonyms.size
    if (!this.#readCells(record)) {
      pseudonyms.truncate(messages)
      return
    }
    this.#lines[this.#rows++] = record.line
    if (this.#rows === BATCH_ROWS) this.flush()
  }

  /** In a column that is read; the others may hold what they like. */
  #hasFlaws(record: RawRecord): boolean {
    const flaws = record.flaws.filter(([column]) => this.#readers[column])
    for (const [column, reason] of flaws) this.#reject(record, column, reason)
    return flaws.length > 0
  }

  #readCells(record: RawRecord): boolean {
    const { bytes, starts, ends } = record
    const readers = this.#readers
    let isGood = true
    for (let i = 0; i < readers.length; i++) {
      const reader = readers[i]
      if (!reader) continue
      let start = starts[i] as number
      let end = ends[i] as number
      while (start < end && (bytes[start] as number) <= 32) start++
      while (end > start && (bytes[end - 1] as number) <= 32) end--
      let reason: RejectReason | null = null
      if (start < end) reason = reader.read(bytes, start, end, this.#rows)
      else if (reader.column.required) reason = 'required_missing'
      else reader.readEmpty(this.#rows)
      if (!reason) continue
      isGood = false
      this.#reject(record, i, reason)
    }
    return isGood
  }

  #reject(record: RawRecord, column: number, reason: RejectReason) {
    const value =
      column < 0 ? '' : this.#decoder.decode(record.bytes.subarray(record.starts[column], record.ends[column]))
    this.#rejects.add({
      line: record.line,
      column: this.#sniff.header[column] ?? '',
      value: reason === 'wrong_column_count' ? `${record.cells} ≠ ${this.#readers.length}` : value,
      isMasked: column >= 0 && (this.#masked[column] ?? true),
      reason,
    })
  }

  /** Hands the waiting records over. */
  flush() {
    const codes = this.#stores.pseudonyms.finish()
    const isKept = this.#dropDuplicates(codes)
    for (const reader of this.#hasMessages) if (reader.store === 'code128') fill(reader, codes, this.#rows)
    const rows = this.#compact(isKept)
    this.#append(rows)
    this.#stores.texts.clear()
    this.accepted += rows
    this.#rows = 0
  }

  /** The first record with a value stays; undefined when no record has to go. */
  #dropDuplicates(codes: Uint32Array): Uint8Array | undefined {
    let isKept: Uint8Array | undefined
    for (const { seen, messages, column } of this.#hasMessages) {
      if (!seen || !messages) continue
      for (let row = 0; row < this.#rows; row++) {
        const message = messages[row] as number
        if (message < 0 || isKept?.[row] === 0 || seen.add(codes, message * 4)) continue
        isKept ??= new Uint8Array(BATCH_ROWS).fill(1)
        isKept[row] = 0
        const line = this.#lines[row] as number
        this.#rejects.add({ line, column: column.column, value: '—', isMasked: true, reason: 'duplicate' })
      }
    }
    return isKept
  }

  #compact(isKept: Uint8Array | undefined): number {
    if (!isKept) return this.#rows
    let to = 0
    for (let from = 0; from < this.#rows; from++) {
      if (!isKept[from]) continue
      if (to !== from) for (const reader of this.#readers) reader?.move(from, to)
      to++
    }
    return to
  }
}

/** Puts the finished codes of a batch into the column; an empty cell is four zero words. */
function fill(reader: CellReader, codes: Uint32Array, rows: number) {
  const data = reader.data as Uint32Array
  const messages = reader.messages as Int32Array
  for (let row = 0; row < rows; row++) {
    const message = messages[row] as number
    for (let w = 0; w < 4; w++) data[row * 4 + w] = message < 0 ? 0 : (codes[message * 4 + w] as number)
  }
}
