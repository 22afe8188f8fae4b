import type { LoaderFunctionArgs } from '@remix-run/node'
import { withActor } from '../../../db/client.ts'
import { findCheckpoint } from '../../../db/log-checkpoints.ts'
import { notFound } from '../../answer.server.ts'
import { requireAuditor } from '../../commands/consult-trail.server.ts'
import { asDownload } from '../../download.server.ts'
import { sizeIn } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'

/** A checkpoint as it was signed: text that anybody can keep outside. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  requireAuditor(actor)
  const size = sizeIn(params.hechos)
  const kept = await withActor(context.db, actor, (trx) => findCheckpoint(trx, actor.entityId, size - 1n))
  if (kept?.size !== size) throw notFound(context.requestId)
  const content = Buffer.from(kept.note)
  return asDownload(new Uint8Array(content), {
    name: `punto-de-control-${size}.txt`,
    mediaType: 'text/plain',
    bytes: content.length,
  })
}
