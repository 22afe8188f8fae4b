import {
  ApplicationFailure,
  type Client,
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client'
import type { CampaignClose, ReviewBatch } from '../domain/campaigns.ts'
import type { RunDecision } from '../domain/control-runs.ts'
import type { Decision } from '../domain/decisions.ts'
import type { DisposalDecision } from '../domain/disposal.ts'
import type { GrantDecision } from '../domain/grants.ts'
import { isRefusalCode, type RefusalCode } from '../domain/refusals.ts'
import type { RightsDecision } from '../domain/rights.ts'
import type { AcceptanceDecision } from '../domain/risk-treatment.ts'
import {
  acceptanceWorkflowId,
  answerReview,
  type CampaignInput,
  type CycleInput,
  campaignOpened,
  campaignWorkflowId,
  closeCampaign,
  cycleWorkflowId,
  type DelegationInput,
  decide,
  decideAcceptance,
  decideAccess,
  decideDisposal,
  decideRights,
  decideRun,
  delegationWorkflowId,
  disposalWorkflowId,
  grantFiled,
  opened,
  reviewListWorkflowId,
  rightsWorkflowId,
} from './messages.ts'
import { startOnce } from './tellings.ts'

/** What became of an act that was sent. `away`: no answer in time, it goes through by itself later. */
export type Delivery =
  | { outcome: 'done' }
  | { outcome: 'refused'; code: RefusalCode }
  | { outcome: 'away' }
  | { outcome: 'ended' }

export type Parcel =
  | { kind: 'start'; input: CycleInput }
  | { kind: 'decision'; decision: Decision }
  | { kind: 'ask'; input: DelegationInput }
  | { kind: 'verdict'; verdict: GrantDecision }
  | { kind: 'rights'; verdict: RightsDecision }
  | { kind: 'acceptance'; verdict: AcceptanceDecision }
  | { kind: 'disposal'; verdict: DisposalDecision }
  | { kind: 'run'; decision: RunDecision; workflowId: string }
  | { kind: 'campaign'; input: CampaignInput & { actId: string } }
  | { kind: 'answers'; batch: ReviewBatch; campaignId: string }
  | { kind: 'close'; close: CampaignClose }

const ABORTED = 10
const RESOURCE_EXHAUSTED = 8

/** Sends an act to its workflow under its own id; the same act sent again is the same Update (model.md §3). */
export async function deliver(client: Client, parcel: Parcel, waitMs: number, attempt = 1): Promise<Delivery> {
  try {
    await client.withDeadline(Date.now() + waitMs, () => send(client, parcel))
    return { outcome: 'done' }
  } catch (failure) {
    if (failure instanceof WorkflowUpdateFailedError) return { outcome: 'refused', code: codeOf(failure) }
    if (failure instanceof WorkflowNotFoundError) return { outcome: 'ended' }
    if (isBusy(failure) && attempt < 3) return await deliver(client, parcel, waitMs, attempt + 1)
    return { outcome: 'away' }
  }
}

async function send({ workflow }: Client, parcel: Parcel): Promise<void> {
  switch (parcel.kind) {
    case 'start': {
      const { input } = parcel
      await startOnce(workflow, 'cycle', cycleWorkflowId(input.cycleId), input)
      await workflow.getHandle(cycleWorkflowId(input.cycleId)).executeUpdate(opened, { updateId: input.actId })
      return
    }
    case 'decision': {
      const { decision } = parcel
      const handle = workflow.getHandle(cycleWorkflowId(decision.cycleId))
      await handle.executeUpdate(decide, { args: [decision], updateId: decision.id })
      return
    }
    case 'ask': {
      const { input } = parcel
      await startOnce(workflow, 'delegation', delegationWorkflowId(input.grantId), input)
      await workflow.getHandle(delegationWorkflowId(input.grantId)).executeUpdate(grantFiled, { updateId: input.actId })
      return
    }
    case 'verdict': {
      const { verdict } = parcel
      const handle = workflow.getHandle(delegationWorkflowId(verdict.grantId))
      await handle.executeUpdate(decideAccess, { args: [verdict], updateId: verdict.id })
      return
    }
    case 'rights': {
      const { verdict } = parcel
      const handle = workflow.getHandle(rightsWorkflowId(verdict.requestId))
      await handle.executeUpdate(decideRights, { args: [verdict], updateId: verdict.id })
      return
    }
    case 'acceptance': {
      const { verdict } = parcel
      const handle = workflow.getHandle(acceptanceWorkflowId(verdict.acceptanceId))
      await handle.executeUpdate(decideAcceptance, { args: [verdict], updateId: verdict.id })
      return
    }
    case 'disposal': {
      const { verdict } = parcel
      const handle = workflow.getHandle(disposalWorkflowId(verdict.disposalId))
      await handle.executeUpdate(decideDisposal, { args: [verdict], updateId: verdict.id })
      return
    }
    case 'run': {
      const { decision, workflowId } = parcel
      await workflow.getHandle(workflowId).executeUpdate(decideRun, { args: [decision], updateId: decision.id })
      return
    }
    case 'campaign': {
      const { input } = parcel
      await startOnce(workflow, 'accessReview', campaignWorkflowId(input.campaignId), input)
      const handle = workflow.getHandle(campaignWorkflowId(input.campaignId))
      await handle.executeUpdate(campaignOpened, { updateId: input.actId })
      return
    }
    case 'answers': {
      const { batch, campaignId } = parcel
      const handle = workflow.getHandle(reviewListWorkflowId(campaignId, batch.listId))
      try {
        await handle.executeUpdate(answerReview, { args: [batch], updateId: batch.id })
      } catch (failure) {
        if (!(failure instanceof WorkflowNotFoundError)) throw failure
        // A list begins a moment after its row: as long as the campaign runs, no list is no answer.
        const { status } = await workflow.getHandle(campaignWorkflowId(campaignId)).describe()
        throw status.name === 'RUNNING' ? new Error('the list has not begun') : failure
      }
      return
    }
    case 'close': {
      const { close } = parcel
      const handle = workflow.getHandle(campaignWorkflowId(close.campaignId))
      await handle.executeUpdate(closeCampaign, { args: [close], updateId: close.id })
    }
  }
}

function codeOf(failure: WorkflowUpdateFailedError): RefusalCode {
  const type = failure.cause instanceof ApplicationFailure ? failure.cause.type : null
  return type && isRefusalCode(type) ? type : 'already_decided'
}

function isBusy(failure: unknown): boolean {
  const cause = failure instanceof Error && isGrpcServiceError(failure.cause) ? failure.cause : failure
  return isGrpcServiceError(cause) && (cause.code === RESOURCE_EXHAUSTED || cause.code === ABORTED)
}
