/** State of one run of a procedure, and what it says of whose turn it is. The page, the workflow and the transaction all ask here. */
import type { StepCode, StepTemplate } from './procedures.ts'

export type StepStatus =
  | 'not_started'
  | 'in_progress'
  | 'in_review'
  | 'in_approval'
  | 'returned'
  | 'approved'
  | 'lapsed'
  | 'cancelled'

/** A frozen version as the state knows it: opaque ids and hashes only. */
export interface VersionMark {
  id: string
  hash: string
  /** Hash of each upstream step version this one builds on. */
  builtOn: Partial<Record<StepCode, string>>
}

export interface SignatureMark {
  decisionId: string
  role: 'reviewer' | 'approver' | 'consent'
  duty: string
  personId: string
  actingFor: string | null
}

export interface StepState {
  code: StepCode
  status: StepStatus
  attempt: number
  version: VersionMark | null
  /** Natural persons who elaborated this step, in any attempt; they can never approve it (model.md §4). */
  authors: string[]
  /**
   * Natural persons whose proposed words were accepted into this step, in any attempt: they may review it, never approve it.
   * Absent where there are none, as in the states that workflows recorded before it was kept.
   */
  proposers?: string[]
  /** Signatures on the current version other than the authors' own. */
  signatures: SignatureMark[]
  /** Open request to reopen this approved step. */
  reopening: { id: string; askedBy: string } | null
  /** The earlier step whose reopening, or whose return with another content, made this one lapse. */
  lapsedBy: StepCode | null
  /** Instant (ISO) the running term ends; null while the step is not open. */
  dueAt: string | null
}

export interface CycleState {
  id: string
  status: 'active' | 'closed' | 'cancelled'
  steps: StepState[]
}

/** Throws where the cycle has no such step. */
export function stepOf(cycle: CycleState, code: StepCode): StepState {
  const step = cycle.steps.find((candidate) => candidate.code === code)
  if (!step) throw new Error(`cycle ${cycle.id} has no step ${code}`)
  return step
}

/** The step the procedure is at; null once every step stands approved or the cycle was cancelled. */
export function firstNotApproved(cycle: CycleState): StepCode | null {
  if (cycle.status !== 'active') return null
  return cycle.steps.find((step) => step.status !== 'approved')?.code ?? null
}

/** The step that has to be approved before this one opens, or null while nothing stands before it. */
export function lockedBy(cycle: CycleState, code: StepCode): StepCode | null {
  const first = firstNotApproved(cycle)
  const waits = ['not_started', 'lapsed'].includes(stepOf(cycle, code).status)
  return waits && first !== null && first !== code ? first : null
}

/** Whether people can work on the step now: it is open and every earlier step stands approved. */
export function isOpen(step: StepState): boolean {
  return ['in_progress', 'in_review', 'in_approval', 'returned'].includes(step.status)
}

/** Duties that have still to review the current version. */
export function reviewersLeft(step: StepState, template: StepTemplate): string[] {
  const done = step.signatures.filter((mark) => mark.role === 'reviewer').map((mark) => mark.duty)
  return template.reviewers.filter((duty) => !done.includes(duty))
}

/** Approvers who may sign next under the step's policy: one in `in_order`, everyone left otherwise. */
export function approversLeft(step: StepState, template: StepTemplate): StepTemplate['approvers'] {
  const done = step.signatures.filter((mark) => mark.role !== 'reviewer').map((mark) => mark.duty)
  const left = template.approvers.filter((approver) => !done.includes(approver.duty))
  return template.policy === 'in_order' ? left.slice(0, 1) : left
}

/** Truth table of the approval policies (B7): silence never approves. */
export function isDecided(step: StepState, template: StepTemplate): boolean {
  const done = step.signatures.filter((mark) => mark.role !== 'reviewer').length
  return template.policy === 'any' ? done >= 1 : done >= template.approvers.length
}

/** Duties that decide a reopening request: the step's approvers (model.md §2). */
export function reopeners(template: StepTemplate): string[] {
  return template.approvers.filter((approver) => approver.role === 'approver').map((approver) => approver.duty)
}
