import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import { ParentClosePolicy, startChild, WorkflowIdReusePolicy } from '@temporalio/workflow'
import { accessReview } from './access-review.ts'
import { openSingleReviews, openYearlyReview } from './activities.ts'
import { campaignWorkflowId, type ReviewTurnInput } from './messages.ts'
import { scheduledDay } from './scheduled-day.ts'

/** The day of the year has come: the review of its vigencia opens, unless it was or is under review (issue 5 part 5, C4). */
export async function yearlyReview({ entityId }: ReviewTurnInput): Promise<void> {
  const campaignId = await openYearlyReview({ entityId, day: scheduledDay() })
  if (campaignId !== null) await begin(entityId, campaignId)
}

/** A morning: a review of each person to whom something happened that asks for one (C11). */
export async function singleReviews({ entityId }: ReviewTurnInput): Promise<void> {
  for (const campaignId of await openSingleReviews({ entityId, day: scheduledDay() })) await begin(entityId, campaignId)
}

/** The same path as a review opened by hand, without an act; one that runs is left alone. */
async function begin(entityId: string, campaignId: string): Promise<void> {
  try {
    await startChild(accessReview, {
      args: [{ entityId, campaignId, actId: null }],
      workflowId: campaignWorkflowId(campaignId),
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      parentClosePolicy: ParentClosePolicy.ABANDON,
    })
  } catch (failure) {
    if (!(failure instanceof WorkflowExecutionAlreadyStartedError)) throw failure
  }
}
