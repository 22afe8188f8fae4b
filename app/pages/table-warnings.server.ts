import type { ImportRow } from '../../db/imports.ts'
import { rowsOf } from '../../db/ingest/head.ts'
import { headerOf } from '../../domain/file-readings.ts'
import { isMasked } from '../../domain/profiles.ts'
import type { PublishedTable } from '../../domain/published-table.ts'
import { type TableWarning, warningsAcross, warningsOf } from '../../domain/table-warnings.ts'
import type { AppContext } from '../context.server.ts'
import { headOf } from '../received-files.server.ts'
import type { Actor } from '../session.server.ts'

/** A published table is small: what a head holds of any file (db/ingest/head.ts). */
const MOST_ROWS = 150

interface FileInUse {
  name: string
  row: ImportRow
}

/** Where the file of a source does not agree with itself or with the other tables of the cycle; empty for files of records. */
export async function tableWarnings(
  context: AppContext,
  actor: Actor,
  own: FileInUse,
  others: FileInUse[],
): Promise<TableWarning[]> {
  const table = await tableOf(context, actor, own)
  if (!table) return []
  const rest = await Promise.all(others.map((other) => tableOf(context, actor, other)))
  return [
    ...warningsOf(table),
    ...warningsAcross(
      table,
      rest.filter((one) => one !== null),
    ),
  ]
}

/** The cells as they are written; null where the file is larger than a table or holds data of persons. */
async function tableOf(context: AppContext, actor: Actor, { name, row }: FileInUse): Promise<PublishedTable | null> {
  const isSmall = (row.rows ?? 0) + (row.rejects ?? 0) <= MOST_ROWS
  if (!isSmall || row.baseImportId !== null || row.mapping.some(isMasked)) return null
  const { sniff } = row
  const found = rowsOf(await headOf(context, actor, row), sniff).filter(({ line }) => line >= sniff.headerLine)
  const records = found.slice(sniff.headerRows)
  return {
    name,
    header: headerOf(found.slice(0, sniff.headerRows).map(({ cells }) => cells)),
    rows: records.map(({ cells }) => cells),
    lines: records.map(({ line }) => line),
  }
}
