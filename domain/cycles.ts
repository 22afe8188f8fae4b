/** State of one run of a procedure, and how a decision changes it. The page, the workflow and the transaction all ask here. */

import type { Decision } from './decisions.ts'
import { type Procedure, type StepCode, type StepTemplate, stepTemplate } from './procedures.ts'

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

/** Whether people can work on the step now: it is open and every earlier step stands approved. */
export function isOpen(step: StepState): boolean {
  return ['in_progress', 'in_review', 'in_approval', 'returned'].includes(step.status)
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

export type TaskKind = 'elaborate' | 'review' | 'approve' | 'consent' | 'decide_reopening'

export interface ExpectedTask {
  stepCode: StepCode
  kind: TaskKind
  duty: string
}

/** Every inbox line the state calls for, one per duty that can act now; the record transaction makes rows equal it. */
export function expectedTasks(cycle: CycleState, procedure: Procedure): ExpectedTask[] {
  if (cycle.status !== 'active') return []
  return cycle.steps.flatMap((step) => tasksOf(step, stepTemplate(procedure, step.code)))
}

function tasksOf(step: StepState, template: StepTemplate): ExpectedTask[] {
  const line = (kind: TaskKind) => (duty: string) => ({ stepCode: step.code, kind, duty })
  switch (step.status) {
    case 'in_progress':
    case 'returned':
      return template.authors.map(line('elaborate'))
    case 'in_review':
      return reviewersLeft(step, template).map(line('review'))
    case 'in_approval':
      return approversLeft(step, template).map(({ duty, role }) =>
        line(role === 'consent' ? 'consent' : 'approve')(duty),
      )
    case 'approved':
      return step.reopening ? reopeners(template).map(line('decide_reopening')) : []
    default:
      return []
  }
}

/** Duties that decide a reopening request: the step's approvers (model.md §2). */
export function reopeners(template: StepTemplate): string[] {
  return template.approvers.filter((approver) => approver.role === 'approver').map((approver) => approver.duty)
}
