/** Shields as they arrive: one PNG of a form, looked at, cleaned and stored (promises.md §4.8). */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import {
  type FileUpload,
  MaxFileSizeExceededError,
  MultipartParseError,
  parseFormData,
} from '@remix-run/form-data-parser'
import { objectionToEvidence } from '../db/evidence.ts'
import { openFile, storeFile } from '../db/files.ts'
import { cleanShield, shieldType } from '../documents/shield.ts'
import type { ProblemCode } from '../domain/administration.ts'
import { type Typed, typedOf } from './administration.server.ts'
import type { AppContext } from './context.server.ts'

/** Bytes. */
const MAX_SHIELD = 500_000
/** Bytes of a picture that are read before giving up: what is typed beside one that is too big comes back. */
const MAX_READ = 20_000_000
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

export type ReceivedShield = { sha256: string } | { code: ProblemCode }

/** The fields of a form with one picture; `missing` where none was chosen. */
export async function receiveShield(
  context: AppContext,
  request: Request,
): Promise<{ typed: Typed; shield: ReceivedShield }> {
  let shield: ReceivedShield = { code: 'missing' }
  try {
    const form = await parseFormData(request, { maxFiles: 1, maxFileSize: MAX_READ, maxParts: 30 }, async (file) => {
      shield = await keepUpload(context, file)
    })
    return { typed: typedOf(form), shield }
  } catch (error) {
    if (error instanceof MaxFileSizeExceededError) return { typed: {}, shield: { code: 'shield_too_big' } }
    if (error instanceof MultipartParseError || error instanceof TypeError)
      return { typed: {}, shield: { code: 'not_a_png' } }
    throw error
  }
}

async function keepUpload(context: AppContext, file: FileUpload): Promise<ReceivedShield> {
  const content = Buffer.from(await file.arrayBuffer())
  if (!file.name || content.byteLength === 0) return { code: 'missing' }
  return await keepShield(context, content)
}

/** Stores a picture that is a PNG, whole and drawable, without anything that is not drawn. */
export async function keepShield(context: AppContext, content: Buffer): Promise<ReceivedShield> {
  return PNG.every((byte, i) => content[i] === byte) ? await keepPicture(context, content) : { code: 'not_a_png' }
}

/** The same of the picture of a letterhead, which may be a JPEG too (G1). */
export async function keepPicture({ config }: AppContext, content: Buffer): Promise<ReceivedShield> {
  if (content.byteLength > MAX_SHIELD) return { code: 'shield_too_big' }
  const clean = (await objectionToEvidence(content, shieldType(content))) === null ? cleanShield(content) : null
  return clean ? await storeFile(config.DATA_DIR, clean) : { code: 'not_a_png' }
}

/** A stored shield; null where there is none of that hash. */
export async function readShield({ config }: AppContext, sha256: string | null): Promise<Buffer | null> {
  const stored = sha256 === null ? undefined : await openFile(config.DATA_DIR, sha256)
  return stored ? await buffer(stored.stream()) : null
}

/** What a form carries for a picture that is not part of a template yet: only the entity that sent it can use it. */
export function shieldTicket({ config }: AppContext, entityId: string, sha256: string): string {
  const mark = createHmac('sha256', config.APP_SECRET).update(`caracteriza:shield:${entityId}:${sha256}`)
  return `${sha256}.${mark.digest('hex')}`
}

/** The hash behind a ticket of this entity; null for anything else. */
export function shieldOfTicket(context: AppContext, entityId: string, ticket: string): string | null {
  const [sha256 = ''] = ticket.split('.')
  const [given, own] = [ticket, shieldTicket(context, entityId, sha256)].map((one) => Buffer.from(one)) as [
    Buffer,
    Buffer,
  ]
  return given.length === own.length && timingSafeEqual(given, own) ? sha256 : null
}
