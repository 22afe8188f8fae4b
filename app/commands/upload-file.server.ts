import { addReceived, holdSealed, keepSealed, type ReceivedUpload } from '../../db/received-files.ts'
import type { AppContext } from '../context.server.ts'
import { receiving, sealOwner, type Uploaded } from '../received-files.server.ts'
import type { Actor } from '../session.server.ts'
import { requireNoImport, requireSource, requireSourceWork, workedBy, workOnSources } from './source-work.server.ts'

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
  const { personId } = actor
  const owner = sealOwner(context, actor)
  const row = await keepSealed(owner, { sourceId, personId }, upload)
  return await workOnSources(context, actor, { cycleId, objectId: sourceId }, async (trx) => {
    await holdSealed(trx, owner, row, upload)
    const cycle = await requireSourceWork(trx, actor, cycleId)
    const source = await requireSource(trx, cycleId, sourceId)
    return await addReceived(trx, workedBy(context, actor, { cycle, source }), row, upload.seen)
  })
}
