import { insertReceived } from '../../db/import-changes.ts'
import { listImports } from '../../db/sources.ts'
import type { AppContext } from '../context.server.ts'
import { compareColumns } from '../drift.server.ts'
import { keepSealed, type ReceivedUpload, receiving, type Uploaded } from '../received-files.server.ts'
import type { Actor } from '../session.server.ts'
import {
  recordSourceWork,
  requireNoImport,
  requireSource,
  requireSourceWork,
  workOnSources,
} from './source-work.server.ts'

export interface UploadTarget {
  cycleId: string
  sourceId: string
}

/** Streams a file to disk, looks at it once, and keeps it sealed. Nobody without the right to attach gets to send a byte. */
export async function uploadFile(
  context: AppContext,
  actor: Actor,
  request: Request,
  target: UploadTarget,
): Promise<Uploaded> {
  await requireUpload(context, actor, target)
  return await receiving(context, request, (upload) => keep(context, actor, target, upload))
}

/** Refuses before a file is received whoever may not send one to this source now. */
export async function requireUpload(
  context: AppContext,
  actor: Actor,
  { cycleId, sourceId }: UploadTarget,
): Promise<void> {
  await workOnSources(context, actor, { cycleId, objectId: sourceId }, async (trx) => {
    await requireSourceWork(trx, actor, cycleId)
    await requireSource(trx, cycleId, sourceId)
    await requireNoImport(trx, sourceId)
  })
}

async function keep(
  context: AppContext,
  actor: Actor,
  target: UploadTarget,
  upload: ReceivedUpload,
): Promise<Uploaded> {
  const { cycleId, sourceId } = target
  const row = await keepSealed(context, actor, sourceId, upload)
  return await workOnSources(context, actor, { cycleId, objectId: sourceId }, async (trx) => {
    const cycle = await requireSourceWork(trx, actor, cycleId)
    const source = await requireSource(trx, cycleId, sourceId)
    // Here and not before: two uploads of one file wait for each other on the step.
    const known = await listImports(trx, sourceId)
    const same = known.find(
      (one) => one.fileSha256 === row.sha256 && (one.status === 'done' || one.status === 'received'),
    )
    if (same) return { outcome: 'same', importId: same.id }
    const importId = await insertReceived(trx, row)
    const changes = [{ field: 'file', before: known[0]?.fileSha256 ?? null, after: row.sha256 }]
    await recordSourceWork(trx, context, actor, cycle, {
      type: 'source.changed',
      objectId: sourceId,
      contentHash: row.sha256,
      changes,
    })
    const { header, sampleRows: sample } = upload.seen.file
    await compareColumns(context, trx, { actor, cycle, source, importId }, { header, sample })
    return { outcome: 'received', importId }
  })
}
