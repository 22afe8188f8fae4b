/** A list of the product as a file: text stands as text and never runs as a formula (promises G22), counts are numbers. */
import writeWorkbook from 'write-excel-file/node'
import { csvText, workbookText } from '../domain/csv-cells.ts'
import type { ListCell, ListFormat, ListTable } from '../domain/lists.ts'
import { withoutTimes } from './zip-times.ts'

/** Media type and ending of the name, by format. */
export const LIST_FILE_TYPES: Record<ListFormat, { mediaType: string; ending: 'csv' | 'xlsx' }> = {
  csv: { mediaType: 'text/csv; charset=utf-8', ending: 'csv' },
  csv_semicolon: { mediaType: 'text/csv; charset=utf-8', ending: 'csv' },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ending: 'xlsx' },
}

/** Equal lists are equal bytes, so that the hash in the record says which list was taken. */
export async function listFile(table: ListTable, format: ListFormat): Promise<Buffer> {
  if (format === 'xlsx') return await listWorkbook(table)
  return Buffer.from(csvText([table.header, ...table.rows], format === 'csv' ? ',' : ';'))
}

/** No sheet has a longer name, nor one with these signs in it. */
const SHEET_NAME = 31
const NOT_IN_SHEET_NAME = /[\\/?*:[\]]/g

async function listWorkbook({ title, header, rows }: ListTable): Promise<Buffer> {
  const data = [header.map(heading), ...rows.map((row) => row.map(workbookCell))]
  const columns = header.map((name) => ({ width: Math.max(14, Math.min(40, name.length + 4)) }))
  const sheet = title.replace(NOT_IN_SHEET_NAME, ' ').slice(0, SHEET_NAME)
  return withoutTimes(await writeWorkbook([{ data, sheet, columns, stickyRowsCount: 1 }]).toBuffer())
}

const heading = (text: string) => ({ type: String, value: workbookText(text), fontWeight: 'bold' as const })

function workbookCell(cell: ListCell) {
  if (cell === null || cell === '') return null
  return typeof cell === 'number' ? { type: Number, value: cell } : { type: String, value: workbookText(cell) }
}
