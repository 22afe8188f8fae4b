import {
  type FileUpload,
  MaxFileSizeExceededError,
  MultipartParseError,
  parseFormData,
} from '@remix-run/form-data-parser'
import { fileTypeFromBuffer } from 'file-type'
import { objectionToEvidence } from '../db/evidence.ts'
import { storeFile } from '../db/files.ts'
import { uploadText } from './text/attachments.ts'

const MAX_BYTES = 50 * 1024 * 1024
const MAX_NAME = 200

/** Types a step may carry, by what the file holds and not by what its name says. */
const KEPT_TYPES = new Set([
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
  'image/png',
  'image/jpeg',
  'audio/mpeg',
  'video/mp4',
])

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

/** Receives the one file of a form into the store: its content decides the type, 50 MB at most. */
export async function receiveFile(request: Request, dataDir: string): Promise<Received> {
  let received: Received = { ok: false, message: uploadText.missing }
  try {
    await parseFormData(request, { maxFiles: 1, maxFileSize: MAX_BYTES, maxParts: 10 }, async (file) => {
      received = await keep(file, dataDir)
    })
    return received
  } catch (error) {
    if (error instanceof MaxFileSizeExceededError) return { ok: false, message: uploadText.tooBig }
    if (error instanceof MultipartParseError || error instanceof TypeError)
      return { ok: false, message: uploadText.broken }
    throw error
  }
}

async function keep(file: FileUpload, dataDir: string): Promise<Received> {
  const content = new Uint8Array(await file.arrayBuffer())
  if (!file.name) return { ok: false, message: uploadText.missing }
  if (content.byteLength === 0) return { ok: false, message: uploadText.empty }
  const mediaType = await typeOf(content, file.name)
  if (!mediaType) return { ok: false, message: uploadText.wrongType }
  const objection = await objectionToEvidence(Buffer.from(content.buffer), mediaType)
  if (objection) return { ok: false, message: uploadText.objections[objection] }
  return { ok: true, file: { ...(await storeFile(dataDir, content)), name: plainName(file.name), mediaType } }
}

async function typeOf(content: Uint8Array, name: string): Promise<string | null> {
  const found = await fileTypeFromBuffer(content)
  if (found) return KEPT_TYPES.has(found.mime) ? found.mime : null
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
