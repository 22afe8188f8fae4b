import { type Outcome, type RunKey, recordRun } from '../db/check-runs.ts'
import { listShownBy } from '../db/check-showings.ts'
import { withEntity } from '../db/client.ts'
import { appNow } from '../db/clock.ts'
import { requireControl } from '../db/run-controls.ts'
import { evidenceMoved } from './evidence-moved.ts'
import { tellOfControl } from './tell-of-control.ts'
import type { Tools } from './tools.ts'

/**
 * Keeps what came of a run of an automatic control, in one transaction with its incident, the word to who keeps the process, and what it
 * shows of the controls of the risk map that name it: what is left of their risks follows the same day (D7).
 */
export async function finishCheck(tools: Tools, key: RunKey, outcome: Outcome): Promise<void> {
  const { entityId, control: check } = key
  await withEntity(tools.database, entityId, async (trx) => {
    const finished = await recordRun(trx, key, outcome)
    if (!finished) return
    await tellOfControl(trx, tools, key, finished)
    for (const id of await listShownBy(trx, entityId, check))
      await evidenceMoved(trx, tools, { control: await requireControl(trx, id) }, appNow())
  })
}
