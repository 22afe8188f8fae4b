import { formChain, newestForm } from '../../catalog/forms/index.ts'
import { recordEvent } from '../../db/audit.ts'
import type { Trx } from '../../db/client.ts'
import { moveForm, noteAuthor, storeDraft } from '../../db/drafts.ts'
import { findStepContext } from '../../db/step-context.ts'
import { bringOver, withLeftOver } from '../../domain/forms.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { requireEditable } from '../step-rights.server.ts'

interface DraftToBring {
  cycleId: string
  stepCode: StepCode
  /** Revision the person was shown the way of. */
  rev: number
  /** Version of the form they were shown. */
  to: number
}

/** Brings the draft of a step over to a newer form (A6): answers, what has no field any more, and the event in one transaction. */
export async function bringDraftOver(context: AppContext, actor: Actor, draft: DraftToBring): Promise<void> {
  const { cycleId, stepCode } = draft
  return await recordingRefusals(context, actor, { objectId: cycleId, cycleId, stepCode }, (trx) =>
    bring(trx, context, actor, draft),
  )
}

async function bring(trx: Trx, context: AppContext, actor: Actor, draft: DraftToBring): Promise<void> {
  const { cycleId, stepCode, rev, to } = draft
  const seen = await findStepContext(trx, cycleId, stepCode)
  if (!seen) throw new Refused('not_visible')
  await requireEditable(trx, actor, seen.cycle, stepCode)
  // Read again behind the lock: what was saved while we waited must be brought over too, or refused.
  const step = (await findStepContext(trx, cycleId, stepCode)) ?? seen
  const from = step.definition.version
  if (step.draft.rev !== rev || to !== newestForm(stepCode).version || from === to)
    throw new Refused('draft_changed', { step: stepCode })
  const { answers, leftOver } = bringOver(formChain(stepCode, from, to), step.draft.answers)
  const stepId = step.cycle.stepIds[stepCode] ?? ''
  const { personId, position } = actor
  const kept = withLeftOver(step.draft.leftOver, leftOver)
  const saved = await storeDraft(
    trx,
    { entityId: step.cycle.entityId, stepId },
    { rev, answers, formVersion: to, personId, positionId: position.id, leftOver: kept },
  )
  if (!saved) throw new Refused('draft_changed', { step: stepCode })
  await moveForm(trx, stepId, { from, to })
  await noteAuthor(trx, step.cycle, stepCode, { personId, positionId: position.id })
  await recordEvent(trx, {
    entityId: step.cycle.entityId,
    type: 'draft.brought_over',
    objectId: stepId,
    objectVersion: String(saved.rev),
    changes: [{ field: 'form_version', before: from, after: to }],
    actorPerson: personId,
    actorPosition: position.id,
    cycleId,
    stepCode,
    origin: 'web',
    requestId: context.requestId,
  })
}
