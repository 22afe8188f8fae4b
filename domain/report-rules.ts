/** The rules of step 6 beyond its required fields: what its numbers say, and who answers for them. */
import { type Answers, answerText } from './forms.ts'
import { type Missing, missing, type ReadinessContext } from './gaps.ts'
import { type Objection, objection } from './refusals.ts'
import { staleNumbers } from './report-numbers.ts'
import { parseRich } from './rich-text.ts'
import { type TypedNumber, typedNumbers } from './typed-numbers.ts'

/** Sections of the report with their document; those of the first form version hold plain text and no references. */
export function sectionDocs(answers: Answers) {
  return Object.keys(answers).flatMap((section) => {
    const doc = parseRich(answerText(answers, section, 'texto'))
    return doc ? [{ section, doc }] : []
  })
}

/** Figures in digits that no reference stands for, in the words of the report (features G2). */
export function typedInReport(answers: Answers): TypedNumber[] {
  return sectionDocs(answers).flatMap(({ doc }) => typedNumbers(doc))
}

/** Whoever approves a report with typed figures says that they read the list of them (features G2). */
export function objectionToTyped(typed: readonly TypedNumber[], isRead: boolean): Objection | null {
  return typed.length > 0 && !isRead ? objection('typed_unread') : null
}

/** Where the office counted whom it attended, the report carries what that says of its base (E10, N17). */
export function coverageRead(_answers: Answers, { coverage }: ReadinessContext): Missing[] {
  return coverage === 'unread' ? [missing('fuentes', 'texto', 'coverage_unread')] : []
}

/** A number whose source changed since it was inserted is brought up to date before anybody signs it (features G2). */
export function numbersCurrent(answers: Answers, { bases }: ReadinessContext): Missing[] {
  if (!bases) return []
  return sectionDocs(answers).flatMap(({ section, doc }) => {
    const stale = staleNumbers(doc, bases)
    return stale.length === 0 ? [] : [missing(section, 'texto', 'numbers_stale', { count: stale.length })]
  })
}
