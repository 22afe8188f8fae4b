import { REJECT_LINE_COLUMN } from '../../catalog/source-texts.ts'
import type { Trx } from '../../db/client.ts'
import { askToCorrect } from '../../db/import-changes.ts'
import { findImport, type ImportRow, listImports } from '../../db/imports.ts'
import { holdSealed, keepSealed, type ReceivedUpload } from '../../db/received-files.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { receiving, sealOwner, type Uploaded } from '../received-files.server.ts'
import type { Actor } from '../session.server.ts'
import { startReading } from './request-import.server.ts'
import {
  recordSourceWork,
  requireNoImport,
  requireSource,
  requireSourceWork,
  workOnSources,
} from './source-work.server.ts'
import { requireUpload, type UploadTarget } from './upload-file.server.ts'

/** `importId` is the import in use, whose rejects the file corrects. */
export type CorrectionTarget = UploadTarget & { importId: string }

/**
 * Receives the corrected rejects of an import and has them read over it, as it was read: its good records join a new
 * snapshot (experience 45). The same file again adds nothing.
 */
export async function correctRejects(
  context: AppContext,
  actor: Actor,
  request: Request,
  target: CorrectionTarget,
): Promise<Uploaded> {
  await requireUpload(context, actor, target)
  const kept = await receiving(context, request, (upload) => keep(context, actor, target, upload))
  if (kept.outcome === 'received') await startReading(context, actor, kept.importId)
  return kept
}

async function keep(
  context: AppContext,
  actor: Actor,
  { cycleId, sourceId, importId }: CorrectionTarget,
  upload: ReceivedUpload,
): Promise<Uploaded> {
  const { header } = upload.seen.file
  const { personId } = actor
  const owner = sealOwner(context, actor)
  const file = await keepSealed(owner, { sourceId, personId }, upload)
  return await workOnSources(context, actor, { cycleId, objectId: sourceId }, async (trx) => {
    await holdSealed(trx, owner, file, upload)
    const cycle = await requireSourceWork(trx, actor, cycleId)
    const source = await requireSource(trx, cycleId, sourceId)
    await requireNoImport(trx, sourceId)
    const same = (await listImports(trx, sourceId)).find(
      (one) => one.fileSha256 === file.sha256 && one.status === 'done',
    )
    if (same) return { outcome: 'same', importId: same.id }
    const base = await requireBase(trx, sourceId, importId)
    if (base.id !== source.importId || !holds(header, base)) return NOT_A_CORRECTION
    const id = await askToCorrect(trx, file, base)
    const changes = [{ field: 'file', before: base.fileSha256, after: file.sha256 }]
    const contentHash = file.sha256
    await recordSourceWork(trx, context, actor, cycle, {
      type: 'source.changed',
      objectId: sourceId,
      contentHash,
      changes,
    })
    await recordSourceWork(trx, context, actor, cycle, {
      type: 'import.requested',
      objectId: id,
      objectVersion: sourceId,
      contentHash,
    })
    return { outcome: 'received', importId: id }
  })
}

const NOT_A_CORRECTION: Uploaded = { outcome: 'refused', refusal: { code: 'not_a_correction' } }

async function requireBase(trx: Trx, sourceId: string, importId: string): Promise<ImportRow> {
  const base = await findImport(trx, importId)
  if (!base || base.sourceId !== sourceId || base.status !== 'done') throw new Refused('not_visible')
  return base
}

/** Where the records stand in the original, and every column that is read. */
function holds(header: string[], { mapping }: ImportRow): boolean {
  const wanted = mapping.filter((column) => column.role !== 'ignore').map((column) => column.column)
  return [REJECT_LINE_COLUMN, ...wanted].every((name) => header.includes(name))
}
