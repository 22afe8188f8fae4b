/** The only door to DuckDB: an engine that sees the folders named and nothing else, and cannot be reconfigured. */
import { mkdir } from 'node:fs/promises'
import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBValue,
  INTEGER,
  UUID,
  VARCHAR,
} from '@duckdb/node-api'
import bindings from '@duckdb/node-bindings'

export type SqlValue = DuckDBValue

export interface ConfinedDatabase {
  connection: DuckDBConnection
  /** Rows as arrays, in the order of the select list; bigint as `bigint`. */
  rows(sql: string, values?: SqlValue[]): Promise<SqlValue[][]>
  run(sql: string): Promise<void>
  /**
   * Reads a query of `width` columns of 16-bit codes block by block; the arrays hold only until `use` returns. Other
   * queries may run meanwhile.
   */
  eachBlock(sql: string, width: number, use: (block: Uint16Array[], rows: number) => void): Promise<void>
  close(): void
}

export const quoteName = (name: string) => `"${name.replaceAll('"', '""')}"`
export const quoteText = (text: string) => `'${text.replaceAll("'", "''")}'`

/**
 * At most `threads` and `memory`; what it spills stays in `folder`, which it may read and write. With one thread rows
 * keep their order in any case: then an engine that gathers no output writes row groups as they fill.
 */
export async function openConfined(
  folder: string,
  { memory = '256MB', threads = 2, gathersOutput = true } = {},
): Promise<ConfinedDatabase> {
  await mkdir(folder, { recursive: true })
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: memory, threads: String(threads) })
  const connection = await instance.connect()
  // The order matters: folders first, then no other access, then no more settings (promises.md §4.8).
  // A folder to spill into for each process: two engines in one would overwrite each other.
  await connection.run(`SET temp_directory=${quoteText(`${folder}/.spill-${process.pid}`)}`)
  await connection.run(`SET allowed_directories=[${quoteText(folder)}]`)
  await connection.run(`SET preserve_insertion_order=${gathersOutput}`)
  await connection.run('SET enable_external_access=false')
  await connection.run('SET lock_configuration=true')
  return {
    connection,
    rows: async (sql, values = []) => (await connection.runAndReadAll(sql, values)).getRows(),
    run: async (sql) => {
      await connection.run(sql)
    },
    eachBlock: (sql, width, use) => readBlocks(instance, sql, width, use),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** On a connection of its own: a query on the same one would end the reading. */
async function readBlocks(
  instance: DuckDBInstance,
  sql: string,
  width: number,
  use: (block: Uint16Array[], rows: number) => void,
): Promise<void> {
  const connection = await instance.connect()
  try {
    const result = await connection.stream(sql)
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; ) {
      const { rowCount, chunk: data } = chunk
      // The engine reads the next block while this one is used.
      const next = result.fetchChunk()
      const block = Array.from({ length: width }, (_, i) => {
        const bytes = bindings.vector_get_data(bindings.data_chunk_get_vector(data, i), rowCount * 2)
        return new Uint16Array(bytes.buffer, bytes.byteOffset, rowCount)
      })
      try {
        use(block, rowCount)
      } finally {
        chunk = await next
      }
    }
  } finally {
    connection.closeSync()
  }
}

/** Storage of one column while a file is read; each is a plain array that the engine copies as a block. */
export type ColumnStore = 'int32' | 'double' | 'code128' | 'bytes'

const STORES = {
  int32: { type: INTEGER, bytes: 4 },
  double: { type: DOUBLE, bytes: 8 },
  code128: { type: UUID, bytes: 16 },
  bytes: { type: VARCHAR, bytes: 16 },
} as const

/** The engine ran into its limit; in its own words, since it gives no code. */
export const isOutOfMemory = (failure: unknown): boolean =>
  failure instanceof Error && /out of memory|(failed to pin|could not allocate) block/i.test(failure.message)

/** A vector of the engine: the most rows one append takes. */
export const BATCH_ROWS = 2048

export type ColumnData = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | TextCells

/** Cells as ranges `[starts[row], ends[row])` of shared bytes; an empty range is an empty cell. */
export interface TextCells {
  arena: { bytes: Buffer }
  starts: Int32Array
  ends: Int32Array
}

/** The appender keeps so many cells, outside the engine's memory limit, until it is flushed. */
const FLUSH_CELLS = 400 * BATCH_ROWS

/** Appends blocks of rows to `table`, whose columns were created in the order of `stores`. */
export async function openAppender(database: ConfinedDatabase, table: string, stores: ColumnStore[]) {
  const appender = await database.connection.createAppender(table)
  // One for all blocks: each holds its text until the engine lets it go, and nothing tells Node how much that is.
  const chunk = DuckDBDataChunk.create(stores.map((store) => STORES[store].type))
  const most = Math.min(16, Math.max(1, Math.floor(FLUSH_CELLS / BATCH_ROWS / stores.length))) * BATCH_ROWS
  let waiting = 0
  return {
    append(columns: ColumnData[], rows: number) {
      if (rows === 0) return
      chunk.reset()
      chunk.rowCount = rows
      stores.forEach((store, i) => {
        const vector = bindings.data_chunk_get_vector(chunk.chunk, i)
        const data = columns[i] as ColumnData
        if ('arena' in data) assignTexts(vector, data, rows)
        else bindings.copy_data_to_vector(vector, 0, data.buffer, data.byteOffset, rows * STORES[store].bytes)
      })
      appender.appendDataChunk(chunk)
      waiting += rows
      if (waiting < most) return
      appender.flushSync()
      waiting = 0
    },
    close: () => appender.closeSync(),
  }
}

/** Bytes the engine keeps of a cell; of a text, beside its letters. */
export const bytesOf = (store: ColumnStore): number => STORES[store].bytes

export const sqlTypeOf = (store: ColumnStore): string => STORES[store].type.toString()

function assignTexts(vector: bindings.Vector, { arena: { bytes }, starts, ends }: TextCells, rows: number) {
  for (let row = 0; row < rows; row++)
    bindings.vector_assign_string_element_len(vector, row, bytes.subarray(starts[row], ends[row]))
}
