/** One reader per column: checks a cell and keeps its value for the batch being read. */
import type { MappedColumn, RejectReason } from '../../domain/sources.ts'
import { BATCH_ROWS, type ColumnData, type ColumnStore, quoteName, type TextCells } from '../duckdb.ts'
import type { PseudonymBatch } from '../pseudonyms.ts'
import { NULL_DATE, parseBoolean, parseDate, parseNumber } from './cells.ts'
import { type CategoryRoom, Dictionary, MAX_CATEGORIES } from './dictionary.ts'
import { FileRefused } from './file-refused.ts'
import type { SeenCodes } from './seen-codes.ts'
import type { TextArena } from './text-arena.ts'

export interface CellReader {
  readonly column: MappedColumn
  readonly store: ColumnStore
  readonly data: ColumnData
  /** Numbers of the batch's pseudonyms, for columns that are pseudonymized or must be unique; -1 where empty. */
  readonly messages: Int32Array | null
  seen: SeenCodes | null
  /** Keeps the trimmed cell as row `row`, or says why not. `start < end`. */
  read(bytes: Buffer, start: number, end: number, row: number): RejectReason | null
  /** Keeps an empty cell. */
  readEmpty(row: number): void
  /** Moves row `from` to `to`, where a record between them fell out. */
  move(from: number, to: number): void
  /** SQL that turns the stored column into the snapshot's. */
  select(): string
  /** Of a category: its values; the snapshot holds 1 for the first one and 0 for an empty cell. */
  values?(): string[]
}

/** What the columns of a file share while it is read. */
export interface BatchStores {
  pseudonyms: PseudonymBatch
  texts: TextArena
  room: CategoryRoom
}

/** The reader for a mapped column; undefined where the mapping ignores it. Cells are UTF-8. */
export function readerOf(column: MappedColumn, stores: BatchStores): CellReader | undefined {
  if (column.role === 'ignore') return undefined
  const { pseudonyms } = stores
  if (column.role !== 'variable') return identifierReader(column, pseudonyms)
  const reader = variableReader(column, stores)
  return column.unique ? withUniqueness(reader, pseudonyms) : reader
}

function variableReader(column: MappedColumn, { texts, room }: BatchStores): CellReader {
  if (column.type === 'category') return categoryReader(column, room)
  if (column.type === 'text') return textReader(column, texts)
  if (column.type === 'date') return dateReader(column)
  if (column.type === 'boolean') return booleanReader(column)
  return numberReader(column)
}

const name = (column: MappedColumn) => quoteName(column.code)

function base<Data extends Exclude<ColumnData, TextCells>>(
  column: MappedColumn,
  store: ColumnStore,
  data: Data,
  empty: Data[number],
) {
  return {
    column,
    store,
    data,
    messages: null as Int32Array | null,
    seen: null as SeenCodes | null,
    readEmpty: (row: number) => {
      data[row] = empty
    },
    move: (from: number, to: number) => {
      data[to] = data[from] as Data[number]
    },
  }
}

function categoryReader(column: MappedColumn, room: CategoryRoom): CellReader {
  const data = new Int32Array(BATCH_ROWS)
  const dictionary = new Dictionary()
  const isClosed = (column.allowed?.length ?? 0) > 0
  for (const value of column.allowed ?? []) {
    const bytes = Buffer.from(value)
    dictionary.code(bytes, 0, bytes.length, true)
  }
  return {
    ...base(column, 'int32', data, 0),
    read(bytes, start, end, row) {
      const known = dictionary.size
      const code = dictionary.code(bytes, start, end, !isClosed)
      if (code === 0) return 'not_allowed'
      if (code > MAX_CATEGORIES) throw new FileRefused('too_many_values', { detail: column.column })
      if (code > known && !room.take(end - start))
        throw new FileRefused('categories_too_large', { detail: column.column })
      data[row] = code
      return null
    },
    // Codes stay codes: turning them into text here costs more than all the rest of the import.
    select: () => `${name(column)}::USMALLINT`,
    values: () => dictionary.values(),
  }
}

function textReader(column: MappedColumn, texts: TextArena): CellReader {
  const [starts, ends] = [new Int32Array(BATCH_ROWS), new Int32Array(BATCH_ROWS)]
  return {
    ...{ column, store: 'bytes', data: { arena: texts, starts, ends }, messages: null, seen: null },
    read(bytes, start, end, row) {
      // A copy: the chunk is overwritten before the batch is handed over.
      const at = texts.keep(bytes, start, end)
      starts[row] = at
      ends[row] = at + end - start
      return null
    },
    readEmpty(row) {
      starts[row] = 0
      ends[row] = 0
    },
    move(from, to) {
      starts[to] = starts[from] as number
      ends[to] = ends[from] as number
    },
    select: () => `nullif(${name(column)}, '')`,
  }
}

function dateReader(column: MappedColumn): CellReader {
  const data = new Int32Array(BATCH_ROWS)
  return {
    ...base(column, 'int32', data, NULL_DATE),
    read(bytes, start, end, row) {
      const days = parseDate(bytes, start, end, column.dateFormat)
      if (Number.isNaN(days)) return 'not_a_date'
      data[row] = days
      return null
    },
    select: () => `DATE '1970-01-01' + nullif(${name(column)}, ${NULL_DATE})`,
  }
}

function numberReader(column: MappedColumn): CellReader {
  const data = new Float64Array(BATCH_ROWS)
  const isInteger = column.type === 'integer'
  return {
    ...base(column, 'double', data, Number.NaN),
    read(bytes, start, end, row) {
      const value = parseNumber(bytes, start, end, column.decimalMark)
      if (Number.isNaN(value)) return isInteger ? 'not_an_integer' : 'not_a_number'
      if (isInteger && !Number.isInteger(value)) return 'not_an_integer'
      data[row] = value
      return null
    },
    select: () => `nullif(${name(column)}, 'NaN'::DOUBLE)${isInteger ? '::BIGINT' : ''}`,
  }
}

function booleanReader(column: MappedColumn): CellReader {
  const data = new Int32Array(BATCH_ROWS)
  const decoder = new TextDecoder()
  return {
    ...base(column, 'int32', data, 2),
    read(bytes, start, end, row) {
      const value = end - start > 9 ? Number.NaN : parseBoolean(decoder.decode(bytes.subarray(start, end)))
      if (Number.isNaN(value)) return 'not_a_boolean'
      data[row] = value
      return null
    },
    select: () => `nullif(${name(column)}, 2)::BOOLEAN`,
  }
}

/** Keeps the number of a message; the codes are filled in when the batch ends. */
function identifierReader(column: MappedColumn, pseudonyms: PseudonymBatch): CellReader {
  const data = new Uint32Array(BATCH_ROWS * 4)
  const messages = new Int32Array(BATCH_ROWS)
  const add = messageOf(column, pseudonyms)
  return {
    ...base(column, 'code128', data, 0),
    messages,
    readEmpty(row) {
      messages[row] = -1
    },
    read(bytes, start, end, row) {
      messages[row] = add(bytes, start, end)
      return null
    },
    move: (from, to) => data.copyWithin(to * 4, from * 4, from * 4 + 4),
    // Four zero words, as the engine prints them: it stores the topmost bit inverted.
    select: () => `nullif(${name(column)}, '80000000-0000-0000-0000-000000000000'::UUID)`,
  }
}

/** A document number counts by its letters and digits, so `1.144.000` and `1144000` are one person. */
function messageOf(column: MappedColumn, pseudonyms: PseudonymBatch) {
  const decoder = new TextDecoder()
  const isKey = column.role === 'person_key'
  const low = isKey ? 48 : 0
  const high = isKey ? 57 : 127
  return (bytes: Buffer, start: number, end: number): number => {
    let at = start
    while (at < end && (bytes[at] as number) >= low && (bytes[at] as number) <= high) at++
    if (at === end) return pseudonyms.add(bytes, start, end)
    const text = decoder.decode(bytes.subarray(start, end)).normalize('NFC')
    const plain = Buffer.from(isKey ? text.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase() || text : text)
    return pseudonyms.add(plain, 0, plain.length)
  }
}

/** A published variable that must not repeat is compared by its code, not kept as one. */
function withUniqueness(reader: CellReader, pseudonyms: PseudonymBatch): CellReader {
  const messages = new Int32Array(BATCH_ROWS)
  const add = messageOf(reader.column, pseudonyms)
  return {
    ...reader,
    messages,
    readEmpty(row) {
      messages[row] = -1
      reader.readEmpty(row)
    },
    read(bytes, start, end, row) {
      const reason = reader.read(bytes, start, end, row)
      if (!reason) messages[row] = add(bytes, start, end)
      return reason
    },
  }
}
