import { type Contract, changeContract } from '../../db/source-changes.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { recordSourceWork, requireSource, requireSourceWork, workOnSources } from './source-work.server.ts'

/** Writes the contract of a source anew; the event says which fields changed and how. */
export async function changeSource(
  context: AppContext,
  actor: Actor,
  request: { cycleId: string; sourceId: string; contract: Contract },
): Promise<void> {
  const { cycleId, sourceId, contract } = request
  await workOnSources(context, actor, { cycleId, objectId: sourceId }, async (trx) => {
    const cycle = await requireSourceWork(trx, actor, cycleId)
    const changes = await changeContract(trx, await requireSource(trx, cycleId, sourceId), contract)
    if (changes.length === 0) return
    await recordSourceWork(trx, context, actor, cycle, { type: 'source.changed', objectId: sourceId, changes })
  })
}
