/** Released tables as a workbook: text stands as text and never runs (promises G22), counts are numbers. */
import writeWorkbook from 'write-excel-file/node'
import { WORKBOOK_SHEETS } from '../catalog/open-data-words.ts'
import { workbookText } from '../domain/csv-cells.ts'
import { linesOf, type ReleasedTable } from './open-data.ts'
import { withoutTimes } from './zip-times.ts'

/** Sheet `Datos` has one line a cell, as the CSV has; `Diccionario` what its columns mean, as rows of text. Equal tables are equal bytes. */
export async function openDataWorkbook(
  tables: ReleasedTable[],
  dictionary: readonly (readonly string[])[],
): Promise<Buffer> {
  const lines = tables.flatMap(tableLines)
  const columns = Object.keys(lines[0] ?? {})
  const data = [columns.map(heading), ...lines.map((line) => columns.map((column) => cell(line[column] ?? '')))]
  const explained = dictionary.map((row, i) => row.map((text) => (i === 0 ? heading(text) : cell(text))))
  const [first, second] = WORKBOOK_SHEETS
  const book = await writeWorkbook([
    { data, sheet: first, stickyRowsCount: 1 },
    { data: explained, sheet: second, stickyRowsCount: 1 },
  ]).toBuffer()
  return withoutTimes(book)
}

/** Every line of a table with the snapshot it comes from, by the columns of the CSV. */
export function tableLines(released: ReleasedTable): Record<string, string | number>[] {
  const { snapshotHash, notice } = released.table
  return linesOf(released).map((line) => ({ ...line, corte_sha256: snapshotHash, aviso: notice ?? '' }))
}

const heading = (text: string) => ({ type: String, value: workbookText(text), fontWeight: 'bold' as const })

function cell(value: string | number) {
  return typeof value === 'number' ? { type: Number, value } : { type: String, value: workbookText(value) }
}
