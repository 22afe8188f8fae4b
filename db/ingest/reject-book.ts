/** The rejected records as a workbook: whole, the wrong cells marked, the reason of each beside it (experience 45). */
import type { SheetData } from 'write-excel-file/node'
import writeWorkbook from 'write-excel-file/node'
import {
  MASKED_VALUE,
  REJECT_BOOK_SHEETS,
  REJECT_FILE_HEADER,
  REJECT_LINE_COLUMN,
  REJECT_NOTICE_COLUMN,
  REJECT_REASON_COLUMN,
  REJECT_SENTENCES,
} from '../../catalog/source-texts.ts'
import type { Mapping, SniffedFile } from '../../domain/sources.ts'
import { type CorrectionFile, readCorrections, withCorrections } from './corrections.ts'
import type { RawRecord } from './csv.ts'
import { eachRecord } from './records.ts'
import { eachReject, type RejectLine } from './reject-lines.ts'

/** A workbook is made in memory; beyond so many cells the rest stays in the CSV. */
const MAX_CELLS = 400_000

export interface RejectBookTask {
  /** The original, and what has been corrected of it. */
  file: string
  sniff: SniffedFile
  corrections: CorrectionFile[]
  mapping: Mapping
  /** The reject file (CSV) of the import. */
  rejects: string
  notice?: string | undefined
  work: string
  /** Where the workbook is written. */
  target: string
}

/** Writes the workbook; answers how many of the rejected records it holds. */
export async function writeRejectBook(task: RejectBookTask): Promise<number> {
  const { sniff } = task
  const reasons = await reasonsOf(task.rejects, Math.floor(MAX_CELLS / (sniff.header.length + 2)))
  const records: SheetData = []
  const corrections = await readCorrections(task.corrections, sniff.header, task.work)
  const row = rowMaker(task)
  const take = (record: RawRecord) => {
    const own = reasons.get(record.line)
    if (own) records.push(row(record, own))
  }
  const file = { path: task.file, bytes: sniff.bytes, reading: sniff, header: sniff.header, work: task.work }
  await eachRecord(file, withCorrections(corrections, sniff.header.length, take), async () => undefined)
  const header = [REJECT_LINE_COLUMN, ...sniff.header, REJECT_REASON_COLUMN]
  await writeWorkbook([
    {
      data: [headerRow(header), ...records],
      sheet: REJECT_BOOK_SHEETS[0],
      stickyRowsCount: 1,
      columns: widths(header),
    },
    {
      data: [headerRow(reasonHeader(task)), ...reasonRows(reasons, task)],
      sheet: REJECT_BOOK_SHEETS[1],
      stickyRowsCount: 1,
    },
  ]).toFile(task.target)
  return reasons.size
}

const headerRow = (names: readonly string[]) => names.map((value) => ({ value, fontWeight: 'bold' as const }))
const widths = (header: string[]) => header.map((name) => ({ width: name === REJECT_REASON_COLUMN ? 60 : 20 }))

/** By line of the original, in its order; at most `limit` records. */
async function reasonsOf(rejects: string, limit: number): Promise<Map<number, RejectLine[]>> {
  const reasons = new Map<number, RejectLine[]>()
  await eachReject(rejects, (reject) => {
    const known = reasons.get(reject.line)
    if (known) known.push(reject)
    else if (reasons.size < limit) reasons.set(reject.line, [reject])
  })
  return reasons
}

function rowMaker({ sniff, mapping }: RejectBookTask) {
  const isShown = sniff.header.map((name) => mapping.find((column) => column.column === name)?.role === 'variable')
  return (record: RawRecord, reasons: RejectLine[]): SheetData[number] => {
    const isWhole = !record.broken && record.cells === sniff.header.length
    const cells = sniff.header.map((name, i) => {
      const value = isWhole ? record.bytes.toString('utf8', record.starts[i], record.ends[i]).trim() : ''
      const shown = value === '' || isShown[i] ? value : MASKED_VALUE
      const isWrong = !isWhole || reasons.some((one) => one.column === name)
      return isWrong ? { value: shown, type: String, backgroundColor: WRONG } : { value: shown, type: String }
    })
    return [{ value: record.line, type: Number }, ...cells, { value: sentences(reasons), type: String, wrap: true }]
  }
}

const WRONG = '#FFD7D7'

const sentences = (reasons: RejectLine[]) =>
  reasons.map(({ column, reason }) => `${column ? `${column}: ` : ''}${REJECT_SENTENCES[reason]}`).join('\n')

function reasonHeader({ notice }: RejectBookTask): string[] {
  const [line, column, , reason] = REJECT_FILE_HEADER
  return notice ? [line, column, reason, REJECT_NOTICE_COLUMN] : [line, column, reason]
}

function reasonRows(reasons: Map<number, RejectLine[]>, { notice }: RejectBookTask): SheetData {
  return [...reasons].flatMap(([line, own]) =>
    own.map(({ column, reason }) => [
      { value: line, type: Number },
      { value: column, type: String },
      { value: REJECT_SENTENCES[reason], type: String },
      ...(notice ? [{ value: notice, type: String }] : []),
    ]),
  )
}
