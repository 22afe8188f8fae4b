import type { Trx } from '../db/client.ts'
import type { LoadedCycle } from '../db/cycles.ts'
import { findStepContext, type StepContext } from '../db/step-context.ts'
import { holdStepOpen } from '../db/step-hold.ts'
import { stepOf } from '../domain/cycle-state.ts'
import { type Decision, type DecisionKind, objectionsTo, objectionToEditing } from '../domain/decisions.ts'
import { cycleRow, stepRow } from '../domain/permission-rows.ts'
import type { Action } from '../domain/permission-subjects.ts'
import { whyNot } from '../domain/permissions.ts'
import { type SignatureRole, type StepCode, stepTemplate } from '../domain/procedures.ts'
import { type Objection, Refused, refuseIf } from '../domain/refusals.ts'
import { permitted } from './commands/permitted.server.ts'
import type { AppContext } from './context.server.ts'
import { recordingRefusals } from './refusal.server.ts'
import type { Actor } from './session.server.ts'
import { sentenceOf } from './text/refusals.ts'

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
    return rightOf(actor, forbidden ?? probe(actor, cycle, code, kind, signatureRole))
  }
  return {
    edit: rightOf(actor, editObjection(actor, cycle, code)),
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
  return rightOf(actor, whyNot(permitted(actor), 'cancel', 'Cycle', row) ?? probe(actor, cycle, '1', 'cancel', null))
}

/** Why this person cannot work on the step's draft now; null when they can. */
export function editObjection(actor: Actor, cycle: LoadedCycle, code: StepCode): Objection | null {
  const row = stepRow(cycle.entityId, cycle.version.procedure, code)
  // Nobody is sent to ask for what nobody can do any more.
  const barred = cycle.state.status === 'active' ? whyNot(permitted(actor), 'edit', 'Step', row) : null
  return barred ?? objectionToEditing(cycle.state, code)
}

/**
 * The step with its draft, for whoever may edit it now. Whoever may not is refused, with its event, before being told
 * anything of what the draft holds.
 */
export async function editableStep(
  context: AppContext,
  actor: Actor,
  cycleId: string,
  code: StepCode,
): Promise<StepContext> {
  return await recordingRefusals(context, actor, { objectId: cycleId, cycleId, stepCode: code }, async (trx) => {
    const step = await findStepContext(trx, cycleId, code)
    if (!step) throw new Refused('not_visible')
    await requireEditable(trx, actor, step.cycle, code)
    return step
  })
}

/** In the transaction that changes what hangs on the draft: it may be edited by this person, and stays so until the end. */
export async function requireEditable(trx: Trx, actor: Actor, cycle: LoadedCycle, code: StepCode): Promise<void> {
  refuseIf(editObjection(actor, cycle, code))
  if (!(await holdStepOpen(trx, cycle.state.id, code))) throw new Refused('submission_in_flight', { step: code })
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
): Objection | null {
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
    actingFor: actor.position.actingFor?.personId ?? null,
    signatureRole,
    contentHash: step.version?.hash ?? null,
    version: null,
    authors: [],
  }
  return objectionsTo(cycle.state, decision, cycle.version.procedure)[0] ?? null
}

function rightOf(actor: Actor, against: Objection | null): Right {
  return { may: !against, whyNot: sentenceOf(against, actor) }
}
