/** The sheets of a workbook that somebody sent, by the reader every received workbook goes through; the file is gone afterwards. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { FileRefusal } from '../../../domain/sources.ts'
import { newId } from '../../ids.ts'
import { runApart } from '../apart.ts'
import { FileRefused } from '../file-refused.ts'
import { typeOf } from '../sniff.ts'
import type { SheetTable, TableLimits } from './tables.ts'

const READ = new URL('./tables-process.ts', import.meta.url)

export type ReceivedTables = { ok: true; sheets: SheetTable[] } | { ok: false; refusal: FileRefusal }

/** A text file is refused as what it is: a table of text has no sheets. */
export async function readReceivedTables(
  content: Uint8Array,
  dataDir: string,
  limits: TableLimits,
): Promise<ReceivedTables> {
  const folder = path.resolve(dataDir, 'uploads')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const [file, work] = [path.join(folder, newId()), await mkdtemp(path.join(tmpdir(), 'caracteriza-tables-'))]
  try {
    if ((await typeOf(Buffer.from(content))) === 'text') throw new FileRefused('wrong_type', { detail: 'csv' })
    await writeFile(file, content, { mode: 0o600 })
    return { ok: true, sheets: await runApart<SheetTable[]>(READ, { file, work, limits }) }
  } catch (error) {
    if (error instanceof FileRefused) return { ok: false, refusal: error.refusal }
    throw error
  } finally {
    await rm(file, { force: true })
    await rm(work, { recursive: true, force: true })
  }
}
