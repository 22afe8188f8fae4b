/**
 * A substitution before it begins (features N12): what the substitute could open of the position's work, now and later, and
 * why not the rest. The same rules judge it that will judge the acts themselves.
 */
import { type CycleState, reviewersLeft, type StepState } from './cycle-state.ts'
import { type Decision, type DecisionKind, objectionsTo, objectionToHands } from './decisions.ts'
import { whyNot } from './permissions.ts'
import { type Procedure, type SignatureRole, type StepTemplate, stepTemplate } from './procedures.ts'
import { type Objection, objection } from './refusals.ts'
import type { SubstitutionScope } from './substitutions.ts'
import { expectedTasks, type TaskKind } from './tasks.ts'

/** Who would act in which position, for whom and how far. */
export interface Understudy {
  entityId: string
  personId: string
  absentId: string
  positionId: string
  duty: string
  reach: SubstitutionScope
  /** Duties the person has of their own: what they will do in them bars them later. */
  ownDuties: readonly string[]
}

export interface RehearsedTask {
  stepCode: string
  kind: TaskKind
  /** It waits already; otherwise the procedure will ask for it. */
  isOpen: boolean
  against: Objection | null
}

/** A line as a page shows it: of a cycle, or of a delegated access or an improvement action called `name`. */
export type RehearsedLine =
  | (RehearsedTask & { about: 'cycle'; id: string; name: string })
  | { about: 'access' | 'action'; id: string; name: string; isOpen: boolean; against: Objection | null }

/** Every line of the position in a cycle, those that wait first. */
export function rehearseCycle(cycle: CycleState, procedure: Procedure, who: Understudy): RehearsedTask[] {
  if (cycle.status !== 'active') return []
  const open = expectedTasks(cycle, procedure)
    .filter(({ duty }) => duty === who.duty)
    .map(({ stepCode, kind }) => {
      const step = cycle.steps.find(({ code }) => code === stepCode)
      return { stepCode, kind, isOpen: true, against: step ? openObjection(cycle, step, procedure, who, kind) : null }
    })
  const later = cycle.steps.flatMap((step) =>
    foreseen(step, stepTemplate(procedure, step.code), who.duty)
      .filter((kind) => !open.some((line) => line.stepCode === step.code && line.kind === kind))
      .map((kind) => ({
        ...{ stepCode: step.code, kind, isOpen: false },
        against: reachObjection(who, kind) ?? laterObjection(step, procedure, who, kind),
      })),
  )
  return [...open, ...later]
}

/** Kinds of line a step that is not approved will still ask of a duty. */
function foreseen(step: StepState, template: StepTemplate, duty: string): TaskKind[] {
  if (step.status === 'approved' || step.status === 'cancelled') return []
  const approver = template.approvers.find((one) => one.duty === duty)
  const isSigned = step.signatures.some((mark) => mark.duty === duty && mark.role !== 'reviewer')
  const isFrozen = step.status === 'in_review' || step.status === 'in_approval'
  return [
    ...(template.authors.includes(duty) && !isFrozen ? (['elaborate'] as const) : []),
    ...(reviewsStill(step, template, duty) ? (['review'] as const) : []),
    ...(approver && !isSigned ? ([approver.role === 'consent' ? 'consent' : 'approve'] as const) : []),
  ]
}

function reviewsStill(step: StepState, template: StepTemplate, duty: string): boolean {
  if (step.status === 'in_approval') return false
  return step.status === 'in_review' ? reviewersLeft(step, template).includes(duty) : template.reviewers.includes(duty)
}

/** What a substitution does not reach, or a right the position does not have. */
function reachObjection({ entityId, personId, positionId, duty, reach }: Understudy, kind: TaskKind): Objection | null {
  return whyNot({ entityId, personId, positionId, duty, reach }, 'claim', 'Task', { entityId, duty, kind })
}

const ACTS: Partial<Record<TaskKind, DecisionKind>> = {
  review: 'approve',
  approve: 'approve',
  consent: 'approve',
  decide_reopening: 'reopen',
}

function openObjection(
  cycle: CycleState,
  step: StepState,
  procedure: Procedure,
  who: Understudy,
  kind: TaskKind,
): Objection | null {
  const act = ACTS[kind]
  const against = reachObjection(who, kind)
  if (against || !act) return against
  const objectId = (act === 'reopen' ? step.reopening?.id : step.version?.id) ?? ''
  return objectionsTo(cycle, decisionOf(cycle, step, who, { act, kind, objectId }), procedure)[0] ?? null
}

function decisionOf(
  cycle: CycleState,
  step: StepState,
  who: Understudy,
  { act, kind, objectId }: { act: DecisionKind; kind: TaskKind; objectId: string },
): Decision {
  const { personId, absentId, positionId, duty } = who
  return {
    ...{ id: '', kind: act, cycleId: cycle.id, stepCode: step.code, objectId, personId, positionId, duty },
    ...{ actingFor: absentId, signatureRole: roleOf(kind), contentHash: step.version?.hash ?? null },
    ...{ version: null, authors: [] },
  }
}

function roleOf(kind: TaskKind): SignatureRole {
  if (kind === 'review') return 'reviewer'
  return kind === 'consent' ? 'consent' : 'approver'
}

/** Whose hands the step has seen, and those it will see when the understudy does the work of their own positions. */
function laterObjection(step: StepState, procedure: Procedure, who: Understudy, kind: TaskKind): Objection | null {
  if (!['review', 'approve', 'consent'].includes(kind)) return null
  const { personId, absentId, ownDuties } = who
  const role = roleOf(kind)
  const known = objectionToHands(step, { personId, actingFor: absentId, signatureRole: role }, procedure)
  if (known) return known
  const template = stepTemplate(procedure, step.code)
  const isOwn = (duties: readonly string[]) => duties.some((duty) => ownDuties.includes(duty))
  if (isOwn(template.authors)) return objection('own_work', { step: step.code })
  const bothBarred = role !== 'reviewer' && procedure.reviewerIsApprover === 'block'
  return bothBarred && isOwn(template.reviewers) ? objection('reviewer_approves', { step: step.code }) : null
}
