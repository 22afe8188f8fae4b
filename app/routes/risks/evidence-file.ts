import type { LoaderFunctionArgs } from '@remix-run/node'
import { withActor } from '../../../db/client.ts'
import { findEvidenceFile } from '../../../db/control-evidence.ts'
import { downloadOf } from '../../download.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'

/** A file that shows a control, for whoever sees the risks of the entity. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const id = requireId(params.evidencia, context)
  return await downloadOf(
    context,
    await withActor(context.db, actor, (trx) => findEvidenceFile(trx, actor.entityId, id)),
  )
}
