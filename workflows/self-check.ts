import { isCancellation, workflowInfo } from '@temporalio/workflow'
import { failCheck, openChecks, runCheck } from './activities.ts'
import type { SelfCheckInput } from './messages.ts'

/**
 * A round of the automatic controls (D6), one after another. A control that cannot be carried out proves nothing, and says so; the
 * others are run all the same.
 */
export async function selfCheck({ entityId, roundId: asked }: SelfCheckInput): Promise<void> {
  const { roundId, controls } = await openChecks({ entityId, roundId: asked, workflowId: workflowInfo().workflowId })
  for (const control of controls) {
    const key = { entityId, roundId, control }
    try {
      await runCheck(key)
    } catch (failure) {
      if (isCancellation(failure)) throw failure
      await failCheck(key)
    }
  }
}
