import { findCycle } from '../../db/cycles.ts'
import { cycleRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { conductAct, type Proposal, type Receipt } from './conduct-act.server.ts'
import { permitted } from './permitted.server.ts'

/** Cancels a running cycle for a reason; what was approved stays in the record (model.md §2). */
export async function cancelCycle(
  context: AppContext,
  actor: Actor,
  request: { cycleId: string; reason: string },
): Promise<Receipt> {
  return await conductAct(context, actor, async (trx): Promise<Proposal> => {
    const cycle = await findCycle(trx, request.cycleId)
    if (!cycle) throw new Refused('not_visible')
    return {
      cycle,
      objectType: 'cycle',
      decision: {
        kind: 'cancel',
        cycleId: request.cycleId,
        stepCode: '1',
        objectId: request.cycleId,
        contentHash: null,
        signatureRole: null,
      },
      forbidden: whyNot(permitted(actor), 'cancel', 'Cycle', cycleRow(cycle.entityId, cycle.version.procedure)),
      observations: [{ section: 'motivo', body: request.reason }],
      proved: actor,
    }
  })
}
