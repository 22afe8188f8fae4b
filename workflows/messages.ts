import { defineSignal, defineUpdate } from '@temporalio/workflow'
import type { CampaignClose, CampaignState, ReviewBatch } from '../domain/campaigns.ts'
import type { RunDecision, RunState } from '../domain/control-runs.ts'
import type { CycleState } from '../domain/cycle-state.ts'
import type { Decision } from '../domain/decisions.ts'
import type { DisposalDecision, DisposalState } from '../domain/disposal.ts'
import type { GrantDecision, GrantState } from '../domain/grants.ts'
import type { RightsDecision, RightsState } from '../domain/rights.ts'
import type { AcceptanceDecision, AcceptanceState } from '../domain/risk-treatment.ts'

export const TASK_QUEUE = 'procedures'
/** Of what waits for somebody else's servers for hours: it takes no place of what people wait for. */
export const FORWARDING_QUEUE = 'forwarding'

export interface CycleInput {
  entityId: string
  cycleId: string
  /** The act that asked for the start: its decision id. */
  actId: string
}

/** What the web learns when an act is done: the state it left behind. */
export interface Outcome {
  state: CycleState
}

/** One act of a person in a cycle. Sent under its decision id as update id, so a repeat is the same act (model.md §3). */
export const decide = defineUpdate<Outcome, [Decision]>('decide')

/** Answers once the cycle's start stands in the record. */
export const opened = defineUpdate<Outcome, []>('opened')

/** From machine to machine: rows changed under the workflow (a calendar day moved terms), read them again. */
export const refresh = defineSignal('refresh')

export function cycleWorkflowId(cycleId: string): string {
  return `cycle:${cycleId}`
}

export interface DelegationInput {
  entityId: string
  grantId: string
  /** The act that asked for the access: its decision id. */
  actId: string
}

/** One verdict of a person on a delegated access, under its decision id as update id (model.md §3). */
export const decideAccess = defineUpdate<GrantState, [GrantDecision]>('decideAccess')

/** From machine to machine: something was recorded that ends the access (`access_ending`), read it. */
export const endingOrdered = defineSignal('endingOrdered')

/** Answers once the request stands in the record. */
export const grantFiled = defineUpdate<GrantState, []>('grantFiled')

/** From machine to machine: a review that closed decided on the access, read it. */
export const accessReviewed = defineSignal('accessReviewed')

export function delegationWorkflowId(grantId: string): string {
  return `delegation:${grantId}`
}

export interface RightsInput {
  entityId: string
  requestId: string
}

/** One verdict of a person on a citizen's request, under its decision id as update id (model.md §3). */
export const decideRights = defineUpdate<RightsState, [RightsDecision]>('decideRights')

/** From machine to machine: the request was filed or completed, read it. */
export const rightsMoved = defineSignal('rightsMoved')

export function rightsWorkflowId(requestId: string): string {
  return `rights:${requestId}`
}

export interface AcceptanceInput {
  entityId: string
  acceptanceId: string
}

/** One verdict of a person on the acceptance of a risk, under its decision id as update id (model.md §3). */
export const decideAcceptance = defineUpdate<AcceptanceState, [AcceptanceDecision]>('decideAcceptance')

/** From machine to machine: it was asked for, or lapsed where the risk changed; read it. */
export const acceptanceMoved = defineSignal('acceptanceMoved')

export function acceptanceWorkflowId(acceptanceId: string): string {
  return `acceptance:${acceptanceId}`
}

export interface DisposalInput {
  entityId: string
  disposalId: string
}

/** One verdict of a person on a disposal, under its decision id as update id (model.md §3). */
export const decideDisposal = defineUpdate<DisposalState, [DisposalDecision]>('decideDisposal')

/** From machine to machine: it was proposed; read it. */
export const disposalMoved = defineSignal('disposalMoved')

export function disposalWorkflowId(disposalId: string): string {
  return `disposal:${disposalId}`
}

export interface CampaignInput {
  entityId: string
  campaignId: string
  /** The act that opened it: its decision id; null where the calendar or an event did. */
  actId: string | null
}

/** Answers once the opening stands in the record. */
export const campaignOpened = defineUpdate<CampaignState, []>('campaignOpened')

/** Closes a campaign before its day, under the id of the act (model.md §3). */
export const closeCampaign = defineUpdate<CampaignState, [CampaignClose]>('closeCampaign')

export function campaignWorkflowId(campaignId: string): string {
  return `campaign:${campaignId}`
}

/** Started by a Schedule of the entity. */
export interface ReviewTurnInput {
  entityId: string
}

/** Of the Schedule; the workflows it starts have the hour they stand for appended. */
export function yearlyReviewScheduleId(entityId: string): string {
  return `yearly-review:${entityId}`
}

export function singleReviewsScheduleId(entityId: string): string {
  return `single-reviews:${entityId}`
}

export interface ReviewListInput {
  entityId: string
  campaignId: string
  /** Null for whatever the lists left, and for the cases nobody may review: they are only brought to their end. */
  listId: string | null
  /** ISO instant after which nobody answers. */
  endsAt: string
}

/** One batch of answers of a reviewer, under its own id. */
export const answerReview = defineUpdate<void, [ReviewBatch]>('answerReview')

/** From the campaign to its lists: nobody answers any more, carry out what was decided. */
export const reviewClosed = defineSignal('reviewClosed')

/** `campaign:<uuid>:reviewer:<uuid>` (temporal.md §3.6). */
export function reviewListWorkflowId(campaignId: string, listId: string | null): string {
  return `${campaignWorkflowId(campaignId)}:reviewer:${listId ?? 'nobody'}`
}

export interface ImportInput {
  entityId: string
  importId: string
}

export const cancelImport = defineSignal('cancelImport')

export function importWorkflowId(importId: string): string {
  return `import:${importId}`
}

export interface ErasureInput {
  entityId: string
  erasureId: string
}

export function erasureWorkflowId(erasureId: string): string {
  return `erasure:${erasureId}`
}

export interface FetchInput {
  entityId: string
  fetchId: string
}

export const cancelFetch = defineSignal('cancelFetch')

export function fetchWorkflowId(fetchId: string): string {
  return `fetch:${fetchId}`
}

export interface PublicationInput {
  entityId: string
  cycleId: string
  stepVersionId: string
}

/** From machine to machine: the hour of a release moved, read it again. */
export const hourMoved = defineSignal('hourMoved')

export function publicationWorkflowId(stepVersionId: string): string {
  return `publication:${stepVersionId}`
}

export interface CorrectionInput {
  entityId: string
  cycleId: string
  correctionId: string
}

export function correctionWorkflowId(correctionId: string): string {
  return `correction:${correctionId}`
}

export interface ImprovementInput {
  entityId: string
  actionId: string
}

/** From machine to machine: the day or the state of an improvement action moved, read it again. */
export const actionMoved = defineSignal('actionMoved')

export function improvementWorkflowId(actionId: string): string {
  return `improvement:${actionId}`
}

export interface FollowUpInput {
  entityId: string
  followUpId: string
}

/** From machine to machine: the day of what is to be done moved, or it is done; read it again. */
export const followUpMoved = defineSignal('followUpMoved')

export function followUpWorkflowId(followUpId: string): string {
  return `follow-up:${followUpId}`
}

/** Started by the Schedule of a control. */
export interface ControlRunInput {
  entityId: string
  controlId: string
  /** Civil date on which its risk happened; none where a Schedule starts it. */
  happenedOn?: string
}

/** One verdict of a person on a run, under its decision id as update id (model.md §3). */
export const decideRun = defineUpdate<RunState, [RunDecision]>('decideRun')

/** From machine to machine: the control was retired, read it. */
export const runMoved = defineSignal('runMoved')

/** A run that no Schedule starts. */
export type HappenedRun = Required<ControlRunInput>

export function happenedRunWorkflowId({ controlId, happenedOn }: HappenedRun): string {
  return `${controlScheduleId(controlId)}-happened-${happenedOn}`
}

/** Of the Schedule; the runs it starts have the hour they stand for appended. */
export function controlScheduleId(controlId: string): string {
  return `control:${controlId}`
}

/** Of the Schedule that looks every day which evidence of an entity has expired. */
export function evidenceScheduleId(entityId: string): string {
  return `evidence-day:${entityId}`
}

/** Of the Schedule that looks every week who saw citizens' data. */
export function readingScheduleId(entityId: string): string {
  return `reading-week:${entityId}`
}

/** Of the Schedule that publishes every day the log of the one before. */
export function logScheduleId(entityId: string): string {
  return `log-day:${entityId}`
}

export interface ForwardingInput {
  entityId: string
  collectorId: string
}

/** From machine to machine: a person changed the collector, read it again. */
export const collectorMoved = defineSignal('collectorMoved')

export function forwardingWorkflowId(collectorId: string): string {
  return `forwarding:${collectorId}`
}

export interface DisseminationInput {
  entityId: string
  cycleId: string
}

/** From machine to machine: the calendar moved the term of an answer, read what is planned again. */
export const summariesMoved = defineSignal('summariesMoved')

export function disseminationWorkflowId(cycleId: string): string {
  return `dissemination:${cycleId}`
}

/** `roundId`: asked for by a person, or because of something that happened; null where the Schedule starts it. */
export interface SelfCheckInput {
  entityId: string
  roundId: string | null
}

export function selfCheckWorkflowId(roundId: string): string {
  return `self-check:${roundId}`
}

/** Of the Schedule; the workflows it starts have the hour they stand for appended. */
export function selfCheckScheduleId(entityId: string): string {
  return `self-checks:${entityId}`
}
