/** The rejected records of an import, line by line: where and why, never what stood in the cell. */
import type { RejectReason } from '../domain/sources.ts'
import type { ImportRow } from './imports.ts'
import { type RejectLine, readRejects } from './ingest/reject-lines.ts'
import { readSealed, type SealedRef } from './sealed-files.ts'

/** Wrong cells that are read of a reject file, a few megabytes of it; the rest is in the file that is downloaded. */
const MAX_CELLS = 20_000

export interface RejectedRow {
  /** 1-based physical line of the original, or row of its sheet. */
  line: number
  /** Names of the columns that are wrong; none where the record as a whole is. */
  columns: string[]
  reasons: RejectReason[]
  /** A later file brought the record and it was accepted. */
  isCorrected: boolean
}

export interface RejectedRows {
  rows: RejectedRow[]
  /** More follow that were not read. */
  isCut: boolean
}

/**
 * The first rejected records in the order of the file, each whole, up to the one that reaches `limit` wrong cells. `later`
 * is the import that corrects the rejects of `row`, once it is done. Both files are opened piece by piece and only as far
 * as needed; nothing of them is written in plain text.
 */
export async function listRejectedRows(
  owner: Omit<SealedRef, 'sha256'>,
  row: Pick<ImportRow, 'rejectsSha256'>,
  later: Pick<ImportRow, 'rejectsSha256'> | undefined,
  limit = MAX_CELLS,
): Promise<RejectedRows> {
  const known = new Map<number, Omit<RejectedRow, 'isCorrected'>>()
  let cells = 0
  let isCut = false
  await read(owner, row, ({ line, column, reason }) => {
    const one = known.get(line) ?? { line, columns: [], reasons: [] }
    isCut = cells >= limit && !known.has(line)
    if (isCut) return false
    cells++
    if (column !== '' && !one.columns.includes(column)) one.columns.push(column)
    if (!one.reasons.includes(reason)) one.reasons.push(reason)
    known.set(line, one)
    return true
  })
  const rows = [...known.values()]
  const left = later && (await linesUpTo(rows.at(-1)?.line ?? 0, owner, later))
  return { rows: rows.map((one) => ({ ...one, isCorrected: left !== undefined && !left.has(one.line) })), isCut }
}

/** A reject file is in the order of the original, so none of these comes after a later line. */
async function linesUpTo(last: number, owner: Omit<SealedRef, 'sha256'>, row: Pick<ImportRow, 'rejectsSha256'>) {
  const lines = new Set<number>()
  await read(owner, row, ({ line }) => {
    if (line > last) return false
    lines.add(line)
    return true
  })
  return lines
}

async function read(
  owner: Omit<SealedRef, 'sha256'>,
  { rejectsSha256: sha256 }: Pick<ImportRow, 'rejectsSha256'>,
  onReject: (reject: RejectLine) => boolean,
): Promise<void> {
  if (sha256 !== null) await readRejects(readSealed({ ...owner, sha256 }), onReject)
}
