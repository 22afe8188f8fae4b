import { detach } from '../../db/source-changes.ts'
import { listImports } from '../../db/sources.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { recordSourceWork, requireSource, requireSourceWork, workOnSources } from './source-work.server.ts'

/** Takes a source out of the cycle; what was recorded of it stays in the record. */
export async function detachSource(
  context: AppContext,
  actor: Actor,
  { cycleId, sourceId }: { cycleId: string; sourceId: string },
): Promise<void> {
  await workOnSources(context, actor, { cycleId, objectId: sourceId }, async (trx) => {
    const cycle = await requireSourceWork(trx, actor, cycleId)
    await requireSource(trx, cycleId, sourceId)
    const imports = await listImports(trx, sourceId)
    const isBusy = imports.some((one) => one.isAsked && (one.status === 'received' || one.status === 'running'))
    if (isBusy) throw new Refused('import_running')
    if (!(await detach(trx, sourceId, actor.personId))) return
    await recordSourceWork(trx, context, actor, cycle, { type: 'source.detached', objectId: sourceId })
  })
}
