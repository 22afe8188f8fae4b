import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { newId } from '../db/ids.ts'
import { HEAD_ROWS, rowsOf } from '../db/ingest/head.ts'
import { sniffFile } from '../db/ingest/sniff.ts'
import { type ListFault, type ListRow, MAX_LIST_ROWS, readList } from '../domain/grant-lists.ts'

export type ReadListFile = { ok: true; rows: ListRow[]; sha256: string } | ({ ok: false } & ListFault)

/** The rows of a list, XLSX or CSV, by the readers every received file goes through; the file is gone afterwards. */
export async function readListFile(content: Uint8Array, dataDir: string): Promise<ReadListFile> {
  const folder = path.resolve(dataDir, 'uploads')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, newId())
  try {
    await writeFile(file, content, { mode: 0o600 })
    const seen = await sniffFile(file)
    if (!seen.ok) return { ok: false, fault: 'file', refusal: seen.refusal }
    const { header, headerLine, headerRows, sha256 } = seen.file
    const all = rowsOf(seen.head, seen.file)
    const read = readList(header, all.filter(({ line }) => line >= headerLine).slice(headerRows))
    if (!read.ok)
      return 'missing' in read ? { ok: false, fault: 'columns', missing: read.missing } : { ok: false, fault: 'empty' }
    // The head of a file has at most so many rows: with that many there may be more.
    if (read.rows.length > MAX_LIST_ROWS || all.length >= HEAD_ROWS) return { ok: false, fault: 'too_long' }
    return { ok: true, rows: read.rows, sha256 }
  } finally {
    await rm(file, { force: true })
  }
}
