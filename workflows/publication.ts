import { ParentClosePolicy, startChild, WorkflowIdReusePolicy } from '@temporalio/workflow'
import { publishRelease, reportUnpublished } from './activities.ts'
import { type PublicationInput, publicationWorkflowId } from './messages.ts'

/** Publishes the exact release its approvers signed; corrections outlive the cycle, so it is a run of its own. */
export async function publication(input: PublicationInput): Promise<void> {
  try {
    await publishRelease(input)
  } catch (failure) {
    await reportUnpublished(input)
    throw failure
  }
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
