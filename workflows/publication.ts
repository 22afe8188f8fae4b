import {
  ActivityFailure,
  ApplicationFailure,
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
  await atItsHourOrTold(input, () => publishRelease(input))
  // Publications that ran before there was any dissemination replay without it.
  if (patched('dissemination')) await startDissemination(input)
}

/**
 * Publishes a correction that two have signed; the cycle it belongs to has ended long ago. What takes the place of a release
 * that was held is the first of its cycle that the dependencias can be told of.
 */
export async function correction(input: CorrectionInput): Promise<void> {
  const { isFirst } = await atItsHourOrTold(input, () => publishCorrection(input))
  if (isFirst) await startDissemination(input)
}

/** What is never published is held and told, with the reason. */
async function atItsHourOrTold(
  input: PublicationInput | CorrectionInput,
  publish: () => Promise<Publication>,
): Promise<Publication> {
  try {
    return await atItsHour(publish)
  } catch (failure) {
    await reportUnpublished({ ...input, reason: codeOf(failure) })
    throw failure
  }
}

/** The reason an activity gave for good, by its code. */
function codeOf(failure: unknown): string | null {
  const cause = failure instanceof ActivityFailure ? failure.cause : null
  return cause instanceof ApplicationFailure ? (cause.type ?? null) : null
}

/** While the record's clock lags behind this one, it is asked again at least this often. */
const LAG_MS = 60_000

/**
 * Waits by a durable timer until the hour the release has (features H5). The record decides whether the hour has come:
 * a clock that runs ahead publishes nothing early, and an hour moved meanwhile is read again.
 */
export async function atItsHour(publish: () => Promise<Publication>): Promise<Publication> {
  let moves = 0
  setHandler(hourMoved, () => {
    moves += 1
  })
  for (;;) {
    const seen = moves
    const publication = await publish()
    const { waits } = publication
    if (!waits) return publication
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
