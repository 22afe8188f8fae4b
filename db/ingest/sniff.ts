/** Looks at a whole uploaded file once, in bounded memory: is it a CSV we can read, and how? */
import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import type { FileEncoding, FileRefusal, Separator, SniffedFile } from '../../domain/sources.ts'
import { csvScanner, MAX_COLUMNS } from './csv.ts'
import { inspection, unfinished } from './encoding.ts'
import { FileRefused } from './file-refused.ts'

const CHUNK = 1 << 20
const SAMPLE_ROWS = 50
const SAMPLE_BYTES = 1 << 20
const BOM = Buffer.from([0xef, 0xbb, 0xbf])

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
