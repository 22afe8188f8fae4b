/** How workflows are started, and told that their rows moved; acts go by `delivery.ts`. */
import {
  type Client,
  type WorkflowClient,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client'
import type { SignalDefinition } from '@temporalio/common'
import {
  type AcceptanceInput,
  acceptanceMoved,
  acceptanceWorkflowId,
  actionMoved,
  type CorrectionInput,
  collectorMoved,
  correctionWorkflowId,
  cycleWorkflowId,
  type DisposalInput,
  delegationWorkflowId,
  disposalMoved,
  disposalWorkflowId,
  disseminationWorkflowId,
  type ErasureInput,
  endingOrdered,
  erasureWorkflowId,
  type FetchInput,
  type FollowUpInput,
  type ForwardingInput,
  fetchWorkflowId,
  followUpMoved,
  followUpWorkflowId,
  forwardingWorkflowId,
  type HappenedRun,
  happenedRunWorkflowId,
  hourMoved,
  type ImportInput,
  type ImprovementInput,
  importWorkflowId,
  improvementWorkflowId,
  type RightsInput,
  refresh,
  rightsMoved,
  rightsWorkflowId,
  runMoved,
  selfCheckWorkflowId,
  summariesMoved,
  TASK_QUEUE,
} from './messages.ts'

/** Tells a cycle that its rows moved; one that has ended needs nothing more. */
export async function signalRefresh(client: Client, cycleId: string, waitMs: number): Promise<void> {
  await signal(client, cycleWorkflowId(cycleId), refresh, waitMs)
}

/** Tells a publication that its hour moved; one that has ended needs nothing more. */
export async function signalHour(client: Client, workflowId: string, waitMs: number): Promise<void> {
  await signal(client, workflowId, hourMoved, waitMs)
}

/** Tells a dissemination that terms of answers moved; one that has ended needs nothing more. */
export async function signalSummaries(client: Client, cycleId: string, waitMs: number): Promise<void> {
  await signal(client, disseminationWorkflowId(cycleId), summariesMoved, waitMs)
}

/** Tells a delegated access that its end was ordered; false where its workflow has ended. */
export async function signalEnding(client: Client, grantId: string, waitMs: number): Promise<boolean> {
  return await signal(client, delegationWorkflowId(grantId), endingOrdered, waitMs)
}

/** Tells a run that its control was retired; one that has ended needs nothing more. */
export async function signalRun(client: Client, workflowId: string, waitMs: number): Promise<void> {
  await signal(client, workflowId, runMoved, waitMs)
}

/** False where the workflow has ended or was never there. */
async function signal(
  client: Client,
  workflowId: string,
  what: typeof refresh | typeof hourMoved | typeof summariesMoved | typeof endingOrdered | typeof runMoved,
  waitMs: number,
): Promise<boolean> {
  const handle = client.workflow.getHandle(workflowId)
  try {
    await client.withDeadline(Date.now() + waitMs, () => handle.signal(what))
    return true
  } catch (failure) {
    if (!(failure instanceof WorkflowNotFoundError)) throw failure
    return false
  }
}

/** Starts the publication of a correction; started before is started. */
export async function startCorrection(client: Client, input: CorrectionInput): Promise<void> {
  await startOnce(client.workflow, 'correction', correctionWorkflowId(input.correctionId), input)
}

/**
 * Tells the workflow of an improvement action that its row moved, and starts it where it has never run. One that has ended
 * needs nothing more: an action that is over never changes again.
 */
export async function tellImprovement(client: Client, input: ImprovementInput, waitMs: number): Promise<void> {
  const workflowId = improvementWorkflowId(input.actionId)
  await tellCase(client, { workflow: 'improvement', workflowId, input, signal: actionMoved }, waitMs)
}

/** As `tellImprovement`, of what somebody has to do by a day. */
export async function tellFollowUp(client: Client, input: FollowUpInput, waitMs: number): Promise<void> {
  const workflowId = followUpWorkflowId(input.followUpId)
  await tellCase(client, { workflow: 'followUp', workflowId, input, signal: followUpMoved }, waitMs)
}

/** As `tellImprovement`, of a citizen's request: filed, or completed. */
export async function tellRights(client: Client, input: RightsInput, waitMs: number): Promise<void> {
  const workflowId = rightsWorkflowId(input.requestId)
  await tellCase(client, { workflow: 'rightsRequest', workflowId, input, signal: rightsMoved }, waitMs)
}

/** As `tellImprovement`, of the acceptance of a risk: asked for, or lapsed. */
export async function tellAcceptance(client: Client, input: AcceptanceInput, waitMs: number): Promise<void> {
  const workflowId = acceptanceWorkflowId(input.acceptanceId)
  await tellCase(client, { workflow: 'riskAcceptance', workflowId, input, signal: acceptanceMoved }, waitMs)
}

/** As `tellImprovement`, of a disposal that was proposed. */
export async function tellDisposal(client: Client, input: DisposalInput, waitMs: number): Promise<void> {
  const workflowId = disposalWorkflowId(input.disposalId)
  await tellCase(client, { workflow: 'disposal', workflowId, input, signal: disposalMoved }, waitMs)
}

/** Tells the workflow of a collector that its row moved, and starts it where none runs: one that had ended goes on. */
export async function tellCollector(client: Client, input: ForwardingInput, waitMs: number): Promise<void> {
  const workflowId = forwardingWorkflowId(input.collectorId)
  const telling = { workflow: 'forwarding', workflowId, input, signal: collectorMoved }
  await tellCase(client, { ...telling, reuse: 'ALLOW_DUPLICATE' }, waitMs)
}

/** A collector has its workflow: one that ended or is gone begins again, and of one that runs nothing is written. */
export async function keepForwarding(client: Client, input: ForwardingInput, waitMs: number): Promise<void> {
  const workflowId = forwardingWorkflowId(input.collectorId)
  await client.withDeadline(Date.now() + waitMs, () =>
    startOnce(client.workflow, 'forwarding', workflowId, input, 'ALLOW_DUPLICATE'),
  )
}

interface TellingOfCase {
  workflow: string
  workflowId: string
  input: unknown
  signal: SignalDefinition
  /** Whether one that has ended begins again; it does not unless said. */
  reuse?: 'ALLOW_DUPLICATE'
}

/** Started where it has never run; one that has ended needs nothing more. */
async function tellCase(client: Client, telling: TellingOfCase, waitMs: number): Promise<void> {
  const { workflow, workflowId, input, signal, reuse = 'REJECT_DUPLICATE' } = telling
  try {
    await client.withDeadline(Date.now() + waitMs, () =>
      client.workflow.signalWithStart(workflow, {
        ...{ workflowId, signal, taskQueue: TASK_QUEUE, args: [input] },
        workflowIdReusePolicy: reuse,
      }),
    )
  } catch (failure) {
    if (!(failure instanceof WorkflowExecutionAlreadyStartedError)) throw failure
  }
}

/** Starts the reading of a received file; started before, whatever became of it, is started. */
export async function startImport(client: Client, input: ImportInput): Promise<void> {
  await startOnce(client.workflow, 'importFile', importWorkflowId(input.importId), input)
}

/** Starts the fetch of a source through its connection; started before, whatever became of it, is started. */
export async function startFetch(client: Client, input: FetchInput): Promise<void> {
  await startOnce(client.workflow, 'fetchData', fetchWorkflowId(input.fetchId), input)
}

/** Starts the work an erasure still has; under way it goes on, and done for a copy that was restored since it is done again. */
export async function startErasure(client: Client, input: ErasureInput): Promise<void> {
  await startOnce(client.workflow, 'erasure', erasureWorkflowId(input.erasureId), input, 'ALLOW_DUPLICATE')
}

/** Starts a round of the automatic controls; under way it goes on. */
export async function startSelfCheck(client: Client, input: { entityId: string; roundId: string }): Promise<void> {
  await startOnce(client.workflow, 'selfCheck', selfCheckWorkflowId(input.roundId), input)
}

/** Starts the run of a control because its risk happened; started before, whatever became of it, is started. */
export async function startHappenedRun(client: Client, input: HappenedRun): Promise<void> {
  await startOnce(client.workflow, 'controlRun', happenedRunWorkflowId(input), input)
}

/** Starts a workflow; under way it is started, and closed too where its id is not used again. */
export async function startOnce(
  client: WorkflowClient,
  workflow: string,
  workflowId: string,
  input: unknown,
  workflowIdReusePolicy: 'REJECT_DUPLICATE' | 'ALLOW_DUPLICATE' = 'REJECT_DUPLICATE',
): Promise<void> {
  try {
    await client.start(workflow, {
      workflowId,
      taskQueue: TASK_QUEUE,
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy,
    })
  } catch (failure) {
    // Already closed is already started.
    if (!(failure instanceof WorkflowExecutionAlreadyStartedError)) throw failure
  }
}
