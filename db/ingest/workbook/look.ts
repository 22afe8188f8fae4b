/** The first rows of every sheet, read without unpacking the rest of a workbook. */

import { MAX_COLUMNS } from '../csv.ts'
import { HEAD_ROWS, type HeadSheet } from '../head.ts'
import type { SheetRecord } from './sheet.ts'
import { type OpenWorkbook, openWorkbook } from './workbook.ts'

const SHOWN_LETTERS = 300

/** Heads of the sheets that hold something. Throws `FileRefused` when the file is no workbook we can read. */
export async function lookAtWorkbook(file: string, work: string): Promise<HeadSheet[]> {
  const workbook = await openWorkbook(file, work)
  try {
    await workbook.readTexts({ last: await lastText(workbook) })
    const heads: HeadSheet[] = []
    for (const name of workbook.sheets) heads.push(await headOf(workbook, name))
    return heads.filter((head) => head.rows.length > 0)
  } finally {
    workbook.close()
  }
}

/** Number of the last shared text that the heads need. */
async function lastText(workbook: OpenWorkbook): Promise<number> {
  let last = 0
  const strings = {
    lengthOf: (index: number) => {
      if (index > last) last = index
      return 0
    },
    copy: () => undefined,
  }
  for (const name of workbook.sheets) {
    let rows = 0
    await workbook.rows(name, () => rows++, { context: { strings }, isDone: () => rows >= HEAD_ROWS })
  }
  return last
}

async function headOf(workbook: OpenWorkbook, name: string): Promise<HeadSheet> {
  const rows: HeadSheet['rows'] = []
  const formulas = new Set<number>()
  const decoder = new TextDecoder()
  const take = (row: SheetRecord) => {
    if (rows.length >= HEAD_ROWS) return
    for (const column of row.formulas) formulas.add(column)
    const cells = Array.from({ length: Math.min(row.cells, MAX_COLUMNS) }, (_, i) =>
      decoder.decode(row.bytes.subarray(row.starts[i], row.ends[i])).trim().slice(0, SHOWN_LETTERS),
    )
    if (cells.some((cell) => cell !== '')) rows.push({ line: row.line, cells })
  }
  const estimatedRows = await workbook.rows(name, take, { isDone: () => rows.length >= HEAD_ROWS })
  return {
    name,
    rows,
    formulas: [...formulas].sort((a, b) => a - b),
    estimatedRows: Math.max(rows.length, estimatedRows),
  }
}
