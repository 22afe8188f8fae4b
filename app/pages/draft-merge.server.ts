import { formChain } from '../../catalog/forms/index.ts'
import type { Trx } from '../../db/client.ts'
import { type DraftSave, findSaveAt, KEPT_SAVES, listSavesAfter } from '../../db/draft-saves.ts'
import { findStandingDraft } from '../../db/drafts.ts'
import type { StepContext } from '../../db/step-context.ts'
import {
  type Answers,
  bringOver,
  contentAt,
  type Difference,
  differencesBetween,
  type LeftOver,
} from '../../domain/forms.ts'
import type { LeftOverLine } from '../components/step/left-over.tsx'
import { shownLeftOver } from './step-upgrade.server.ts'

export interface ShownDifference extends Difference {
  /** Position that changed it last since both began, and when; null where only this person did. */
  changed: { by: string; at: string } | null
}

export interface ShownMerge {
  /** Revision the result is saved over, and the one both began from. */
  rev: number
  base: number
  by: string
  savedAt: string
  differences: ShownDifference[]
  /** What the person typed in an earlier form and has no field in this one; it is kept with the result. */
  leftOver: LeftOverLine[]
}

/** Two versions of a draft as the merge page shows them: field by field, with who changed it and when (A7). */
export async function shownMerge(
  trx: Trx,
  step: StepContext,
  mine: { answers: Answers; leftOver: LeftOver[] },
  base: number,
): Promise<ShownMerge> {
  const { code, definition, draft, options } = step
  const stepId = step.cycle.stepIds[code] ?? ''
  const from = await beganFrom(trx, step, stepId, base)
  const since = await listSavesAfter(trx, stepId, base)
  const standing = await findStandingDraft(trx, stepId)
  const sides = { base: from, mine: mine.answers, theirs: draft.answers }
  return {
    rev: draft.rev,
    base,
    by: since.at(-1)?.by ?? standing.savedBy,
    savedAt: draft.savedAt.toISOString(),
    differences: differencesBetween(definition, sides, options).map((one) => ({
      ...one,
      changed: lastChange(
        one.key,
        from,
        since.map((save) => inForm(step, save)),
      ),
    })),
    leftOver: shownLeftOver(code, mine.leftOver, options),
  }
}

/** What both began from; null when its save was taken away since. */
async function beganFrom(trx: Trx, step: StepContext, stepId: string, base: number): Promise<Answers | null> {
  const save = await findSaveAt(trx, stepId, base)
  if (save) return inForm(step, save).answers
  return base >= 0 && step.draft.rev <= KEPT_SAVES ? step.beginning : null
}

/** A save made in an earlier form, read in the one the draft stands in. */
function inForm({ code, definition }: StepContext, save: DraftSave): DraftSave {
  const chain = formChain(code, save.formVersion, definition.version)
  return { ...save, answers: bringOver(chain, save.answers).answers }
}

function lastChange(key: string, from: Answers | null, since: DraftSave[]): ShownDifference['changed'] {
  let before = from
  let last: DraftSave | undefined
  for (const save of since) {
    if (!before || contentAt(before, key) !== contentAt(save.answers, key)) last = save
    before = save.answers
  }
  return last ? { by: last.by, at: last.savedAt.toISOString() } : null
}
