/** Sheets of a small workbook as whole tables, for what is read cell by cell: each cell with its address and as it was typed. */
import { MAX_COLUMNS } from '../csv.ts'
import { FileRefused } from '../file-refused.ts'
import { openWorkbook } from './workbook.ts'

export interface SheetTable {
  name: string
  /** Rows that hold something, each under its number in the sheet. */
  rows: { line: number; cells: string[] }[]
  /** Groups of cells shown as one, `B2:B5`. */
  merges: string[]
}

export interface TableLimits {
  sheets: number
  rows: number
  /** Of all the sheets. */
  letters: number
}

/** Throws `FileRefused` when it is no workbook we can read, `too_wide` where it holds more than the limits. */
export async function readTables(file: string, work: string, limits: TableLimits): Promise<SheetTable[]> {
  const workbook = await openWorkbook(file, work)
  try {
    await workbook.readTexts()
    const tables: SheetTable[] = []
    const left = { letters: limits.letters }
    for (const name of workbook.sheets.slice(0, limits.sheets)) {
      const table: SheetTable = { name, rows: [], merges: [] }
      const decoder = new TextDecoder()
      await workbook.rows(
        name,
        ({ bytes, starts, ends, cells, line }) => {
          if (table.rows.length > limits.rows) return
          const texts = Array.from({ length: Math.min(cells, MAX_COLUMNS) }, (_, i) =>
            decoder.decode(bytes.subarray(starts[i], ends[i])),
          )
          left.letters -= texts.reduce((sum, one) => sum + one.length, 0)
          if (left.letters < 0) throw new FileRefused('too_wide')
          if (texts.some((text) => text.trim() !== '')) table.rows.push({ line, cells: texts })
        },
        { onMerge: (range) => table.merges.length < limits.rows * 10 && table.merges.push(range) },
      )
      tables.push(table)
    }
    return tables
  } finally {
    workbook.close()
  }
}
