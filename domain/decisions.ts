/** What a person can decide in a cycle, and every reason why not now. */

import {
  approversLeft,
  type CycleState,
  firstNotApproved,
  lockedBy,
  reopeners,
  reviewersLeft,
  type StepState,
  stepOf,
  type VersionMark,
} from './cycle-state.ts'
import { type Procedure, type SignatureRole, type StepCode, type StepTemplate, stepTemplate } from './procedures.ts'
import { type Objection, objection } from './refusals.ts'
import { handsOf } from './substitutions.ts'

export const DECISION_KINDS = [
  'submit',
  'approve',
  'return',
  'withdraw',
  'ask_reopen',
  'reopen',
  'decline_reopen',
  'cancel',
] as const
export type DecisionKind = (typeof DECISION_KINDS)[number]

/** Travels as the argument of the Update: ids, verdict and hashes, never a text a person typed (model.md §3). */
export interface Decision {
  id: string
  kind: DecisionKind
  cycleId: string
  stepCode: StepCode
  /** The stepVersion, the reopening request or the cycle. */
  objectId: string
  personId: string
  positionId: string
  duty: string
  actingFor: string | null
  signatureRole: SignatureRole | null
  /** Hash of the content decided on; null where no content is. */
  contentHash: string | null
  /** Submissions only: the frozen version and everyone who elaborated it. */
  version: VersionMark | null
  authors: string[]
}

/** Reasons, in order of importance, why this decision cannot be taken on this state; empty means it can. */
export function objectionsTo(cycle: CycleState, decision: Decision, procedure: Procedure): Objection[] {
  if (cycle.status !== 'active') return [objection('cycle_over', { status: cycle.status })]
  const step = stepOf(cycle, decision.stepCode)
  const template = stepTemplate(procedure, step.code)
  switch (decision.kind) {
    case 'cancel':
      return mustHold(decision, cancellers(procedure))
    case 'submit':
      return [...toSubmission(cycle, step), ...mustHold(decision, template.authors)]
    case 'withdraw':
      return toWithdrawal(step, decision, template)
    case 'approve':
    case 'return':
      return toVerdict(cycle, step, decision, template, procedure)
    case 'ask_reopen':
      return [...toAsking(step), ...mustHold(decision, askers(template))]
    case 'reopen':
    case 'decline_reopen':
      return [...toReopening(step, decision), ...mustHold(decision, reopeners(template))]
  }
}

/**
 * Why nobody can work on the step's draft now, or null: in review or approved it is edited only after withdrawing or
 * reopening it (model.md §2).
 */
export function objectionToEditing(cycle: CycleState, code: StepCode): Objection | null {
  if (cycle.status !== 'active') return objection('cycle_over', { status: cycle.status })
  const first = lockedBy(cycle, code)
  if (first) return objection('step_locked', { step: code, first })
  const { status } = stepOf(cycle, code)
  return status === 'in_progress' || status === 'returned' ? null : objection('not_open', { step: code, status })
}

/** Who may ask to reopen a step: its authors and its approvers (model.md §2). */
export function askers(template: StepTemplate): string[] {
  return [...template.authors, ...template.approvers.map((approver) => approver.duty)]
}

/** Who may cancel a cycle: whoever approves its objectives, step 1. */
export function cancellers(procedure: Procedure): string[] {
  return reopeners(stepTemplate(procedure, '1'))
}

function mustHold(decision: Decision, duties: string[]): Objection[] {
  return duties.includes(decision.duty) ? [] : [objection('not_in_charge', { duties: duties.join(',') })]
}

function toSubmission(cycle: CycleState, step: StepState): Objection[] {
  if (step.status === 'in_review' || step.status === 'in_approval')
    return [objection('already_decided', { step: step.code })]
  if (step.status !== 'in_progress' && step.status !== 'returned')
    return [objection('not_open', { step: step.code, status: step.status })]
  return firstNotApproved(cycle) === step.code ? [] : [objection('step_locked', { step: step.code })]
}

function toWithdrawal(step: StepState, decision: Decision, template: StepTemplate): Objection[] {
  if (step.status === 'approved') return [objection('already_decided', { step: step.code })]
  if (step.status !== 'in_review' && step.status !== 'in_approval')
    return [objection('not_submitted', { step: step.code, status: step.status })]
  return [...versionObjections(step, decision), ...mustHold(decision, template.authors)]
}

function toVerdict(
  cycle: CycleState,
  step: StepState,
  decision: Decision,
  template: StepTemplate,
  procedure: Procedure,
): Objection[] {
  const { code } = step
  if (step.status === 'approved') return [objection('already_decided', { step: code })]
  if (step.status !== 'in_review' && step.status !== 'in_approval')
    return [objection('not_submitted', { step: code, status: step.status })]
  if (firstNotApproved(cycle) !== code) return [objection('step_locked', { step: code })]
  const changed = versionObjections(step, decision)
  if (changed.length > 0) return changed
  return [...turnObjections(step, decision, template), ...dutyObjections(step, decision, procedure)]
}

function versionObjections(step: StepState, decision: Decision): Objection[] {
  const same = step.version?.id === decision.objectId && step.version.hash === decision.contentHash
  return same ? [] : [objection('content_changed', { step: step.code })]
}

function turnObjections(step: StepState, decision: Decision, template: StepTemplate): Objection[] {
  const reviewing = step.status === 'in_review'
  const duties = reviewing ? template.reviewers : template.approvers.map((approver) => approver.duty)
  if (!duties.includes(decision.duty)) {
    const elsewhere = [...template.reviewers, ...template.approvers.map((approver) => approver.duty)].includes(
      decision.duty,
    )
    return [objection(elsewhere ? 'not_your_turn' : 'not_in_charge', { step: step.code, duties: duties.join(',') })]
  }
  const role = reviewing ? 'reviewer' : template.approvers.find((approver) => approver.duty === decision.duty)?.role
  if (role !== decision.signatureRole) return [objection('not_your_turn', { step: step.code })]
  const left = reviewing
    ? reviewersLeft(step, template)
    : approversLeft(step, template).map((approver) => approver.duty)
  if (left.includes(decision.duty)) return []
  const signed = step.signatures.find((mark) => mark.duty === decision.duty && (mark.role === 'reviewer') === reviewing)
  if (!signed) return [objection('not_your_turn', { step: step.code, duties: left.join(',') })]
  // Several people may hold the duty: only the one who signed is told so.
  return [objection(signed.personId === decision.personId ? 'already_signed' : 'already_decided', { step: step.code })]
}

/**
 * Two duties never meet, by natural person; acting for someone counts as both (model.md §4).
 * Only an approval is barred: an author who notices a fault in review may still send it back.
 */
function dutyObjections(step: StepState, decision: Decision, procedure: Procedure): Objection[] {
  if (decision.kind === 'return') return []
  const against = objectionToHands(step, decision, procedure)
  return against ? [against] : []
}

/** Why these hands never review or approve the step, whoever's turn it is; null where nothing bars them. */
export function objectionToHands(
  step: StepState,
  decision: Pick<Decision, 'personId' | 'actingFor' | 'signatureRole'>,
  procedure: Procedure,
): Objection | null {
  const hands = handsOf(decision)
  if (step.authors.some((author) => hands.includes(author))) return objection('own_work', { step: step.code })
  if (decision.signatureRole === 'reviewer') return null
  if (step.proposers?.some((proposer) => hands.includes(proposer))) return objection('own_work', { step: step.code })
  if (procedure.reviewerIsApprover !== 'block') return null
  return reviewedBy(step, hands) ? objection('reviewer_approves', { step: step.code }) : null
}

function reviewedBy(step: StepState, hands: string[]): boolean {
  return step.signatures.some(
    (mark) =>
      mark.role === 'reviewer' &&
      (hands.includes(mark.personId) || (mark.actingFor !== null && hands.includes(mark.actingFor))),
  )
}

/** Warning recorded on the signature where the procedure allows reviewer = approver with a warning. */
export function warningOn(step: StepState, decision: Decision, procedure: Procedure): 'reviewer_approves' | null {
  if (decision.kind !== 'approve' || decision.signatureRole === 'reviewer' || procedure.reviewerIsApprover !== 'warn')
    return null
  return reviewedBy(step, handsOf(decision)) ? 'reviewer_approves' : null
}

function toAsking(step: StepState): Objection[] {
  if (step.status !== 'approved') return [objection('not_approved', { step: step.code, status: step.status })]
  return step.reopening ? [objection('reopening_pending', { step: step.code })] : []
}

function toReopening(step: StepState, decision: Decision): Objection[] {
  if (step.reopening?.id === decision.objectId && step.status === 'approved') return []
  return [objection('no_reopening', { step: step.code })]
}
