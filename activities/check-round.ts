import { listLeftOfRound, openRound, type RunKey } from '../db/check-runs.ts'
import { withEntity } from '../db/client.ts'
import { appNow } from '../db/clock.ts'
import { idOf } from '../db/ids.ts'
import { CONTROL_IDS, type ControlId } from '../domain/controls.ts'
import { finishCheck } from './finish-check.ts'
import type { Tools } from './tools.ts'

export interface OpenChecks {
  entityId: string
  /** Null where the Schedule asks for all of them. */
  roundId: string | null
  /** Of the workflow: names the round of the Schedule. */
  workflowId: string
}

/** The round and the controls in it that have no result yet: one that was asked for stands, that of the Schedule is opened here. */
export async function openChecks(
  { database }: Tools,
  { entityId, roundId: asked, workflowId }: OpenChecks,
): Promise<{ roundId: string; controls: ControlId[] }> {
  const roundId = asked ?? idOf('check_round', workflowId)
  return await withEntity(database, entityId, async (trx) => {
    if (asked === null) await openRound(trx, { id: roundId, entityId, controls: CONTROL_IDS, by: null })
    return { roundId, controls: await listLeftOfRound(trx, roundId) }
  })
}

/** A control that could not be carried out, however often it was tried: in red, since it proves nothing. */
export async function failCheck(tools: Tools, key: RunKey): Promise<void> {
  await finishCheck(tools, key, { startedAt: appNow(), failureCode: 'not_carried_out' })
}
