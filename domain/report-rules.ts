/** The rule of step 6 beyond its required fields: numbers still say what their source says. */
import { type Answers, answerText } from './forms.ts'
import { type Missing, missing, type ReadinessContext } from './gaps.ts'
import { staleNumbers } from './report-numbers.ts'
import { parseRich } from './rich-text.ts'

/** Sections of the report with their document; those of the first form version hold plain text and no references. */
export function sectionDocs(answers: Answers) {
  return Object.keys(answers).flatMap((section) => {
    const doc = parseRich(answerText(answers, section, 'texto'))
    return doc ? [{ section, doc }] : []
  })
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
