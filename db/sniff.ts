/** Looks at a whole uploaded file once, in bounded memory: is it a CSV we can read, and how? */
import { isUtf8 } from 'node:buffer'
import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import type { FileEncoding, FileRefusal, FileRefusalCode, Separator, SniffedFile } from '../domain/sources.ts'
import { csvScanner, MAX_COLUMNS, MAX_RECORD_BYTES } from './csv.ts'

const CHUNK = 1 << 20
const SAMPLE_ROWS = 50
const SAMPLE_BYTES = 1 << 20
const BOM = Buffer.from([0xef, 0xbb, 0xbf])
/** Bytes to which Windows-1252 gives no character. */
const UNDEFINED_1252 = [0x81, 0x8d, 0x8f, 0x90, 0x9d]

/** Thrown while a file is read; callers hand `refusal` on to the person. */
export class FileRefused extends Error {
  readonly refusal: FileRefusal
  constructor(code: FileRefusalCode, where: Omit<FileRefusal, 'code'> = {}) {
    super(code)
    this.refusal = { code, ...where }
  }
}

export type SniffResult = { ok: true; file: SniffedFile } | { ok: false; refusal: FileRefusal }

/** Reads everything once: size, SHA-256, encoding, separator, header and a sample; or why not, with line and column. */
export async function sniffFile(path: string, signal?: AbortSignal): Promise<SniffResult> {
  const handle = await open(path, 'r')
  try {
    const seen = await readThrough(handle, signal)
    return { ok: true, file: sniffedFrom(seen) }
  } catch (error) {
    if (error instanceof FileRefused) return { ok: false, refusal: error.refusal }
    throw error
  } finally {
    await handle.close()
  }
}

interface Seen {
  head: Buffer
  bytes: number
  sha256: string
  encoding: FileEncoding
}

async function readThrough(handle: FileHandle, signal?: AbortSignal): Promise<Seen> {
  const hash = createHash('sha256')
  const inspect = inspection(hash)
  const chunk = Buffer.alloc(CHUNK)
  const head: Buffer[] = []
  let bytes = 0
  for (;;) {
    if (signal?.aborted) throw new FileRefused('cancelled')
    const { bytesRead } = await handle.read(chunk, 0, CHUNK, bytes)
    if (bytesRead === 0) break
    const part = chunk.subarray(0, bytesRead)
    if (bytes === 0) await refuseOtherTypes(part)
    if (bytes < SAMPLE_BYTES) head.push(Buffer.from(part))
    inspect.take(part)
    bytes += bytesRead
  }
  if (bytes === 0) throw new FileRefused('empty_file')
  return { head: Buffer.concat(head), bytes, sha256: hash.digest('hex'), encoding: inspect.encoding() }
}

async function refuseOtherTypes(start: Buffer) {
  if (isUtf16(start)) throw new FileRefused('utf16')
  const head = start.subarray(0, 4100)
  if (WEB_PAGE.test(head.toString('latin1'))) throw new FileRefused('wrong_type', { detail: 'html' })
  const type = await fileTypeFromBuffer(head).catch(() => undefined)
  // Binary signatures may be two letters: a column named MZ (manzana) does not make a file a program.
  if (type && (!isPlainText(head) || WRITTEN_AS_TEXT.has(type.ext)))
    throw new FileRefused('wrong_type', { detail: type.ext })
}

/** By its mark, or by every other byte of the first letters being null. */
function isUtf16(start: Buffer): boolean {
  const [a, b, c, d] = start
  const hasMark = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)
  return hasMark || (a === 0 && b !== 0 && c === 0 && d !== 0) || (a !== 0 && b === 0 && c !== 0 && d === 0)
}

/** Many systems call a web page XLS. */
const WEB_PAGE = /^(\xef\xbb\xbf)?\s*<(!doctype\s+html|html|table)/i

const WRITTEN_AS_TEXT = new Set(['pdf', 'xml', 'svg', 'rtf', 'vcf', 'ics', 'ps', 'eps'])

const isPlainText = (bytes: Buffer) => bytes.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13)

/** What must hold for every byte: no NUL, lines of sane length, one encoding throughout. */
function inspection(hash: Hash) {
  const position = { line: 1, sinceNewline: 0 }
  let tail: Buffer = Buffer.alloc(0)
  let [valid, broken] = [0, 0]
  let firstInvalid: Omit<FileRefusal, 'code'> | undefined
  let undefined1252: Omit<FileRefusal, 'code'> | undefined

  function take(part: Buffer) {
    hash.update(part)
    const nul = part.indexOf(0)
    if (nul >= 0) throw new FileRefused('nul_byte', placeOf(part, nul, position))
    if (!firstInvalid) checkUtf8(part)
    if (firstInvalid) undefined1252 ??= firstUndefined(part, position)
    advance(part, position)
  }

  function checkUtf8(part: Buffer) {
    const whole = tail.length > 0 ? Buffer.concat([tail, part]) : part
    const end = whole.length - unfinished(whole)
    const text = whole.subarray(0, end)
    if (!isUtf8(text)) {
      const seen = sequencesIn(text)
      valid += seen.valid
      broken += seen.broken
      firstInvalid = placeOf(part, Math.max(0, seen.firstBroken - tail.length), position)
    } else if (valid === 0 && hasHighByte(text)) valid = 1
    tail = Buffer.from(whole.subarray(end))
  }

  /** A file with more sound UTF-8 letters than bad bytes is damaged UTF-8, not Windows-1252 (whose «É»» looks like one). */
  function encoding(): FileEncoding {
    if (tail.length > 0 && !firstInvalid) {
      firstInvalid = { line: position.line, column: position.sinceNewline }
      broken++
    }
    if (!firstInvalid) return 'utf-8'
    if (valid > broken) throw new FileRefused('undecodable', firstInvalid)
    if (undefined1252) throw new FileRefused('undecodable', undefined1252)
    return 'windows-1252'
  }
  return { take, encoding }
}

const hasHighByte = (bytes: Buffer) => {
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] as number) > 127) return true
  return false
}

/** Bytes at the end that begin a UTF-8 letter which the next chunk finishes. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) return 0
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return length > back ? back : 0
    }
  }
  return 0
}

/** How many letters beyond ASCII are sound UTF-8, how many bytes are not, and where the first of these stands. */
function sequencesIn(bytes: Buffer): { valid: number; broken: number; firstBroken: number } {
  let [valid, broken, firstBroken] = [0, 0, bytes.length]
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i] as number
    const length = byte < 0x80 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    const isSound = length === 1 || isUtf8(bytes.subarray(i, i + length))
    if (length > 1 && isSound) valid++
    if (!isSound) {
      broken++
      firstBroken = Math.min(firstBroken, i)
    }
    i += isSound ? length : 1
  }
  return { valid, broken, firstBroken }
}

function firstUndefined(part: Buffer, position: { line: number; sinceNewline: number }) {
  const found = UNDEFINED_1252.map((byte) => part.indexOf(byte)).filter((at) => at >= 0)
  return found.length > 0 ? placeOf(part, Math.min(...found), position) : undefined
}

type Position = { line: number; sinceNewline: number }

function placeOf(part: Buffer, at: number, position: Position): { line: number; column: number } {
  const place = { ...position }
  move(part.subarray(0, at), place)
  return { line: place.line, column: place.sinceNewline + 1 }
}

function advance(part: Buffer, position: Position) {
  const first = part.indexOf(10)
  const run = position.sinceNewline + (first < 0 ? part.length : first)
  if (run > MAX_RECORD_BYTES) throw new FileRefused('line_too_long', { line: position.line })
  move(part, position)
}

function move(part: Buffer, position: Position) {
  let last = -1
  for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) {
    position.line++
    last = at
  }
  position.sinceNewline = last < 0 ? position.sinceNewline + part.length : part.length - last - 1
}

function sniffedFrom(seen: Seen): SniffedFile {
  const [best] = ([';', ','] as const)
    .map((separator) => ({ separator, rows: sampleOf(seen, separator) }))
    .sort((a, b) => agreement(b.rows) - agreement(a.rows))
  const { separator, rows } = best as { separator: Separator; rows: string[][] }
  const [header = [], ...sampleRows] = rows
  checkHeader(header, sampleRows)
  return {
    encoding: seen.encoding,
    separator,
    header,
    sampleRows: sampleRows.slice(0, SAMPLE_ROWS),
    columns: header.length,
    bytes: seen.bytes,
    sha256: seen.sha256,
  }
}

/** Columns of the header, the more the better its records agree with it; a separator that splits nothing loses. */
function agreement(rows: string[][]): number {
  const columns = rows[0]?.length ?? 0
  const agreeing = rows.filter((row) => row.length === columns).length
  return (columns - 1) * (0.1 + agreeing / Math.max(1, rows.length))
}

/** Header and first records as text. */
export function sampleOf(seen: { head: Buffer; bytes: number; encoding: FileEncoding }, separator: Separator) {
  const start = seen.head.subarray(0, 3).equals(BOM) ? 3 : 0
  const text = seen.head.subarray(start)
  const room = Buffer.alloc(text.length + 1)
  text.copy(room)
  const decoder = new TextDecoder(seen.encoding)
  const rows: string[][] = []
  const scanner = csvScanner(separator, ({ bytes, starts, ends, cells, broken }) => {
    if (rows.length > SAMPLE_ROWS || (broken && rows.length > 0)) return
    const shown = Math.min(cells, MAX_COLUMNS)
    rows.push(Array.from({ length: shown }, (_, i) => decoder.decode(bytes.subarray(starts[i], ends[i])).trim()))
  })
  scanner.scan(room, text.length, seen.bytes <= seen.head.length)
  return rows
}

/** Header and sample of a file as a person says it is to be read; `head` is its first megabyte. Throws `FileRefused`. */
export function readAs(
  seen: { head: Buffer; bytes: number; encoding: FileEncoding },
  separator: Separator,
): { header: string[]; sampleRows: string[][] } {
  if (seen.encoding === 'utf-8' && !isUtf8(seen.head.subarray(0, seen.head.length - unfinished(seen.head))))
    throw new FileRefused('undecodable')
  const [header = [], ...sampleRows] = sampleOf(seen, separator)
  checkHeader(header, sampleRows)
  return { header, sampleRows: sampleRows.slice(0, SAMPLE_ROWS) }
}

function checkHeader(header: string[], sample: string[][]) {
  if (header.length === 0) throw new FileRefused('unclosed_quote', { line: 1 })
  if (header.length >= MAX_COLUMNS) throw new FileRefused('too_many_columns', { line: 1 })
  const empty = header.indexOf('')
  if (empty >= 0) throw new FileRefused('empty_header_name', { line: 1, column: empty + 1 })
  const repeated = header.findIndex((name, i) => header.indexOf(name) !== i)
  if (repeated >= 0)
    throw new FileRefused('duplicate_header_name', { line: 1, column: repeated + 1, detail: header[repeated] })
  if (sample.length === 0) throw new FileRefused('no_records')
  const agreeing = sample.filter((row) => row.length === header.length).length
  if (agreeing * 2 < sample.length) throw new FileRefused('ragged_header', { line: 1, detail: String(header.length) })
}
