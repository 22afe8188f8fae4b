import { recordEvent } from '../../db/audit.ts'
import type { Trx } from '../../db/client.ts'
import { hashOf } from '../../db/content-hash.ts'
import { findStandingDraft, noteAuthor, storeDraft } from '../../db/drafts.ts'
import { answerText, checkShape, type FieldError } from '../../domain/forms.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import { requireSection, type SectionPlace } from '../section-rights.server.ts'
import type { Actor } from '../session.server.ts'

export interface SectionToSave extends SectionPlace {
  /** `sectionBase` of the words the form was made from, and of those the same page sent since without an answer. */
  bases: string[]
  /** The document as stored in the draft. */
  value: string
}

export type SectionSaved =
  | { saved: true; base: string; savedAt: Date }
  /** Somebody else wrote in this section meanwhile: nothing is overwritten. */
  | { saved: false; conflict: { base: string; value: string; savedBy: string; savedAt: Date } }
  | { saved: false; errors: FieldError[] }

/** What stands for the words of a section in a form, to tell whether they changed meanwhile. */
export function sectionBase(value: string): string {
  return hashOf({ value }).slice(0, 16)
}

/** Saves one section of the report into the draft of step 6; the other sections stay as they stand, whoever writes them. */
export async function saveSection(context: AppContext, actor: Actor, input: SectionToSave): Promise<SectionSaved> {
  const { cycleId } = input
  return await recordingRefusals(context, actor, { objectId: cycleId, cycleId, stepCode: '6' }, (trx) =>
    saveSectionIn(trx, context, actor, input),
  )
}

/** The same within a transaction that does more. */
export async function saveSectionIn(
  trx: Trx,
  context: AppContext,
  actor: Actor,
  input: SectionToSave,
): Promise<SectionSaved> {
  const { cycleId, section, bases, value } = input
  const { cycle, definition, draft } = await requireSection(trx, actor, input)
  const stepId = cycle.stepIds['6'] ?? ''
  const standing = answerText(draft.answers, section, 'texto')
  if (!bases.includes(sectionBase(standing)) && standing !== value) {
    const { savedBy, savedAt } = await findStandingDraft(trx, stepId)
    return { saved: false, conflict: { base: sectionBase(standing), value: standing, savedBy, savedAt } }
  }
  const answers = { ...draft.answers, [section]: { ...draft.answers[section], texto: value } }
  const shape = checkShape(definition, answers)
  if (!shape.ok) return { saved: false, errors: shape.errors.filter(({ path }) => path === `${section}.texto`) }
  const { personId, position } = actor
  const saved = await storeDraft(
    trx,
    { entityId: cycle.entityId, stepId },
    {
      ...{ rev: draft.rev, answers: shape.answers, formVersion: definition.version, section },
      ...{ personId, positionId: position.id },
    },
  )
  // The step is held: nobody else saves it within this transaction.
  if (!saved) throw new Error(`draft of step ${stepId} moved while it was held`)
  await noteAuthor(trx, cycle, '6', { personId, positionId: position.id })
  await recordEvent(trx, {
    ...{ entityId: cycle.entityId, type: 'draft.saved', objectId: stepId, objectVersion: String(saved.rev) },
    ...{ actorPerson: personId, actorPosition: position.id, cycleId, stepCode: '6' },
    ...{ origin: 'web', requestId: context.requestId },
  })
  return { saved: true, base: sectionBase(value), savedAt: saved.savedAt }
}
