/** What is read through a connection, whatever stands behind it: one way for the page that looks and the worker that fetches. */
import { Readable } from 'node:stream'
import type { OutsideTable } from '../../domain/connections.ts'
import type { ColumnType } from '../../domain/sources.ts'
import { HEAD_BYTES } from '../ingest/head.ts'
import { OutsideFailed } from './failed.ts'
import { openHttp } from './http.ts'
import { openMysql } from './mysql.ts'
import { openPostgresql } from './postgresql.ts'
import type { OutsideColumn, OutsideDatabase, Target } from './target.ts'

export async function openDatabaseOutside(target: Target): Promise<OutsideDatabase> {
  return target.place.kind === 'mysql' ? await openMysql(target) : await openPostgresql(target)
}

/** All that an HTTP address answers, or a database's table as CSV. */
export async function* readOutside(target: Target, table: OutsideTable | null): AsyncGenerator<Buffer> {
  if (target.place.kind === 'http') {
    yield* openHttp(target)
    return
  }
  if (!table) throw new OutsideFailed('table_missing')
  const database = await openDatabaseOutside(target)
  try {
    yield* database.read(table)
  } finally {
    await database.close()
  }
}

/** The first records of a table with its columns, or the beginning of what an address answers. */
export async function sampleOutside(
  target: Target,
  table: OutsideTable | null,
  rows: number,
): Promise<{ pieces: AsyncIterable<Buffer>; columns: OutsideColumn[] }> {
  if (target.place.kind === 'http') return { pieces: openHttp(target), columns: [] }
  if (!table) throw new OutsideFailed('table_missing')
  const database = await openDatabaseOutside(target)
  try {
    const columns = await database.columns(table)
    const pieces: Buffer[] = []
    let bytes = 0
    for await (const piece of database.read(table, rows)) {
      pieces.push(piece)
      bytes += piece.length
      // Cells may be long; nobody looks at more than this of them.
      if (bytes > HEAD_BYTES) break
    }
    return { pieces: Readable.from(pieces), columns }
  } finally {
    await database.close()
  }
}

/** What the database of a table says each of its columns holds, by their names. */
export async function typesOutside(target: Target, table: OutsideTable): Promise<Record<string, ColumnType>> {
  const database = await openDatabaseOutside(target)
  try {
    return Object.fromEntries((await database.columns(table)).map(({ name, type }) => [name, type]))
  } finally {
    await database.close()
  }
}

/** Reaches what stands behind a connection and asks it for as little as shows that it answers. */
export async function tryOutside(target: Target): Promise<void> {
  if (target.place.kind === 'http') {
    // Leaving the loop closes the answer.
    for await (const _ of openHttp(target)) break
    return
  }
  const database = await openDatabaseOutside(target)
  try {
    await database.test()
  } finally {
    await database.close()
  }
}
