/** Reads a reject file back: which records were rejected, in which column and why. */
import { stat } from 'node:fs/promises'
import { REJECT_FILE_HEADER } from '../../catalog/source-texts.ts'
import { PLAIN_READING } from '../../domain/file-readings.ts'
import type { RejectReason } from '../../domain/sources.ts'
import { csvScanner, type RawRecord } from './csv.ts'
import { eachRecord } from './records.ts'

export interface RejectLine {
  /** 1-based physical line of the original, or row of its sheet. */
  line: number
  /** Name of the column; empty where the record as a whole is wrong. */
  column: string
  reason: RejectReason
}

const READING = { ...PLAIN_READING, encoding: 'utf-8', separator: ';' } as const

/** `path` is a reject file as `RejectFile` writes it. */
export async function eachReject(path: string, onReject: (reject: RejectLine) => void): Promise<void> {
  const { size: bytes } = await stat(path)
  const file = { path, bytes, reading: READING, header: [...REJECT_FILE_HEADER], work: '' }
  await eachRecord(
    file,
    (record) => onReject(rejectOf(record)),
    async () => undefined,
  )
}

/** The same of a file that comes in pieces; nothing more is asked for once `onReject` answers false. */
export async function readRejects(
  pieces: AsyncIterable<Buffer>,
  onReject: (reject: RejectLine) => boolean,
): Promise<void> {
  let isHeader = true
  let isWanted = true
  const scanner = csvScanner(READING.separator, (record) => {
    if (!isHeader && isWanted) isWanted = onReject(rejectOf(record))
    isHeader = false
  })
  let left: Buffer = SPARE.subarray(1)
  for await (const piece of pieces) {
    const bytes = Buffer.concat([left, piece, SPARE])
    const used = scanner.scan(bytes, bytes.length - 1, false)
    if (!isWanted) return
    left = bytes.subarray(used, bytes.length - 1)
  }
  scanner.scan(Buffer.concat([left, SPARE]), left.length, true)
}

/** The byte a scanner needs behind what it scans. */
const SPARE = Buffer.alloc(1)

function rejectOf(record: RawRecord): RejectLine {
  const cell = (name: (typeof REJECT_FILE_HEADER)[number]) => {
    const i = REJECT_FILE_HEADER.indexOf(name)
    return record.bytes.toString('utf8', record.starts[i], record.ends[i])
  }
  return { line: Number(cell('linea')), column: cell('columna'), reason: cell('codigo') as RejectReason }
}
