import {
  condition,
  ParentClosePolicy,
  patched,
  setHandler,
  startChild,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow'
import type { Publication } from '../activities/publish-release.ts'
import { publishCorrection, publishRelease, reportUnpublished } from './activities.ts'
import { startDissemination } from './dissemination.ts'
import { type CorrectionInput, hourMoved, type PublicationInput, publicationWorkflowId } from './messages.ts'

/** Publishes the exact release its approvers signed, at its hour; corrections outlive the cycle, so it is a run of its own. */
export async function publication(input: PublicationInput): Promise<void> {
  try {
    await atItsHour(() => publishRelease(input))
  } catch (failure) {
    await reportUnpublished(input)
    throw failure
  }
  // Publications that ran before there was any dissemination replay without it.
  if (patched('dissemination')) await startDissemination(input)
}

/** Publishes a correction that two have signed; the cycle it belongs to has ended long ago. */
export async function correction(input: CorrectionInput): Promise<void> {
  try {
    await atItsHour(() => publishCorrection(input))
  } catch (failure) {
    await reportUnpublished(input)
    throw failure
  }
}

/** While the record's clock lags behind this one, it is asked again at least this often. */
const LAG_MS = 60_000

/**
 * Waits by a durable timer until the hour the release has (features H5). The record decides whether the hour has come:
 * a clock that runs ahead publishes nothing early, and an hour moved meanwhile is read again.
 */
export async function atItsHour(publish: () => Promise<Publication>): Promise<void> {
  let moves = 0
  setHandler(hourMoved, () => {
    moves += 1
  })
  for (;;) {
    const seen = moves
    const { waits } = await publish()
    if (!waits) return
    const moved = () => moves !== seen
    if (waits.until === null) await condition(moved)
    else await condition(moved, patience(Date.parse(waits.until) - Date.now(), waits.earlyMs))
  }
}

function patience(ahead: number, early: number): number {
  return Math.max(1_000, ahead > 0 ? Math.min(ahead, early) : Math.min(early, LAG_MS))
}

/** Started by the cycle once its last step stands approved; it goes on when the cycle has ended. */
export async function startPublication(input: PublicationInput): Promise<void> {
  await startChild(publication, {
    args: [input],
    workflowId: publicationWorkflowId(input.stepVersionId),
    workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    parentClosePolicy: ParentClosePolicy.ABANDON,
  })
}
