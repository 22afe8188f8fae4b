import { recordEvent } from '../../db/audit.ts'
import type { Trx } from '../../db/client.ts'
import { findStandingDraft, noteAuthor, storeDraft } from '../../db/drafts.ts'
import { findStepContext } from '../../db/step-context.ts'
import { holdStepOpen } from '../../db/step-hold.ts'
import {
  type Answers,
  checkShape,
  entriesOf,
  type FieldError,
  type FormDefinition,
  type LeftOver,
} from '../../domain/forms.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { editObjection } from '../step-rights.server.ts'

export interface DraftToSave {
  cycleId: string
  stepCode: StepCode
  /** Revision the form was made from. */
  rev: number
  answers: Answers
  /** What an earlier save of the same page sent, whose answer did not come yet or was lost: it may be what stands. */
  earlier?: Answers
  /** All that has no field in this form; what is already kept stays where none is given. */
  leftOver?: LeftOver[]
}

export type DraftSaved =
  | { saved: true; rev: number; savedAt: Date }
  /** Somebody else saved meanwhile: nothing is overwritten, both versions come back. */
  | { saved: false; conflict: { rev: number; savedAt: Date; savedBy: string; answers: Answers } }
  | { saved: false; errors: FieldError[] }

/** Saves the editable copy of a step: route → command → db, one transaction with its event. */
export async function saveDraft(context: AppContext, actor: Actor, draft: DraftToSave): Promise<DraftSaved> {
  const { cycleId, stepCode } = draft
  return await recordingRefusals(context, actor, { objectId: cycleId, cycleId, stepCode }, (trx) =>
    save(trx, context, actor, draft),
  )
}

async function save(trx: Trx, context: AppContext, actor: Actor, draft: DraftToSave): Promise<DraftSaved> {
  // A submission of this moment comes before or after the saving, never between its reading and its writing.
  const isOpen = await holdStepOpen(trx, draft.cycleId, draft.stepCode)
  const step = await findStepContext(trx, draft.cycleId, draft.stepCode)
  if (!step) throw new Refused('not_visible')
  const { cycle, definition } = step
  refuseIf(editObjection(actor, cycle, draft.stepCode))
  if (!isOpen) throw new Refused('submission_in_flight', { step: draft.stepCode })
  const shape = checkShape(definition, draft.answers)
  if (!shape.ok) return { saved: false, errors: shape.errors }
  const stepId = cycle.stepIds[draft.stepCode] ?? ''
  const { personId, position } = actor
  const isOnOurs = draft.earlier !== undefined && isSame(definition, draft.earlier, step.draft.answers)
  const rev = isOnOurs ? step.draft.rev : draft.rev
  const saved = await storeDraft(
    trx,
    { entityId: cycle.entityId, stepId },
    {
      ...{ rev, answers: shape.answers, formVersion: definition.version },
      ...{ personId, positionId: position.id },
      leftOver: draft.leftOver,
    },
  )
  if (!saved) return { saved: false, conflict: await findStandingDraft(trx, stepId) }
  await noteAuthor(trx, cycle, draft.stepCode, { personId, positionId: position.id })
  await recordEvent(trx, {
    entityId: cycle.entityId,
    type: 'draft.saved',
    objectId: stepId,
    objectVersion: String(saved.rev),
    actorPerson: personId,
    actorPosition: position.id,
    cycleId: draft.cycleId,
    stepCode: draft.stepCode,
    origin: 'web',
    requestId: context.requestId,
  })
  return { saved: true, ...saved }
}

function isSame(definition: FormDefinition, one: Answers, other: Answers): boolean {
  return JSON.stringify(entriesOf(definition, one)) === JSON.stringify(entriesOf(definition, other))
}
