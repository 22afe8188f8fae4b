import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { eventBy } from '../../db/administration.ts'
import { recordEvent } from '../../db/audit.ts'
import { type ConnectionRow, findConnection } from '../../db/connections.ts'
import { newId } from '../../db/ids.ts'
import { HEAD_BYTES } from '../../db/ingest/head.ts'
import { sniffFile } from '../../db/ingest/sniff.ts'
import { OutsideFailed } from '../../db/outside/failed.ts'
import { openDatabaseOutside, sampleOutside } from '../../db/outside/outside.ts'
import { PATIENCE } from '../../db/outside/patience.ts'
import type { OutsideColumn, TableSearch, Target } from '../../db/outside/target.ts'
import type { OutsideTable } from '../../domain/connections.ts'
import { OWN_READING } from '../../domain/file-readings.ts'
import { Refused } from '../../domain/refusals.ts'
import { asKeeper, targetOf } from '../connections.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'

interface Place {
  cycleId: string
  sourceId: string
  connectionId: string
}

/** `code` is of a connection that does not answer or of a file that cannot be read. */
export type Looked<T> =
  | { ok: true; found: T }
  | {
      ok: false
      failure: { code: string; facts: { status?: number; line?: number; column?: number; detail?: string } }
    }

/** Tables and views a connection may read, a page of them; none of their rows. */
export async function listTablesOutside(
  context: AppContext,
  actor: Actor,
  place: Place,
  search: TableSearch,
): Promise<Looked<OutsideTable[]>> {
  return await looking(async () => {
    const { target } = await opened(context, actor, place)
    const database = await openDatabaseOutside(target)
    try {
      return { ok: true, found: await database.tables(search) }
    } finally {
      await database.close()
    }
  })
}

export interface OutsideSample {
  header: string[]
  rows: string[][]
  /** Of a table; empty of an address. */
  columns: OutsideColumn[]
}

/** The first 50 records behind a connection, as they would be read; whoever saw them is on record. */
export async function lookOutside(
  context: AppContext,
  actor: Actor,
  place: Place,
  table: OutsideTable | null,
): Promise<Looked<OutsideSample>> {
  return await looking(async () => {
    const { target, connection } = await opened(context, actor, place)
    const { pieces, columns } = await sampleOutside(target, table, SAMPLE_ROWS)
    const seen = await sniffed(context, pieces, table !== null)
    if (!seen.ok) {
      const { code, ...facts } = seen.refusal
      return { ok: false, failure: { code, facts } }
    }
    await recordLook(context, actor, place, connection)
    const { header, sampleRows: rows } = seen.file
    return { ok: true, found: { header, rows, columns } }
  })
}

const SAMPLE_ROWS = 50

async function looking<T>(work: () => Promise<Looked<T>>): Promise<Looked<T>> {
  try {
    return await work()
  } catch (failure) {
    if (failure instanceof OutsideFailed) return { ok: false, failure: { code: failure.code, facts: failure.facts } }
    throw failure
  }
}

async function opened(
  context: AppContext,
  actor: Actor,
  { cycleId, connectionId }: Place,
): Promise<{ target: Target; connection: ConnectionRow }> {
  return await asKeeper(context, actor, { objectId: connectionId, cycleId, stepCode: '3' }, async (trx) => {
    const connection = await findConnection(trx, connectionId)
    if (!connection) throw new Refused('not_visible')
    return { connection, target: await targetOf(context, trx, connection) }
  })
}

/** As an uploaded file is looked at, on a copy of the beginning that is gone afterwards. */
async function sniffed({ config }: AppContext, pieces: AsyncIterable<Buffer>, isTable: boolean) {
  const root = path.resolve(config.DATA_DIR, 'uploads')
  await mkdir(root, { recursive: true, mode: 0o700 })
  const file = path.join(root, newId())
  try {
    await writeFile(file, await beginningOf(pieces), { flag: 'wx', mode: 0o600 })
    return await sniffFile(file, isTable ? { reading: OWN_READING } : {})
  } finally {
    await rm(file, { force: true })
  }
}

/**
 * A little more than a head, so that a record cut in two does not count as the last one of a whole file; of a server that
 * sends little by little, the lines that came while a person waits.
 */
async function beginningOf(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const until = performance.now() + PATIENCE.ms
  const parts: Buffer[] = []
  let bytes = 0
  for await (const piece of pieces) {
    parts.push(piece)
    bytes += piece.length
    if (bytes > HEAD_BYTES) return Buffer.concat(parts).subarray(0, HEAD_BYTES + 1)
    if (performance.now() > until) return wholeLines(Buffer.concat(parts))
  }
  return Buffer.concat(parts)
}

const wholeLines = (text: Buffer) => text.subarray(0, text.lastIndexOf(10) + 1)

async function recordLook(context: AppContext, actor: Actor, place: Place, connection: ConnectionRow): Promise<void> {
  const { cycleId, sourceId, connectionId } = place
  await asKeeper(context, actor, { objectId: connectionId, cycleId, stepCode: '3' }, (trx, by) =>
    recordEvent(trx, {
      ...eventBy(by),
      ...{ type: 'connection.used', objectId: connectionId, objectVersion: sourceId, cycleId, stepCode: '3' },
      changes: [{ field: 'name', before: null, after: connection.name }],
    }),
  )
}
