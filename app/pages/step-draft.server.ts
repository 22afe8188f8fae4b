import { formChain, formDefinition } from '../../catalog/forms/index.ts'
import { withActor } from '../../db/client.ts'
import { findStandingDraft } from '../../db/drafts.ts'
import { findStepContext } from '../../db/step-context.ts'
import {
  type Answers,
  answersFromEntries,
  bringOver,
  entriesOf,
  type FieldError,
  type FormDefinition,
  flattenForReview,
  type LeftOver,
  MERGE_CHOICES,
  type MergeChoice,
  mergedBy,
  type ReviewLine,
  rowsOf,
  withLeftOver,
  withRowAdded,
  withRowRemoved,
} from '../../domain/forms.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { Refused } from '../../domain/refusals.ts'
import { saveDraft } from '../commands/save-draft.server.ts'
import type { Standing } from '../components/step/use-draft.ts'
import type { AppContext } from '../context.server.ts'
import { textEntries } from '../form-entries.server.ts'
import { shownRefusal } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { type ShownMerge, shownMerge } from './draft-merge.server.ts'

interface Place {
  cycleId: string
  stepCode: StepCode
}

export type DraftKept =
  | { kind: 'kept'; goTo: string; rev: number; savedAt: string }
  | { kind: 'conflict'; standing: Standing; merge: ShownMerge; hidden: [string, string][] }
  | { kind: 'invalid'; mine: Answers; errors: FieldError[] }
  /** Not theirs to write, or not now: what they typed is shown once more, so that it can be copied. */
  | { kind: 'refused'; mine: Answers; status: number; sentence: string; lines: ReviewLine[] }

/** Reads the form of a step as its button says (save, go on, add or take out a row, join two versions) and saves the draft. */
export async function keepDraft(
  context: AppContext,
  actor: Actor,
  place: Place,
  intent: string,
  form: FormData,
): Promise<DraftKept> {
  const { definition, draft, options } = await formOf(context, actor, place)
  const typed = readForm(definition, form)
  if (intent === 'comparar') return await conflictOf(context, actor, place, form)
  const { answers, at } = changed(definition, typed.answers, draft.answers, intent, form)
  const leftOver = withLeftOver(draft.leftOver, typed.leftOver)
  const earlier = form.has('antes') ? earlierIn(definition, form) : undefined
  const sent = { ...place, rev: revisionOf(form), answers, earlier, leftOver }
  const saved = await saveDraft(context, actor, sent).catch((failure) => shownRefusal(failure, actor))
  if ('sentence' in saved) {
    const { status, sentence } = saved
    return { kind: 'refused', mine: answers, status, sentence, lines: flattenForReview(definition, answers, options) }
  }
  const here = `/ejercicios/${place.cycleId}/pasos/${place.stepCode}`
  if (saved.saved) {
    const goTo = intent === 'continuar' ? `${here}/revise` : `${here}${at ? `#${at}` : ''}`
    return { kind: 'kept', goTo, rev: saved.rev, savedAt: saved.savedAt.toISOString() }
  }
  if ('errors' in saved) return { kind: 'invalid', mine: answers, errors: saved.errors }
  return await conflictOf(context, actor, place, form)
}

/** What the form held; one made before the draft was brought over to a newer form is brought over as well. */
function readForm(definition: FormDefinition, form: FormData): { answers: Answers; leftOver: LeftOver[] } {
  const { own, answers } = asTyped(definition, form)
  return bringOver(formChain(definition.stepCode, own.version, definition.version), answers)
}

/** In the form it was typed in. */
function asTyped(definition: FormDefinition, form: FormData): { own: FormDefinition; answers: Answers } {
  const own = ownForm(definition, form)
  return { own, answers: answersFromEntries(own, textEntries(form)) }
}

/** What an earlier save of the same page sent (`useSaving`), brought over as the form itself is. */
function earlierIn(definition: FormDefinition, form: FormData): Answers {
  const own = ownForm(definition, form)
  const answers = answersFromEntries(own, [...new URLSearchParams(String(form.get('antes')))])
  return bringOver(formChain(definition.stepCode, own.version, definition.version), answers).answers
}

function ownForm(definition: FormDefinition, form: FormData): FormDefinition {
  const said = Number(form.get('formulario'))
  const version = Number.isInteger(said) && said >= 1 ? Math.min(said, definition.version) : definition.version
  return formDefinition(definition.stepCode, version)
}

/** Two versions of the draft, field by field, with what the person typed carried along: nothing was saved. */
async function conflictOf(context: AppContext, actor: Actor, place: Place, form: FormData): Promise<DraftKept> {
  return await withActor(context.db, actor, async (trx) => {
    const step = await findStepContext(trx, place.cycleId, place.stepCode)
    if (!step) throw new Refused('not_visible')
    const typed = asTyped(step.definition, form)
    const mine = readForm(step.definition, form)
    const base = numberIn(form, 'base') ?? revisionOf(form)
    const standing = await findStandingDraft(trx, step.cycle.stepIds[place.stepCode] ?? '')
    return {
      kind: 'conflict',
      standing: { ...standing, savedAt: standing.savedAt.toISOString() },
      merge: await shownMerge(trx, step, mine, base),
      hidden: [...entriesOf(typed.own, typed.answers), ['formulario', String(typed.own.version)]],
    }
  })
}

/** A revision no draft ever has makes a conflict, and a conflict loses nothing. */
function revisionOf(form: FormData): number {
  return numberIn(form, 'rev') ?? -1
}

function numberIn(form: FormData, name: string): number | null {
  const typed = String(form.get(name) ?? '')
  return /^\d{1,9}$/.test(typed) ? Number(typed) : null
}

async function formOf(context: AppContext, actor: Actor, { cycleId, stepCode }: Place) {
  const step = await withActor(context.db, actor, (trx) => findStepContext(trx, cycleId, stepCode))
  if (!step) throw new Refused('not_visible')
  return step
}

interface Changed {
  answers: Answers
  /** Where the page opens afterwards. */
  at?: string
}

function changed(
  definition: FormDefinition,
  typed: Answers,
  standing: Answers,
  intent: string,
  form: FormData,
): Changed {
  const [verb, path = '', row = ''] = intent.split(':')
  const [group = '', field = ''] = path.split('.')
  if (verb === 'agregar') {
    const rows = rowsOf(typed, group, field)
    return { answers: withRowAdded(definition, typed, path, freeId(rows)), at: path }
  }
  if (verb === 'quitar') return { answers: withRowRemoved(definition, typed, path, row), at: path }
  if (verb === 'combinar') return { answers: mergedBy(definition, { mine: typed, theirs: standing }, choiceIn(form)) }
  return { answers: typed }
}

/** What the person chose at each difference, by the names of the merge page. */
function choiceIn(form: FormData) {
  return (key: string): MergeChoice | null => {
    const said = form.get(`conflicto.${key}`)
    return MERGE_CHOICES.find((choice) => choice === said) ?? null
  }
}

/** New for the life of the step: rows taken out before keep their number to themselves. */
function freeId(rows: { id: string }[]): string {
  const random = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0'))
  const id = random.join('')
  return rows.some((row) => row.id === id) ? freeId(rows) : id
}
