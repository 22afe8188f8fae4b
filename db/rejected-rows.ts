/** The rejected records of an import, line by line: where and why, never what stood in the cell. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { RejectReason } from '../domain/sources.ts'
import { eachReject } from './ingest/reject-lines.ts'
import { type SealedRef, unsealFile } from './sealed-files.ts'
import type { ImportRow } from './sources.ts'

export interface RejectedRow {
  /** 1-based physical line of the original, or row of its sheet. */
  line: number
  /** Names of the columns that are wrong; none where the record as a whole is. */
  columns: string[]
  reasons: RejectReason[]
  /** A later file brought the record and it was accepted. */
  isCorrected: boolean
}

/**
 * In the order of the file. `later` is the import that corrects the rejects of `row`, once it is done. What lies in plain
 * text meanwhile is removed.
 */
export async function listRejectedRows(
  owner: Omit<SealedRef, 'sha256'>,
  row: Pick<ImportRow, 'rejectsSha256'>,
  later: Pick<ImportRow, 'rejectsSha256'> | undefined,
): Promise<RejectedRow[]> {
  const rows = await read(owner, row.rejectsSha256)
  const left = later && (await read(owner, later.rejectsSha256))
  return [...rows.values()].map((one) => ({ ...one, isCorrected: left !== undefined && !left.has(one.line) }))
}

type Read = Map<number, Omit<RejectedRow, 'isCorrected'>>

async function read(owner: Omit<SealedRef, 'sha256'>, sha256: string | null): Promise<Read> {
  const rows: Read = new Map()
  if (sha256 === null) return rows
  const root = join(owner.dataDir, 'imports')
  await mkdir(root, { recursive: true, mode: 0o700 })
  const folder = await mkdtemp(join(root, 'rechazados-'))
  try {
    const file = join(folder, 'rechazados.csv')
    await unsealFile({ ...owner, sha256 }, file)
    await eachReject(file, ({ line, column, reason }) => {
      const known = rows.get(line) ?? { line, columns: [], reasons: [] }
      if (column !== '' && !known.columns.includes(column)) known.columns.push(column)
      if (!known.reasons.includes(reason)) known.reasons.push(reason)
      rows.set(line, known)
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return rows
}
