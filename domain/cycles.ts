/** How a decision changes the state of a cycle. The workflow and the transaction both ask here. */
import {
  type CycleState,
  firstNotApproved,
  isDecided,
  isOpen,
  reviewersLeft,
  type StepState,
  stepOf,
} from './cycle-state.ts'
import type { Decision } from './decisions.ts'
import { type Procedure, type StepCode, type StepTemplate, stepTemplate } from './procedures.ts'

/** A cycle nobody has worked on: every step waits. */
export function begin(id: string, procedure: Procedure): CycleState {
  return {
    id,
    status: 'active',
    steps: procedure.steps.map(({ code }) => ({
      code,
      status: 'not_started',
      attempt: 0,
      version: null,
      authors: [],
      signatures: [],
      reopening: null,
      lapsedBy: null,
      dueAt: null,
    })),
  }
}

/** Opens the step the procedure is at, if it waits: a new attempt begins. A step that is not its turn stays as it is. */
export function openStep(cycle: CycleState, code: StepCode): CycleState {
  const step = stepOf(cycle, code)
  const waits = step.status === 'not_started' || step.status === 'lapsed'
  if (!waits || firstNotApproved(cycle) !== code) return cycle
  return withStep(cycle, {
    ...step,
    status: 'in_progress',
    attempt: step.attempt + 1,
    signatures: [],
    lapsedBy: null,
    dueAt: null,
  })
}

/** The state after a decision nobody objected to (`objectionsTo`). Pure: neither argument changes. */
export function apply(cycle: CycleState, decision: Decision, procedure: Procedure): CycleState {
  if (decision.kind === 'cancel') return cancelled(cycle)
  const step = stepOf(cycle, decision.stepCode)
  const template = stepTemplate(procedure, step.code)
  switch (decision.kind) {
    case 'submit':
      return withStep(cycle, submitted(step, decision, template))
    case 'approve':
      return settle(withStep(cycle, signed(step, decision, template)), step.code)
    case 'return':
      return withStep(cycle, { ...step, status: 'returned', signatures: [] })
    case 'withdraw':
      return withStep(cycle, { ...step, status: 'in_progress', signatures: [] })
    case 'ask_reopen':
      return withStep(cycle, { ...step, reopening: { id: decision.objectId, askedBy: decision.personId } })
    case 'decline_reopen':
      return withStep(cycle, { ...step, reopening: null })
    case 'reopen':
      return reopened(cycle, step)
  }
}

function submitted(step: StepState, decision: Decision, template: StepTemplate): StepState {
  if (!decision.version) throw new Error('a submission names its version')
  return {
    ...step,
    status: template.reviewers.length > 0 ? 'in_review' : 'in_approval',
    version: decision.version,
    // Acting for someone counts as both persons.
    authors: [...new Set([...step.authors, ...decision.authors, ...(decision.actingFor ? [decision.actingFor] : [])])],
    signatures: [],
  }
}

function signed(step: StepState, decision: Decision, template: StepTemplate): StepState {
  const role = decision.signatureRole
  if (role !== 'reviewer' && role !== 'approver' && role !== 'consent') throw new Error('an approval names its role')
  const { id, duty, personId, actingFor } = decision
  const signatures = [...step.signatures, { decisionId: id, role, duty, personId, actingFor }]
  const next: StepState = { ...step, signatures }
  if (step.status === 'in_review') {
    return reviewersLeft(next, template).length === 0 ? { ...next, status: 'in_approval' } : next
  }
  return isDecided(next, template) ? { ...next, status: 'approved', dueAt: null } : next
}

/**
 * After an approval: lapsed steps whose whole ground stands again with equal hashes are restored, approved steps that
 * name another content of it lapse now; the last approval closes the cycle (model.md §2, vencida por cambio).
 */
function settle(cycle: CycleState, approved: StepCode): CycleState {
  const ground = stepOf(cycle, approved)
  if (ground.status !== 'approved') return cycle
  let next = cycle
  for (const step of next.steps) {
    if (step.status === 'lapsed' && step.lapsedBy !== null && standsAgain(next, step)) {
      next = withStep(next, { ...step, status: 'approved', lapsedBy: null })
    }
    const named = step.version?.builtOn[approved]
    if (step.status === 'approved' && named !== undefined && named !== ground.version?.hash)
      next = withStep(next, lapsed(step, approved))
  }
  return next.steps.every((step) => step.status === 'approved') ? { ...next, status: 'closed' } : next
}

function standsAgain(cycle: CycleState, step: StepState): boolean {
  if (!step.version) return false
  return Object.entries(step.version.builtOn).every(([code, hash]) => {
    const ground = stepOf(cycle, code as StepCode)
    return ground.status === 'approved' && ground.version?.hash === hash
  })
}

/**
 * Attempt n+1 of the step begins; later steps that name its version lapse, the others stand (model.md §2).
 * A later step that was open without naming it waits again.
 */
function reopened(cycle: CycleState, step: StepState): CycleState {
  const fresh: StepState = {
    ...step,
    status: 'in_progress',
    attempt: step.attempt + 1,
    signatures: [],
    reopening: null,
    dueAt: null,
  }
  let next = withStep(cycle, fresh)
  for (const later of stepsAfter(cycle, step.code)) next = withStep(next, unsettled(later, step))
  return next
}

/** What the reopening of `cause` does to a later step. */
export function unsettled(later: StepState, cause: StepState): StepState {
  const names = cause.version !== null && later.version?.builtOn[cause.code] === cause.version.hash
  if (names && later.status === 'approved') return lapsed(later, cause.code)
  // Only an approval can be restored; what was still in review starts again.
  if (names && isOpen(later)) return { ...lapsed(later, cause.code), lapsedBy: null, signatures: [] }
  if (isOpen(later)) return { ...later, status: 'not_started', signatures: [], dueAt: null }
  return later
}

/** Vencida por cambio. A request to reopen it asks for nothing any more. */
function lapsed(step: StepState, cause: StepCode): StepState {
  return { ...step, status: 'lapsed', lapsedBy: cause, reopening: null, dueAt: null }
}

function stepsAfter(cycle: CycleState, code: StepCode): StepState[] {
  return cycle.steps.filter((step) => Number(step.code) > Number(code))
}

function cancelled(cycle: CycleState): CycleState {
  return {
    ...cycle,
    status: 'cancelled',
    steps: cycle.steps.map((step) =>
      step.status === 'approved'
        ? { ...step, reopening: null }
        : { ...step, status: 'cancelled', reopening: null, dueAt: null },
    ),
  }
}

function withStep(cycle: CycleState, changed: StepState): CycleState {
  return { ...cycle, steps: cycle.steps.map((step) => (step.code === changed.code ? changed : step)) }
}
