/** Where accepted records gather: in a table of the engine, and beyond some megabytes in files beside it. */
import { join } from 'node:path'
import { bytesOf, type ConfinedDatabase, openAppender, quoteName, quoteText, sqlTypeOf } from '../duckdb.ts'
import type { CellReader } from './readers.ts'

/** Bytes in one file. Who reads a Parquet file holds a vector of 2,048 rows, or all of them where they are fewer. */
const PART_BYTES = 16 << 20
/** A dictionary takes two megabytes a column before it holds anything, and a file read once needs none. */
const PART_FORMAT =
  'FORMAT parquet, COMPRESSION uncompressed, DICTIONARY_SIZE_LIMIT 1, STRING_DICTIONARY_PAGE_SIZE_LIMIT 1024'

export interface Intake {
  /** Takes the first `rows` rows the readers hold. */
  append(rows: number): void
  /** Writes down what has gathered when it is much; call it between chunks. */
  relieve(): Promise<void>
  /** All records in the order of the file, as what stands behind FROM. */
  finish(): Promise<string>
}

/** `work` is a folder the engine may write, which the caller removes. */
export async function openIntake(database: ConfinedDatabase, work: string, readers: CellReader[]): Promise<Intake> {
  const stores = readers.map((reader) => reader.store)
  const table = readers.map((reader) => `${quoteName(reader.column.code)} ${sqlTypeOf(reader.store)}`).join(', ')
  const columns = readers.map((reader) => `${reader.select()} AS ${quoteName(reader.column.code)}`).join(', ')
  const parts: string[] = []
  const rowBytes = stores.reduce((sum, store) => sum + bytesOf(store), 0)
  let gathered = 0
  const begin = async () => {
    await database.run(`CREATE OR REPLACE TABLE intake (${table})`)
    return await openAppender(database, 'intake', stores)
  }
  let appender = await begin()

  async function writePart() {
    appender.close()
    const part = quoteText(join(work, `part-${parts.length}.parquet`))
    await database.run(`COPY (SELECT ${columns} FROM intake) TO ${part} (${PART_FORMAT})`)
    parts.push(part)
    gathered = 0
    // What an appender held stands outside the engine until V8 collects the little it sees of it.
    globalThis.gc?.()
  }
  return {
    append(rows) {
      appender.append(
        readers.map((reader) => reader.data),
        rows,
      )
      gathered += rowBytes * rows + textIn(readers, rows)
    },
    async relieve() {
      if (gathered < PART_BYTES) return
      await writePart()
      appender = await begin()
    },
    async finish() {
      if (parts.length === 0) {
        appender.close()
        return `(SELECT ${columns} FROM intake)`
      }
      await writePart()
      await database.run('DROP TABLE intake')
      return `read_parquet([${parts.join(', ')}])`
    },
  }
}

function textIn(readers: CellReader[], rows: number): number {
  let bytes = 0
  for (const { data } of readers) {
    if (!('arena' in data)) continue
    for (let row = 0; row < rows; row++) bytes += (data.ends[row] as number) - (data.starts[row] as number)
  }
  return bytes
}
