import type { LoaderFunctionArgs } from '@remix-run/node'
import { findActionFile } from '../../../db/attachments.ts'
import { withActor } from '../../../db/client.ts'
import { downloadOf } from '../../download.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'

/** Evidence of an improvement action, to whoever may read the action. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const id = requireId(params.archivo, context)
  return await downloadOf(
    context,
    await withActor(context.db, actor, (trx) => findActionFile(trx, params.codigo ?? '', id)),
  )
}
