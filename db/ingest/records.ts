/** The records of a received file, one after another, whatever kind of file it is. */
import { type FileHandle, open } from 'node:fs/promises'
import type { Reading } from '../../domain/file-readings.ts'
import { csvScanner, MAX_RECORD_BYTES, type RawRecord } from './csv.ts'
import { MAX_GROWTH, transcoder } from './encoding.ts'
import { FileRefused } from './file-refused.ts'
import { withoutMark } from './head.ts'
import { openWorkbook } from './workbook/workbook.ts'

export interface RecordFile {
  path: string
  /** Size it had when it was looked at. */
  bytes: number
  reading: Reading
  /** Names of the columns. */
  header: string[]
  /** Folder for what does not fit into memory; the caller removes it. */
  work: string
}

const CHUNK = 1 << 20

/**
 * Hands over every record below the header; each is valid until the next. `onChunk` is awaited after about a megabyte
 * with the bytes read so far. Throws `FileRefused` when the file is no longer what was looked at.
 */
export async function eachRecord(
  file: RecordFile,
  onRecord: (record: RawRecord) => void,
  onChunk: (bytes: number) => Promise<void>,
): Promise<void> {
  const take = belowHeader(file.reading, onRecord)
  await (file.reading.format === 'xlsx' ? eachRow(file, take, onChunk) : eachCsvRecord(file, take, onChunk))
}

function belowHeader({ headerLine, headerRows }: Reading, onRecord: (record: RawRecord) => void) {
  let left: number = headerRows
  return (record: RawRecord) => {
    if (left === 0) onRecord(record)
    else if (record.line >= headerLine) left--
  }
}

async function eachRow(file: RecordFile, take: (record: RawRecord) => void, onChunk: (bytes: number) => Promise<void>) {
  const workbook = await openWorkbook(file.path, file.work)
  try {
    const afterChunk = () => onChunk(0)
    await workbook.readTexts({ afterChunk })
    await workbook.rows(file.reading.sheet ?? '', take, { width: file.header.length, afterChunk })
    await onChunk(file.bytes)
  } finally {
    workbook.close()
  }
}

async function eachCsvRecord(
  file: RecordFile,
  take: (record: RawRecord) => void,
  onChunk: (bytes: number) => Promise<void>,
) {
  const handle = await open(file.path, 'r')
  try {
    if ((await handle.stat()).size !== file.bytes) throw new FileRefused('file_changed')
    await scan(handle, file, take, onChunk)
  } finally {
    await handle.close()
  }
}

async function scan(
  handle: FileHandle,
  { bytes, reading }: RecordFile,
  take: (record: RawRecord) => void,
  onChunk: (bytes: number) => Promise<void>,
) {
  let line = 0
  const scanner = csvScanner(reading.separator, (record) => {
    line = record.line
    take(record)
  })
  const buffer = Buffer.alloc(CHUNK + MAX_RECORD_BYTES + 1)
  const read = textReader(handle, reading, bytes)
  for (let kept = 0; ; ) {
    const { added, at } = await read(buffer, kept)
    const length = kept + added
    const used = scanner.scan(buffer, length, at >= bytes)
    kept = length - used
    if (kept > MAX_RECORD_BYTES) throw new FileRefused('line_too_long', { line: line + 1 })
    // Before the bytes move: the caller may still look at the record it was given last.
    await onChunk(at)
    buffer.copyWithin(0, used, length)
    if (at >= bytes) return
  }
}

type ReadText = (target: Buffer, from: number) => Promise<{ added: number; at: number }>

/** Puts about a megabyte of the file's text into a buffer, as UTF-8 and without its mark; `at` are bytes of the file. */
function textReader(handle: FileHandle, { encoding }: Reading, bytes: number): ReadText {
  let at = 0
  if (encoding === 'utf-8')
    return async (target, from) => {
      const { bytesRead } = await handle.read(target, from, CHUNK, at)
      const text = at === 0 ? withoutMark(target.subarray(from, from + bytesRead)) : target
      const mark = at === 0 ? bytesRead - text.length : 0
      if (mark > 0) target.copyWithin(from, from + mark, from + bytesRead)
      at = bytesRead === 0 ? bytes : at + bytesRead
      return { added: bytesRead - mark, at }
    }
  const raw = Buffer.alloc(Math.floor(CHUNK / MAX_GROWTH))
  const toUtf8 = transcoder(encoding)
  return async (target, from) => {
    const { bytesRead } = await handle.read(raw, 0, raw.length, at)
    at = bytesRead === 0 ? bytes : at + bytesRead
    return { added: toUtf8(raw.subarray(0, bytesRead), at >= bytes).copy(target, from), at }
  }
}
