import type { LoaderFunctionArgs } from '@remix-run/node'
import { withActor } from '../../../db/client.ts'
import { findCycle } from '../../../db/cycles.ts'
import { findDraftFile } from '../../../db/release-pages.ts'
import { downloadOf } from '../../download.server.ts'
import { requireId } from '../../params.server.ts'
import { seesDrafts } from '../../release-rights.server.ts'
import { requireActor } from '../../session.server.ts'

/** A file that is not published yet: for the people of step 7; to everyone else it is not there (H3). */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const found = await withActor(context.db, actor, async (trx) => {
    const cycle = await findCycle(trx, cycleId)
    if (!cycle || !seesDrafts(actor, cycle.version.procedure)) return undefined
    return await findDraftFile(trx, cycleId, params.archivo ?? '')
  })
  return await downloadOf(context, found)
}
