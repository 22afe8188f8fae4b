/** Whether a file kept as evidence is what its type says, and nothing more than that (promises.md §4.8). */
import { crc32, inflateSync } from 'node:zlib'
import { FileRefused } from './ingest/file-refused.ts'
import { openPackage } from './ingest/workbook/zip.ts'

/** Why a file is not kept; sentences in `app/text/attachments.ts`. */
export type EvidenceObjection = 'damaged' | 'encrypted' | 'active' | 'macros' | 'too_big_inside'

/** Null when the file may be kept. `mediaType` is what its first bytes say. */
export async function objectionToEvidence(content: Buffer, mediaType: string): Promise<EvidenceObjection | null> {
  if (mediaType === 'application/pdf') return objectionToPdf(content)
  if (mediaType === 'image/png') return objectionToPng(content)
  if (mediaType === 'image/jpeg') return content.lastIndexOf(JPEG_END) < 0 ? 'damaged' : null
  if (/officedocument|opendocument/.test(mediaType)) return await objectionToOffice(content)
  return null
}

const JPEG_END = Buffer.of(0xff, 0xd9)

/** After its end a PDF has line breaks at most: what follows would make it another file too. */
const PDF_END = /%%EOF[\s\0]*$/
/** What runs, opens or carries something else (ISO 32000-1 §7.11.4, §12.6.4). */
const ACTIVE = /\/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|ImportData|SubmitForm|GoToE)(?![A-Za-z0-9])/
const ENCRYPTED = /\/Encrypt(?![A-Za-z0-9])/
const MAX_OBJECTS_BYTES = 64 << 20

function objectionToPdf(content: Buffer): EvidenceObjection | null {
  const text = content.toString('latin1')
  if (!PDF_END.test(text.slice(-2048))) return 'damaged'
  const { objects, streams } = parted(text)
  let left = MAX_OBJECTS_BYTES
  const written = [objects]
  for (const stream of streams) {
    const inflated = inflatedObjects(content, stream, left)
    if (inflated === undefined) return 'too_big_inside'
    left -= inflated.length
    written.push(inflated)
  }
  const names = written.map((part) =>
    part.replace(/#([0-9A-Fa-f]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
  )
  if (names.some((part) => ENCRYPTED.test(part))) return 'encrypted'
  return names.some((part) => ACTIVE.test(part)) ? 'active' : null
}

interface Stream {
  dictionary: string
  start: number
  end: number
}

/** What is written between the streams, and where those are. */
function parted(text: string): { objects: string; streams: Stream[] } {
  const streams: Stream[] = []
  const between: string[] = []
  let at = 0
  for (;;) {
    const found = text.indexOf('stream', at)
    const end = found < 0 ? -1 : text.indexOf('endstream', found)
    if (end < 0) break
    between.push(text.slice(at, found))
    const start = found + 6 + (text[found + 6] === '\r' ? 1 : 0) + 1
    streams.push({ dictionary: text.slice(Math.max(at, found - 500), found), start, end })
    at = end + 9
  }
  between.push(text.slice(at))
  return { objects: between.join('\n'), streams }
}

/** Objects may hide in a compressed stream; other streams hold pages and pictures. Undefined when they are too many. */
function inflatedObjects(content: Buffer, { dictionary, start, end }: Stream, limit: number): string | undefined {
  if (!dictionary.includes('ObjStm')) return ''
  try {
    return inflateSync(content.subarray(start, end), { maxOutputLength: Math.max(1, limit) }).toString('latin1')
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE' ? undefined : ''
  }
}

const PNG_CHUNK_HEAD = 8
const MAX_PIXELS = 100_000_000

/** Every piece whole, and nothing behind the last one (PNG §5.3). */
function objectionToPng(content: Buffer): EvidenceObjection | null {
  let at = 8
  for (;;) {
    if (at + PNG_CHUNK_HEAD + 4 > content.length) return 'damaged'
    const length = content.readUInt32BE(at)
    const end = at + PNG_CHUNK_HEAD + length
    if (end + 4 > content.length) return 'damaged'
    if (crc32(content.subarray(at + 4, end)) !== content.readUInt32BE(end)) return 'damaged'
    const type = content.toString('latin1', at + 4, at + 8)
    if (at === 8 && (type !== 'IHDR' || length !== 13)) return 'damaged'
    if (type === 'IHDR' && content.readUInt32BE(at + 8) * content.readUInt32BE(at + 12) > MAX_PIXELS)
      return 'too_big_inside'
    at = end + 4
    if (type === 'IEND') return at === content.length ? null : 'damaged'
  }
}

/** A document may hold pictures and charts in workbooks of their own; 100 MB unpacked is much for one. */
const DOCUMENT_LIMITS = { entries: 2_000, unpackedBytes: 100_000_000, isDocument: true }

async function objectionToOffice(content: Buffer): Promise<EvidenceObjection | null> {
  try {
    const zip = await openPackage(content, DOCUMENT_LIMITS)
    zip.close()
    return null
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    const { code } = error.refusal
    if (code === 'macros' || code === 'encrypted') return code
    return code === 'zip_bomb' ? 'too_big_inside' : 'damaged'
  }
}
