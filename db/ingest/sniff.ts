/** Looks at a whole uploaded file once, in bounded memory: can we read it, and how? */
import { createHash } from 'node:crypto'
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileTypeFromBuffer } from 'file-type'
import {
  detectHeader,
  type FileEncoding,
  PLAIN_READING,
  type Reading,
  type Separator,
} from '../../domain/file-readings.ts'
import type { FileRefusal, SniffedFile } from '../../domain/sources.ts'
import { runApart } from './apart.ts'
import { inspection, transcoder, utf16Of } from './encoding.ts'
import { FileRefused } from './file-refused.ts'
import { type FileHead, HEAD_BYTES, type HeadSheet, readAs, rowsOf } from './head.ts'

const CHUNK = 1 << 20

export type Sniffed = { ok: true; file: SniffedFile; head: FileHead }
export type SniffResult = Sniffed | { ok: false; refusal: FileRefusal }

export interface SniffOptions {
  signal?: AbortSignal
  look?: Look
  /** Of a CSV we wrote ourselves; what it holds is not asked how it is to be read. */
  reading?: Reading
}

/** Reads everything once: size, SHA-256, and how it is to be read; or why it cannot be, with line and column. */
export async function sniffFile(path: string, options: SniffOptions = {}): Promise<SniffResult> {
  try {
    const seen = await readThrough(path, options.look ?? lookApart, options.signal)
    const head = seen.sheets
      ? ({ format: 'xlsx', sheets: seen.sheets } as const)
      : ({ format: 'csv', start: seen.start, isWhole: seen.bytes <= seen.start.length } as const)
    const readings = options.reading ? [options.reading] : readingsOf(head, seen.encoding)
    const { reading, header, sample } = firstReadable(head, readings)
    const sheets = head.format === 'xlsx' ? head.sheets.map((sheet) => sheet.name) : []
    const { bytes, sha256 } = seen
    const sampleRows = sample.map((row) => row.cells)
    const estimatedRecords = estimate(head, reading, bytes)
    const file = { ...reading, sheets, header, sampleRows, columns: header.length, estimatedRecords, bytes, sha256 }
    return { ok: true, file, head }
  } catch (error) {
    if (error instanceof FileRefused) return { ok: false, refusal: error.refusal }
    throw error
  }
}

const readingsOf = (head: FileHead, encoding: FileEncoding) =>
  head.format === 'xlsx' ? readingsOfSheets(head.sheets) : readingsOfText(head, encoding)

/** The likeliest reading that gives a header and records; throws why the first one does not when none does. */
function firstReadable(head: FileHead, readings: Reading[]) {
  let refused: unknown
  for (const reading of readings) {
    try {
      return { reading, ...readAs(head, reading) }
    } catch (error) {
      refused ??= error
    }
  }
  throw refused ?? new FileRefused('empty_file')
}

interface Seen {
  /** The first megabyte. */
  start: Buffer
  bytes: number
  sha256: string
  encoding: FileEncoding
  /** Of a workbook. */
  sheets: HeadSheet[] | undefined
}

async function readThrough(path: string, look: Look, signal: AbortSignal | undefined): Promise<Seen> {
  const handle = await open(path, 'r')
  try {
    return await readAll(handle, () => look(path, signal), signal)
  } finally {
    await handle.close()
  }
}

async function readAll(
  handle: FileHandle,
  lookAtSheets: () => Promise<HeadSheet[]>,
  signal: AbortSignal | undefined,
): Promise<Seen> {
  const hash = createHash('sha256')
  const chunk = Buffer.alloc(CHUNK)
  const head: Buffer[] = []
  let text: ReturnType<typeof lookAtText> | undefined
  let sheets: HeadSheet[] | undefined
  let bytes = 0
  for (;;) {
    if (signal?.aborted) throw new FileRefused('cancelled')
    const { bytesRead } = await handle.read(chunk, 0, CHUNK, bytes)
    if (bytesRead === 0) break
    const part = chunk.subarray(0, bytesRead)
    if (bytes === 0) {
      // Before the rest is read: a bad workbook is refused at once, however large it is.
      if ((await typeOf(part)) === 'workbook') sheets = await lookAtSheets()
      else text = lookAtText(utf16Of(part))
    }
    if (bytes < HEAD_BYTES) head.push(Buffer.from(part))
    hash.update(part)
    text?.take(part)
    bytes += bytesRead
  }
  if (bytes === 0) throw new FileRefused('empty_file')
  const encoding = text?.encoding() ?? 'utf-8'
  return { start: Buffer.concat(head), bytes, sha256: hash.digest('hex'), encoding, sheets }
}

/** How a workbook is looked at: in a process apart. A process that already is apart does it itself. */
export type Look = (file: string, signal: AbortSignal | undefined) => Promise<HeadSheet[]>

const LOOK = new URL('./workbook/look-process.ts', import.meta.url)

async function lookApart(file: string, signal: AbortSignal | undefined): Promise<HeadSheet[]> {
  const work = await mkdtemp(join(tmpdir(), 'caracteriza-look-'))
  try {
    return await runApart<HeadSheet[]>(LOOK, { file, work }, { signal })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Every byte is looked at; UTF-16 is looked at as what it says. */
function lookAtText(utf16: 'utf-16le' | 'utf-16be' | undefined) {
  const inspect = inspection()
  if (!utf16) return inspect
  const toUtf8 = transcoder(utf16)
  const decode = (part: Buffer, isLast: boolean) => {
    try {
      return toUtf8(part, isLast)
    } catch {
      throw new FileRefused('undecodable', { line: inspect.line() })
    }
  }
  return {
    take: (part: Buffer) => inspect.take(decode(part, false)),
    encoding(): FileEncoding {
      inspect.take(decode(Buffer.alloc(0), true))
      return utf16
    },
  }
}

/** Throws `FileRefused` for whatever is neither text nor a workbook of today. */
export async function typeOf(start: Buffer): Promise<'text' | 'workbook'> {
  const head = start.subarray(0, 4100)
  if (WEB_PAGE.test(head.toString('latin1'))) throw new FileRefused('wrong_type', { detail: 'html' })
  if (head.subarray(0, 8).equals(COMPOUND_FILE))
    throw new FileRefused(start.includes(ENCRYPTED_PACKAGE) ? 'encrypted' : 'old_excel')
  // A zip of another kind says so in its own directory.
  if (head.subarray(0, 4).equals(ZIP)) return 'workbook'
  if (utf16Of(start)) return 'text'
  const type = await fileTypeFromBuffer(head).catch(() => undefined)
  // Binary signatures may be two letters: a column named MZ (manzana) does not make a file a program.
  if (type && (!isPlainText(head) || WRITTEN_AS_TEXT.has(type.ext)))
    throw new FileRefused('wrong_type', { detail: type.ext })
  return 'text'
}

const ZIP = Buffer.from('PK\u0003\u0004', 'latin1')
/** Excel 97 to 2003; and any workbook under a password, which hides in such a file (MS-OFFCRYPTO §2.2). */
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le')

/** Many systems call a web page XLS. */
const WEB_PAGE = /^(\xef\xbb\xbf)?\s*<(!doctype\s+html|html|table)/i

const WRITTEN_AS_TEXT = new Set(['pdf', 'xml', 'svg', 'rtf', 'vcf', 'ics', 'ps', 'eps'])

const isPlainText = (bytes: Buffer) => bytes.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13)

/** The separator whose records agree best with their header; on equal terms the one written first here. */
const DETECTED: Separator[] = [';', ',', '\t', '|']

/** As detected, and with the header on the first line after all. */
function readingsOfText(head: Extract<FileHead, { format: 'csv' }>, encoding: FileEncoding): Reading[] {
  const [best] = DETECTED.map((separator) => {
    const rows = rowsOf(head, { encoding, separator, sheet: null })
    const header = detectHeader(rows)
    const records = rows.filter((row) => row.line >= header.headerLine).map((row) => row.cells)
    return { separator, header, agreement: agreement(records) }
  }).sort((a, b) => b.agreement - a.agreement)
  const { separator, header } = best as NonNullable<typeof best>
  const plain = { ...PLAIN_READING, encoding, separator }
  return [{ ...plain, ...header }, plain]
}

/** Columns of the header, the more the better its records agree with it; a separator that splits nothing loses. */
function agreement(rows: string[][]): number {
  const columns = rows[0]?.length ?? 0
  const agreeing = rows.filter((row) => row.length === columns).length
  return (columns - 1) * (0.1 + agreeing / Math.max(1, rows.length))
}

/** Sheets that look like a table first: a cover seldom has two columns. */
function readingsOfSheets(sheets: HeadSheet[]): Reading[] {
  const isTable = ({ rows }: HeadSheet) => rows.filter((row) => row.cells.length > 1).length > 1
  const ordered = [...sheets.filter(isTable), ...sheets.filter((sheet) => !isTable(sheet))]
  return ordered.map(({ name, rows }) => ({
    ...{ format: 'xlsx', encoding: 'utf-8', separator: ';', sheet: name },
    ...detectHeader(rows),
  }))
}

/** Of a CSV by the lines of its first megabyte. */
function estimate(head: FileHead, reading: Reading, bytes: number): number {
  const above = reading.headerLine + reading.headerRows - 1
  if (head.format === 'xlsx')
    return Math.max(1, (head.sheets.find((sheet) => sheet.name === reading.sheet)?.estimatedRows ?? 0) - above)
  let lines = 0
  for (const byte of head.start) if (byte === 10) lines++
  return Math.max(1, Math.round((lines / Math.max(1, head.start.length)) * bytes) - above)
}
