/** Reads a reject file back: which records were rejected, in which column and why. */
import { stat } from 'node:fs/promises'
import { REJECT_FILE_HEADER } from '../../catalog/source-texts.ts'
import { PLAIN_READING } from '../../domain/file-readings.ts'
import type { RejectReason } from '../../domain/sources.ts'
import type { RawRecord } from './csv.ts'
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
  const at = (name: (typeof REJECT_FILE_HEADER)[number]) => REJECT_FILE_HEADER.indexOf(name)
  const cell = ({ bytes, starts, ends }: RawRecord, i: number) => bytes.toString('utf8', starts[i], ends[i])
  const take = (record: RawRecord) =>
    onReject({
      line: Number(cell(record, at('linea'))),
      column: cell(record, at('columna')),
      reason: cell(record, at('codigo')) as RejectReason,
    })
  await eachRecord(file, take, async () => undefined)
}
