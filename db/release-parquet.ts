/** Released tables as Parquet: counts are whole numbers, null where hidden, and the mark stands beside them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReleasedTable } from '../documents/open-data.ts'
import { tableLines } from '../documents/open-data-workbook.ts'
import { openConfined, quoteName, quoteText } from './duckdb.ts'

const COUNT = 'registros'
const MARK = 'marca'

/** Bytes of the file; the same tables give the same bytes. */
export async function openDataParquet(tables: ReleasedTable[]): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'caracteriza-parquet-'))
  const engine = await openConfined(folder, { threads: 1 })
  try {
    const lines = tables.flatMap(tableLines)
    const columns = Object.keys(lines[0] ?? {})
    const types = columns.map((name) => `${quoteName(name)} ${name === COUNT ? 'BIGINT' : 'VARCHAR'}`)
    await engine.run(`create table datos (${[...types, `${MARK} VARCHAR`].join(', ')})`)
    for (let i = 0; i < lines.length; i += 500)
      await engine.run(`insert into datos values ${lines.slice(i, i + 500).map((line) => row(line, columns))}`)
    const file = join(folder, 'datos.parquet')
    await engine.run(`copy datos to ${quoteText(file)} (format parquet, compression zstd)`)
    return await readFile(file)
  } finally {
    engine.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function row(line: Record<string, string | number>, columns: string[]): string {
  const count = line[COUNT]
  const values = columns.map((column) => {
    if (column === COUNT) return typeof count === 'number' ? String(count) : 'null'
    return quoteText(String(line[column] ?? ''))
  })
  return `(${[...values, typeof count === 'number' ? 'null' : quoteText(String(count ?? ''))].join(', ')})`
}
