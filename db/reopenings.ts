import type { Decision } from '../domain/decisions.ts'
import type { Trx } from './client.ts'
import type { LoadedCycle } from './cycles.ts'

/** The request to reopen a step, and its answer (model.md §2). Other decisions leave nothing here. */
export async function recordReopening(trx: Trx, cycle: LoadedCycle, decision: Decision): Promise<void> {
  if (decision.kind === 'ask_reopen') {
    await trx
      .insertInto('reopening')
      .values({
        id: decision.objectId,
        entity_id: cycle.entityId,
        cycle_id: decision.cycleId,
        step_code: decision.stepCode,
        asked_act: decision.id,
        asked_by: decision.personId,
      })
      .execute()
  }
  if (decision.kind === 'reopen' || decision.kind === 'decline_reopen') {
    await trx
      .updateTable('reopening')
      .set({ decided_act: decision.id, outcome: decision.kind === 'reopen' ? 'reopened' : 'declined' })
      .where('id', '=', decision.objectId)
      .where('outcome', 'is', null)
      .execute()
  }
}
