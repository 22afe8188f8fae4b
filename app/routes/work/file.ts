import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node'
import { findAttachment } from '../../../db/attachments.ts'
import { withActor } from '../../../db/client.ts'
import { findCommentFile } from '../../../db/comments.ts'
import { openFile } from '../../../db/files.ts'
import { notFound, SANDBOX } from '../../answer.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'

/** A file attached to a step or to a comment, always as a download: nothing a person uploaded is shown as a page of ours. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const [cycleId, id] = [requireId(params.ejercicio, context), requireId(params.archivo, context)]
  const file = await withActor(context.db, actor, async (trx) => {
    return (await findAttachment(trx, cycleId, id)) ?? (await findCommentFile(trx, cycleId, id))
  })
  const stored = file && (await openFile(context.config.DATA_DIR, file.sha256))
  if (!file || !stored) throw notFound(context.requestId)
  return new Response(createReadableStreamFromReadable(stored.stream()), {
    headers: {
      ...SANDBOX,
      'Content-Type': file.mediaType,
      'Content-Length': String(stored.bytes),
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    },
  })
}
