import { readWordApart } from '../../db/word-looks.ts'
import type { UnreadFile } from '../../domain/file-readings.ts'
import { lookFields } from '../../domain/report-look.ts'
import type { FileRefusal } from '../../domain/sources.ts'
import { lookFromWord } from '../../domain/word-look.ts'
import { requireAdministrator, type Typed } from '../administration.server.ts'
import type { AppContext } from '../context.server.ts'
import { keepPicture, shieldTicket } from '../shields.server.ts'
import { readSentFile } from '../uploads.server.ts'

const MAX_BYTES = 10_000_000

export type ReadTemplate =
  /** Fields of the form of a new template, and whether the document's picture could not be taken over. */
  { ok: true; fields: Typed; pictureLeft: boolean } | { ok: false; reason: UnreadFile | FileRefusal['code'] }

/** Reads a Word document as a template to be (G1): nothing is kept of it but its picture. */
export async function readTemplate(context: AppContext, request: Request): Promise<ReadTemplate> {
  const { entityId } = await requireAdministrator(request, context)
  const sent = await readSentFile(request, MAX_BYTES)
  if (typeof sent === 'string') return { ok: false, reason: sent }
  const word = await readWordApart(sent.content, request.signal)
  if (!word.ok) return { ok: false, reason: word.code }
  const { picture } = word.read
  const shield = picture ? await keepPicture(context, Buffer.from(picture, 'base64')) : null
  const hash = shield && 'sha256' in shield ? shield.sha256 : null
  return {
    ok: true,
    fields: {
      ...lookFields(lookFromWord(word.read)),
      name: sent.name.replace(/\.[A-Za-z0-9]{1,8}$/, '').slice(0, 80),
      shield: hash ? 'own' : 'entity',
      ...(hash && { image: shieldTicket(context, entityId, hash) }),
    },
    pictureLeft: picture !== null && hash === null,
  }
}
