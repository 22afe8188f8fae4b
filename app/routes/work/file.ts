import type { LoaderFunctionArgs } from '@remix-run/node'
import { findAttachment } from '../../../db/attachments.ts'
import { withActor } from '../../../db/client.ts'
import { findCommentFile } from '../../../db/comments.ts'
import { requireKept } from '../../../db/disposal-pages.ts'
import { downloadOf } from '../../download.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'

/** A file attached to a step or to a comment. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const [cycleId, id] = [requireId(params.ejercicio, context), requireId(params.archivo, context)]
  const file = await withActor(context.db, actor, async (trx) => {
    await requireKept(trx, id, ['attachment', 'comment_file'])
    return (await findAttachment(trx, cycleId, id)) ?? (await findCommentFile(trx, cycleId, id))
  })
  return await downloadOf(context, file)
}
