import { detach } from '../../db/source-changes.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import {
  recordSourceWork,
  requireNoImport,
  requireSource,
  requireSourceWork,
  workOnSources,
} from './source-work.server.ts'

/** Takes a source out of the cycle; what was recorded of it stays in the record. */
export async function detachSource(
  context: AppContext,
  actor: Actor,
  { cycleId, sourceId }: { cycleId: string; sourceId: string },
): Promise<void> {
  await workOnSources(context, actor, { cycleId, objectId: sourceId }, async (trx) => {
    const cycle = await requireSourceWork(trx, actor, cycleId)
    await requireSource(trx, cycleId, sourceId)
    await requireNoImport(trx, sourceId)
    if (!(await detach(trx, sourceId, actor.personId))) return
    await recordSourceWork(trx, context, actor, cycle, { type: 'source.detached', objectId: sourceId })
  })
}
