import type { LoadedCycle } from '../db/cycles.ts'
import { lockedBy } from '../db/step-context.ts'
import { stepOf } from '../domain/cycle-state.ts'
import { type Decision, type DecisionKind, objectionsTo } from '../domain/decisions.ts'
import { type Action, cycleRow, stepRow, whyNot } from '../domain/permissions.ts'
import { type SignatureRole, type StepCode, stepTemplate } from '../domain/procedures.ts'
import { type Objection, objection } from '../domain/refusals.ts'
import { permitted } from './commands/permitted.server.ts'
import type { Actor } from './session.server.ts'
import { refusalSentence } from './text/refusals.ts'

/** One thing a person could do: whether they may now, and the sentence that stands where its button would be. */
export interface Right {
  may: boolean
  whyNot: string | null
}

export interface StepRights {
  edit: Right
  submit: Right
  withdraw: Right
  approve: Right
  return: Right
  askReopen: Right
  answerReopen: Right
  /** The signature role a decision would carry now; null while nobody decides. */
  role: Exclude<SignatureRole, 'author'> | null
}

/** Every right on a step, asked of the same rules as the commands: `whyNot` for the position, `objectionsTo` for the row. */
export function stepRights(actor: Actor, cycle: LoadedCycle, code: StepCode): StepRights {
  const role = roleOf(actor, cycle, code)
  const right = (action: Action<'Step'>, kind: DecisionKind, signatureRole: SignatureRole | null = null): Right => {
    const forbidden = whyNot(permitted(actor), action, 'Step', stepRow(cycle.entityId, cycle.version.procedure, code))
    const duties = dutiesFor(action, cycle, code)
    return rightOf(forbidden ? objection(forbidden, { duties }) : probe(actor, cycle, code, kind, signatureRole))
  }
  return {
    edit: rightOf(editObjection(actor, cycle, code)),
    submit: right('submit', 'submit', 'author'),
    withdraw: right('submit', 'withdraw'),
    approve: right('decide', 'approve', role),
    return: right('decide', 'return', role),
    askReopen: right('ask_reopen', 'ask_reopen'),
    answerReopen: right('reopen', 'reopen'),
    role,
  }
}

export function cancelRight(actor: Actor, cycle: LoadedCycle): Right {
  const row = cycleRow(cycle.entityId, cycle.version.procedure)
  const forbidden = whyNot(permitted(actor), 'cancel', 'Cycle', row)
  const duties = row.cancelDuties.join(',')
  return rightOf(forbidden ? objection(forbidden, { duties }) : probe(actor, cycle, '1', 'cancel', null))
}

/** Why this person cannot work on the step's draft now; undefined when they can. */
export function editObjection(actor: Actor, cycle: LoadedCycle, code: StepCode): Objection | undefined {
  const template = stepTemplate(cycle.version.procedure, code)
  const { status } = stepOf(cycle.state, code)
  const forbidden = whyNot(permitted(actor), 'edit', 'Step', stepRow(cycle.entityId, cycle.version.procedure, code))
  if (cycle.state.status !== 'active') return objection('cycle_over', { status: cycle.state.status })
  if (forbidden) return objection(forbidden, { duties: template.authors.join(',') })
  const locked = lockedBy(cycle, code)
  if (locked) return objection('step_locked', { step: code, first: locked })
  const isEditable = status === 'in_progress' || status === 'returned'
  return isEditable ? undefined : objection('not_open', { step: code, status })
}

function roleOf(actor: Actor, cycle: LoadedCycle, code: StepCode): StepRights['role'] {
  const { status } = stepOf(cycle.state, code)
  if (status === 'in_review') return 'reviewer'
  if (status !== 'in_approval') return null
  const { approvers } = stepTemplate(cycle.version.procedure, code)
  return approvers.find((approver) => approver.duty === actor.position.duty)?.role ?? 'approver'
}

/** What the rules would answer to this decision, taken on the content as it stands. */
function probe(
  actor: Actor,
  cycle: LoadedCycle,
  code: StepCode,
  kind: DecisionKind,
  signatureRole: SignatureRole | null,
): Objection | undefined {
  const step = stepOf(cycle.state, code)
  const onReopening = kind === 'reopen' || kind === 'decline_reopen'
  const decision: Decision = {
    id: '',
    kind,
    cycleId: cycle.state.id,
    stepCode: code,
    objectId: (onReopening ? step.reopening?.id : step.version?.id) ?? '',
    personId: actor.personId,
    positionId: actor.position.id,
    duty: actor.position.duty,
    actingFor: null,
    signatureRole,
    contentHash: step.version?.hash ?? null,
    version: null,
    authors: [],
  }
  return objectionsTo(cycle.state, decision, cycle.version.procedure)[0]
}

function dutiesFor(action: Action<'Step'>, cycle: LoadedCycle, code: StepCode): string {
  const row = stepRow(cycle.entityId, cycle.version.procedure, code)
  if (action === 'decide') return row.deciderDuties.join(',')
  if (action === 'ask_reopen') return row.askerDuties.join(',')
  return (action === 'reopen' ? row.reopenerDuties : row.authorDuties).join(',')
}

function rightOf(against: Objection | undefined): Right {
  return { may: !against, whyNot: against ? refusalSentence(against.code, against.facts) : null }
}
