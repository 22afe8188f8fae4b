import { type CycleState, isOpen, type StepState } from '../domain/cycle-state.ts'
import type { Decision } from '../domain/decisions.ts'
import type { EventType, FieldChange } from '../domain/events.ts'
import { type StepTemplate, stepTemplate } from '../domain/procedures.ts'
import { expectedTasks } from '../domain/tasks.ts'
import { type EventRecord, recordEvents } from './audit.ts'
import type { Cause } from './cause.ts'
import type { Trx } from './client.ts'
import type { LoadedCycle } from './cycles.ts'
import { idOf } from './ids.ts'
import { syncTasks } from './tasks.ts'
import { endTerm, startTerm } from './terms.ts'

/**
 * Makes the rows equal `after`, with an event for each change, in the caller's transaction.
 * Every status change repeats its precondition in the `where`; a row that moved meanwhile throws.
 */
export async function saveTransition(trx: Trx, before: LoadedCycle, after: CycleState, cause: Cause): Promise<void> {
  const events: EventRecord[] = []
  for (const step of after.steps) {
    const was = before.state.steps.find((candidate) => candidate.code === step.code)
    if (was && JSON.stringify(was) !== JSON.stringify(step)) {
      events.push(...(await saveStep(trx, before, was, step, cause)))
    }
  }
  if (after.status !== before.state.status) events.push(await saveCycleStatus(trx, before, after, cause))
  await syncTasks(trx, before.entityId, after.id, expectedTasks(after, before.version.procedure), cause)
  await recordEvents(trx, events)
}

async function saveStep(
  trx: Trx,
  cycle: LoadedCycle,
  was: StepState,
  step: StepState,
  cause: Cause,
): Promise<EventRecord[]> {
  const stepId = cycle.stepIds[step.code]
  if (!stepId) throw new Error(`step ${step.code} of cycle ${cycle.state.id} has no row`)
  const begins = step.attempt > was.attempt
  const attemptId = begins ? idOf('attempt', stepId, step.attempt) : (cycle.attemptIds[step.code] ?? null)
  const changed = await trx
    .updateTable('step')
    .set({
      status: step.status,
      attempt_n: step.attempt,
      attempt_id: attemptId,
      version_id: step.version?.id ?? null,
      lapsed_by: step.lapsedBy,
      ...(step.status === 'approved' && was.status !== 'approved' ? { approved_at: cause.now } : {}),
    })
    .where('id', '=', stepId)
    .where('status', '=', was.status)
    .where('attempt_n', '=', was.attempt)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) throw new Error(`step ${stepId} is no longer ${was.status}`)
  const template = stepTemplate(cycle.version.procedure, step.code)
  if (begins && attemptId) await beginAttempt(trx, cycle, stepId, attemptId, step, template, cause)
  else if (isOpen(was) && !isOpen(step)) await endAttempt(trx, attemptId, step, cause)
  if (step.status === 'returned' || (step.status === 'in_progress' && !begins)) await unfreezeDraft(trx, stepId)
  return stepEvents(cycle, stepId, was, step, cause)
}

async function beginAttempt(
  trx: Trx,
  cycle: LoadedCycle,
  stepId: string,
  attemptId: string,
  step: StepState,
  template: StepTemplate,
  cause: Cause,
): Promise<void> {
  const { entityId, state } = cycle
  await trx
    .insertInto('attempt')
    .values({
      id: attemptId,
      entity_id: entityId,
      cycle_id: state.id,
      step_id: stepId,
      n: step.attempt,
      form_version: cycle.formVersions[step.code] ?? template.formVersion,
      opened_at: cause.now,
    })
    .execute()
  await trx
    .insertInto('step_draft')
    .values({ step_id: stepId, entity_id: entityId })
    .onConflict((oc) => oc.column('step_id').doUpdateSet(({ eb, ref }) => ({ rev: eb(ref('step_draft.rev'), '+', 1) })))
    .execute()
  await startTerm(trx, { entityId, cycleId: state.id, stepId, attemptId }, template, cause)
}

async function endAttempt(trx: Trx, attemptId: string | null, step: StepState, cause: Cause): Promise<void> {
  if (!attemptId) return
  await trx.updateTable('attempt').set({ ended_at: cause.now }).where('id', '=', attemptId).execute()
  await endTerm(trx, attemptId, step.status === 'approved' ? 'met' : 'superseded', cause.now)
}

/** A returned or withdrawn draft is a new one to edit: its revision moves, so that the next submission is another version. */
async function unfreezeDraft(trx: Trx, stepId: string): Promise<void> {
  await trx
    .updateTable('step_draft')
    .set(({ eb, ref }) => ({ rev: eb(ref('rev'), '+', 1) }))
    .where('step_id', '=', stepId)
    .execute()
}

async function saveCycleStatus(trx: Trx, before: LoadedCycle, after: CycleState, cause: Cause): Promise<EventRecord> {
  const changed = await trx
    .updateTable('cycle')
    .set({ status: after.status, closed_at: cause.now })
    .where('id', '=', after.id)
    .where('status', '=', 'active')
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) throw new Error(`cycle ${after.id} is no longer active`)
  const status = change('status', before.state.status, after.status)
  const type = after.status === 'cancelled' ? 'cycle.cancelled' : 'cycle.closed'
  const changes = type === 'cycle.cancelled' ? [status, ...bodyChange(cause)] : [status]
  return { ...origin(before, cause), type, objectId: after.id, changes }
}

function bodyChange({ bodyHash }: Cause): FieldChange[] {
  return bodyHash === null ? [] : [change('body_hash', null, bodyHash)]
}

function origin(cycle: LoadedCycle, cause: Cause): Omit<EventRecord, 'type' | 'objectId'> {
  const { decision } = cause
  return {
    entityId: cycle.entityId,
    cycleId: cycle.state.id,
    actorPerson: decision?.personId ?? null,
    actorPosition: decision?.positionId ?? null,
    actingFor: decision?.actingFor ?? null,
    actId: decision?.id ?? null,
    origin: cause.origin,
    workflowId: cause.workflowId,
    requestId: cause.requestId,
  }
}

function stepEvents(cycle: LoadedCycle, stepId: string, was: StepState, step: StepState, cause: Cause): EventRecord[] {
  const base = { ...origin(cycle, cause), stepCode: step.code, contentHash: step.version?.hash ?? null }
  const changes = [
    ...(was.status === step.status ? [] : [change('status', was.status, step.status)]),
    ...(was.attempt === step.attempt ? [] : [change('attempt', was.attempt, step.attempt)]),
  ]
  const events: EventRecord[] = []
  const own = cause.decision?.stepCode === step.code && cause.decision.kind !== 'cancel' ? cause.decision : null
  if (own) events.push({ ...base, ...actEvent(own, was), changes: [...changes, ...bodyChange(cause)] })
  const state = stateEvent(was, step, own !== null)
  if (state) events.push({ ...base, type: state, objectId: stepId, changes })
  return events
}

/** The event of the act itself, on the object it decided. */
function actEvent(decision: Decision, was: StepState): { type: EventType; objectId: string } {
  const objectId = decision.objectId
  switch (decision.kind) {
    case 'submit':
      return { type: 'step.submitted', objectId }
    case 'approve':
      return { type: was.status === 'in_review' ? 'step.reviewed' : 'step.signed', objectId }
    case 'return':
      return { type: 'step.returned', objectId }
    case 'withdraw':
      return { type: 'step.withdrawn', objectId }
    case 'ask_reopen':
      return { type: 'reopening.asked', objectId }
    case 'reopen':
      return { type: 'reopening.granted', objectId }
    case 'decline_reopen':
      return { type: 'reopening.declined', objectId }
    case 'cancel':
      return { type: 'cycle.cancelled', objectId }
  }
}

/** The event of what the act, or the workflow, did to the step. */
function stateEvent(was: StepState, step: StepState, own: boolean): EventType | null {
  if (was.status === step.status && was.attempt === step.attempt) return null
  if (step.status === 'approved') return was.status === 'lapsed' ? 'step.restored' : 'step.approved'
  if (step.status === 'lapsed') return 'step.lapsed'
  if (step.status === 'not_started') return 'step.waits_again'
  if (step.attempt > was.attempt) return 'step.opened'
  return own || step.status === 'cancelled' ? null : 'step.opened'
}

function change(field: string, before: FieldChange['before'], after: FieldChange['after']): FieldChange {
  return { field, before, after }
}
