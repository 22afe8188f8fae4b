import { formChain, formDefinition } from '../../catalog/forms/index.ts'
import type { StepContext } from '../../db/step-context.ts'
import { diffBlocks } from '../../documents/text-diff.ts'
import { flattenForReview } from '../../domain/form-review.ts'
import { type Answers, bringOver } from '../../domain/forms.ts'

/** What a step said: answers, and the version of the form they were typed in. */
export interface Said {
  formVersion: number
  answers: Answers
}

/** Answers that differ, each with its blocks and whether it came, went or changed; both are read in the later form of the two. */
export function changesBetween({ code, options }: Pick<StepContext, 'code' | 'options'>, before: Said, after: Said) {
  const form = Math.max(before.formVersion, after.formVersion)
  const linesOf = ({ formVersion, answers }: Said) =>
    flattenForReview(
      formDefinition(code, form),
      bringOver(formChain(code, formVersion, form), answers).answers,
      options,
    )
  const [old, now] = [linesOf(before), linesOf(after)]
  const gone = old.filter(({ key }) => !now.some((line) => line.key === key)).map((line) => ({ ...line, value: '' }))
  return [...now, ...gone].flatMap(({ key, group, label, value }) => {
    const was = old.find((line) => line.key === key)?.value ?? ''
    if (was === value) return []
    const kind = was === '' ? ('added' as const) : value === '' ? ('removed' as const) : ('changed' as const)
    return [{ key, group, label, kind, blocks: diffBlocks(was, value) }]
  })
}
