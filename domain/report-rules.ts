/** The rules of step 6 beyond its required fields: what its numbers say, and who answers for them. */
import { formDefinition } from '../catalog/forms/index.ts'
import { type Answers, answerText, type Field, rowsOf, textOf } from './forms.ts'
import { type Missing, missing, type ReadinessContext } from './gaps.ts'
import { type Objection, objection } from './refusals.ts'
import { type Bases, staleNumbers } from './report-numbers.ts'
import { docFromPlain, figuresIn, parseRich, type RichDoc, richOf } from './rich-text.ts'
import { type TypedNumber, typedNumbers } from './typed-numbers.ts'

/** Sections of the report with their document; those of the first form version hold plain text and no references. */
export function sectionDocs(answers: Answers) {
  return Object.keys(answers).flatMap((section) => {
    const doc = parseRich(answerText(answers, section, 'texto'))
    return doc ? [{ section, doc }] : []
  })
}

/** Everything somebody wrote that the report prints, in the order of the form: sections, recommendations and glossary. */
function writtenIn(answers: Answers): RichDoc[] {
  const isWritten = ({ kind }: Field) => kind === 'richtext' || kind === 'longtext' || kind === 'text'
  // The newest form has every text of the earlier ones under the same code.
  return formDefinition('6').groups.flatMap(({ code: group, fields }) =>
    fields.flatMap((field) => {
      if (field.kind !== 'list') return isWritten(field) ? [richOf(answerText(answers, group, field.code))] : []
      const cells = field.fields.filter(isWritten)
      return rowsOf(answers, group, field.code).flatMap((row) =>
        cells.map(({ code }) => docFromPlain(textOf(row[code]))),
      )
    }),
  )
}

/** Figures in digits that no reference stands for, in the words of the report (features G2). */
export function typedInReport(answers: Answers): TypedNumber[] {
  return writtenIn(answers).flatMap(typedNumbers)
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

/** Figures a text shows that step 4 no longer asks for, each with its place among those of the text. */
export function goneFigures(doc: RichDoc, bases: Bases): { id: string; n: number }[] {
  return figuresIn(doc)
    .map((id, i) => ({ id, n: i + 1 }))
    .filter(({ id }) => !bases.has(`figura:${id}`))
}

/** A figure put into a section is printed, or taken out by whoever wrote it: never left out in silence (features G2). */
export function figuresStanding(answers: Answers, { bases, formerFigures }: ReadinessContext): Missing[] {
  if (!bases) return []
  return sectionDocs(answers).flatMap(({ section, doc }) =>
    goneFigures(doc, bases).map(({ id, n }) => {
      const title = formDefinition('6').groups.find(({ code }) => code === section)?.title ?? ''
      return missing(section, 'texto', 'figure_gone', { section: title, figure: formerFigures?.get(id) ?? '', n })
    }),
  )
}
