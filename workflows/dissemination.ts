import { condition, ParentClosePolicy, setHandler, startChild, WorkflowIdReusePolicy } from '@temporalio/workflow'
import { disseminate, tellOfSummaries } from './activities.ts'
import { type DisseminationInput, disseminationWorkflowId, summariesMoved } from './messages.ts'

/**
 * Once the results of a cycle are public every dependencia gets its summary and is reminded, in working days, until it has
 * confirmed and answered (MM-GAC-P-008 v2, actividad 7; features H9). What has been answered plans no more notices, so the
 * next timer that fires finds nothing to tell, and the last one ends the run.
 */
export async function dissemination({ entityId, cycleId }: DisseminationInput): Promise<void> {
  const key = { entityId, cycleId }
  let moves = 0
  setHandler(summariesMoved, () => {
    moves += 1
  })
  let seen = moves
  let next = await disseminate({ ...key, now: nowIso() })
  while (next !== null) {
    await condition(() => moves !== seen, Math.max(1_000, Date.parse(next) - Date.now()))
    seen = moves
    next = await tellOfSummaries({ ...key, now: nowIso() })
  }
}

/** Started by the publication; it goes on for months when that has ended. */
export async function startDissemination({ entityId, cycleId }: DisseminationInput): Promise<void> {
  await startChild(dissemination, {
    args: [{ entityId, cycleId }],
    workflowId: disseminationWorkflowId(cycleId),
    workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    parentClosePolicy: ParentClosePolicy.ABANDON,
  })
}

function nowIso(): string {
  return new Date(Date.now()).toISOString()
}
