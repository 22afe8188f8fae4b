import {
  type FileUpload,
  MaxFileSizeExceededError,
  MultipartParseError,
  parseFormData,
} from '@remix-run/form-data-parser'
import { z } from 'zod'
import { refuse, type Saved } from '../../db/administration.ts'
import { changeEntity, changeMinimumCell, changeShield } from '../../db/entities.ts'
import { storeFile } from '../../db/files.ts'
import { changeReportTemplate } from '../../db/report-look.ts'
import { changeEntityInput, minimumCellInput, type ProblemCode, reportLookInput } from '../../domain/administration.ts'
import { administer, type Change, requireAdministrator, type Typed } from '../administration.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'

const MAX_SHIELD = 500_000
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** Name, codes and the smallest count the entity lets out, in one transaction. */
export function updateEntity(context: AppContext, actor: Actor, typed: Typed): Promise<Change<Saved>> {
  const schema = changeEntityInput.extend(minimumCellInput.shape)
  return administer(context, actor, { schema, typed }, async (trx, by, { minimumCell, ...input }) => {
    const changed = await changeEntity(trx, by, input)
    return changed.problems ? changed : await changeMinimumCell(trx, by, minimumCell)
  })
}

/** How the documents issued from now on look, and how easily they should read. */
export function updateReportLook(context: AppContext, actor: Actor, typed: Typed): Promise<Change<Saved>> {
  return administer(context, actor, { schema: reportLookInput, typed }, (trx, by, look) =>
    changeReportTemplate(trx, by, look),
  )
}

/** Stores the PNG of a form and makes it the entity's shield. */
export async function updateShield(context: AppContext, request: Request): Promise<Change<Saved>> {
  const actor = await requireAdministrator(request, context)
  const received = await receiveShield(context, request)
  const schema = z.object({})
  return await administer(context, actor, { schema, typed: {} }, async (trx, by) =>
    'code' in received ? refuse('shield', received.code) : await changeShield(trx, by, received.sha256),
  )
}

export function removeShield(context: AppContext, actor: Actor): Promise<Change<Saved>> {
  return administer(context, actor, { schema: z.object({}), typed: {} }, (trx, by) => changeShield(trx, by, null))
}

type Received = { sha256: string } | { code: ProblemCode }

async function receiveShield(context: AppContext, request: Request): Promise<Received> {
  let received: Received = { code: 'missing' }
  try {
    await parseFormData(request, { maxFiles: 1, maxFileSize: MAX_SHIELD, maxParts: 5 }, async (file) => {
      received = await keep(context, file)
    })
    return received
  } catch (error) {
    if (error instanceof MaxFileSizeExceededError) return { code: 'shield_too_big' }
    if (error instanceof MultipartParseError || error instanceof TypeError) return { code: 'not_a_png' }
    throw error
  }
}

async function keep(context: AppContext, file: FileUpload): Promise<Received> {
  const content = new Uint8Array(await file.arrayBuffer())
  if (!file.name || content.byteLength === 0) return { code: 'missing' }
  if (!PNG.every((byte, i) => content[i] === byte)) return { code: 'not_a_png' }
  return { sha256: (await storeFile(context.config.DATA_DIR, content)).sha256 }
}
