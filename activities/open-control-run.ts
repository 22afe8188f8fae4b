import { recordEvent } from '../db/audit.ts'
import { withEntity } from '../db/client.ts'
import { planRunNotices } from '../db/control-notices.ts'
import { runEvent } from '../db/control-run-acts.ts'
import { holdRun, openRun } from '../db/control-runs.ts'
import { faultPoint } from '../db/fault-points.ts'
import { requireControl } from '../db/run-controls.ts'
import type { Tools } from './tools.ts'

export interface OpenControlRun {
  entityId: string
  controlId: string
  workflowId: string
  /** Civil date the run stands for. */
  day: string
  /** Civil date on which its risk happened, where it is executed because of that. */
  happenedOn?: string
  /** Workflow's clock, ISO. */
  now: string
}

/**
 * Opens the run of the period a day lies in, with its notices and its event, once however often it is asked; null where this
 * workflow has none to carry. One that falls in a pause is recorded, and is asked of nobody.
 */
export async function openControlRun(tools: Tools, input: OpenControlRun): Promise<string | null> {
  faultPoint('worker:before-record')
  return await withEntity(tools.database, input.entityId, async (trx) => {
    const opened = await openRun(trx, await requireControl(trx, input.controlId), input)
    if (!opened?.isNew) return opened?.id ?? null
    const run = await holdRun(trx, opened.id)
    if (!run.state.isClosed) await planRunNotices(trx, run, new Date(input.now))
    await recordEvent(trx, runEvent(run, run.state.isClosed ? 'control.run_paused' : 'control.run_opened'))
    return opened.id
  })
}
