import { MaxFileSizeExceededError, MultipartParseError, parseFormData } from '@remix-run/form-data-parser'
import { fileTypeFromBuffer } from 'file-type'
import { objectionToEvidence } from '../db/evidence.ts'
import { storeFile } from '../db/files.ts'
import type { UnreadFile } from '../domain/file-readings.ts'
import { asTyped, eachPart, type FormPart } from './multipart.server.ts'
import { uploadText } from './text/attachments.ts'

const MAX_BYTES = 50 * 1024 * 1024
const MAX_NAME = 200
/** Files of one form. */
const MAX_FILES = 5
/** Of one field of a form that carries files; what is longer is too long for any field. */
const MAX_TEXT_BYTES = 1024 * 1024

/** Types a step may carry, by what the file holds, with the endings people give each. */
const KEPT_TYPES: Record<string, readonly string[]> = {
  'application/pdf': ['pdf'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'application/vnd.oasis.opendocument.presentation': ['odp'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'audio/mpeg': ['mp3'],
  'video/mp4': ['mp4', 'm4v'],
}
const KNOWN_ENDINGS = Object.values(KEPT_TYPES).flat()

export interface Upload {
  sha256: string
  bytes: number
  name: string
  mediaType: string
}

export type Received = { ok: true; file: Upload } | { ok: false; message: string }

export function isUpload(request: Request): boolean {
  return request.headers.get('Content-Type')?.startsWith('multipart/form-data') ?? false
}

/** A file as it was sent, kept nowhere yet. */
export interface SentFile {
  name: string
  content: Uint8Array
}

/** Reads the one file of a form, `maxBytes` at most, or says why there is none to read. */
export async function readSentFile(request: Request, maxBytes: number): Promise<SentFile | UnreadFile> {
  return (await readSentForm(request, maxBytes)).file
}

/** The same with the fields that came beside it; none of them where the form could not be read. */
export async function readSentForm(
  request: Request,
  maxBytes: number,
): Promise<{ form: FormData; file: SentFile | UnreadFile }> {
  let sent: SentFile | undefined
  let form = new FormData()
  try {
    form = await parseFormData(request, { maxFiles: 1, maxFileSize: maxBytes, maxParts: 10 }, async (file) => {
      if (file.name) sent = { name: plainName(asTyped(file.name)), content: new Uint8Array(await file.arrayBuffer()) }
    })
  } catch (error) {
    if (error instanceof MaxFileSizeExceededError) return { form, file: 'tooBig' }
    if (error instanceof MultipartParseError || error instanceof TypeError) return { form, file: 'broken' }
    throw error
  }
  if (!sent) return { form, file: 'missing' }
  return { form, file: sent.content.byteLength > 0 ? sent : 'empty' }
}

/** Receives the one file of a form into the store: its content decides the type, 50 MB at most. */
export async function receiveFile(request: Request, dataDir: string): Promise<Received> {
  const sent = await readSentFile(request, MAX_BYTES)
  if (typeof sent === 'string') return { ok: false, message: uploadText[sent] }
  return await keep(sent.content, sent.name, dataDir)
}

export interface ReceivedForm {
  /** Its fields, whatever became of the files. */
  form: FormData
  files: Upload[]
  /** Why the files were not all taken. */
  refused: string | null
}

/**
 * Receives a form whose fields come with files, five at most and none of them required. Without `dataDir` the files are
 * read and dropped: what was typed is answered to whoever may not leave one.
 */
export async function receiveForm(request: Request, dataDir: string | undefined): Promise<ReceivedForm> {
  const form = new FormData()
  const files: Upload[] = []
  let refused: string | null = null
  const take = async ({ name, filename, data }: FormPart) => {
    const content = await within(data, filename === undefined ? MAX_TEXT_BYTES : MAX_BYTES)
    if (filename === undefined) return form.append(name, new TextDecoder().decode(content ?? new Uint8Array()))
    if (!dataDir || refused || (filename === '' && content?.byteLength === 0)) return
    const received = await receiveOne(content, filename, { dataDir, before: files.length })
    if (!received.ok) refused = received.message
    else if (!files.some((one) => one.sha256 === received.file.sha256)) files.push(received.file)
  }
  try {
    await eachPart(request, take)
    return { form, files, refused }
  } catch (failure) {
    if (request.signal.aborted || !(failure instanceof Error)) throw failure
    return { form: new FormData(), files: [], refused: uploadText.broken }
  }
}

async function receiveOne(
  content: Uint8Array | null,
  name: string,
  { dataDir, before }: { dataDir: string; before: number },
): Promise<Received> {
  if (before >= MAX_FILES) return { ok: false, message: uploadText.tooMany(MAX_FILES) }
  return content ? await keep(content, name, dataDir) : { ok: false, message: uploadText.tooBig }
}

/** All of it, or null where it is longer: the rest is read and dropped, so that the browser gets its answer. */
async function within(data: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of data) {
    bytes += chunk.byteLength
    if (bytes <= limit) chunks.push(chunk)
    else chunks.length = 0
  }
  return bytes <= limit ? new Uint8Array(Buffer.concat(chunks)) : null
}

async function keep(content: Uint8Array, name: string, dataDir: string): Promise<Received> {
  if (!name) return { ok: false, message: uploadText.missing }
  if (content.byteLength === 0) return { ok: false, message: uploadText.empty }
  const mediaType = await typeOf(content, name)
  if (!mediaType) return { ok: false, message: uploadText.wrongType }
  const ending = name.toLowerCase().split('.').at(-1) ?? ''
  // What opens as something else than its name says is no evidence of anything.
  if (KNOWN_ENDINGS.includes(ending) && !KEPT_TYPES[mediaType]?.includes(ending))
    return { ok: false, message: uploadText.otherThanNamed(ending) }
  const objection = await objectionToEvidence(Buffer.from(content.buffer), mediaType)
  if (objection) return { ok: false, message: uploadText.objections[objection] }
  return { ok: true, file: { ...(await storeFile(dataDir, content)), name: plainName(name), mediaType } }
}

async function typeOf(content: Uint8Array, name: string): Promise<string | null> {
  const found = await fileTypeFromBuffer(content)
  if (found) return found.mime in KEPT_TYPES ? found.mime : null
  if (!isPlainText(content)) return null
  return name.toLowerCase().endsWith('.csv') ? 'text/csv' : 'text/plain'
}

/** Text in any encoding holds no control characters but tab and line breaks; a page or a script is no attachment. */
function isPlainText(content: Uint8Array): boolean {
  const head = content.subarray(0, 65_536)
  if (head.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13)) return false
  return !/^\s*(<!doctype|<html|<script|<svg|#!)/i.test(new TextDecoder('windows-1252').decode(head.subarray(0, 512)))
}

/** The last part of a path, without control characters. */
export function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const plain = [...last]
    .filter((letter) => letter >= ' ')
    .join('')
    .toWellFormed()
    .trim()
  if (plain.length <= MAX_NAME) return plain || uploadText.unnamed
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(plain)?.[0] ?? ''
  return plain.slice(0, MAX_NAME - extension.length) + extension
}
