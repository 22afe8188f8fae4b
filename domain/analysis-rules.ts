/** Rules of steps 4 to 7: what is counted, read, recommended and released fits the steps before. */
import { type CrossingFault, crossingFacts, crossingOf, crossingOfSegment } from './crossings.ts'
import { figuresOf } from './figures.ts'
import { type Answers, answerText, type Facts, listOf, type Row, rowsOf, textOf } from './forms.ts'
import { inRow, type Missing, missing, type ReadinessContext } from './gaps.ts'
import type { RangeMisfit } from './ranges.ts'
import { parseRule, type RuleFault } from './rule-notation.ts'
import { misfitIn, variablesIn } from './rules.ts'
import { segmentsOf } from './segments.ts'
import { prioritize, type ScoredVariable } from './variables.ts'

/** Step 4: each variable prioritized in step 2 has a count of its own, over all records. */
export function everyVariableCounted(answers: Answers, context: ReadinessContext): Missing[] {
  const counted = figuresOf(answers).filter((figure) => figure.kind === 'count' && figure.filter === null)
  return prioritize(context.upstream?.['2'])
    .filter((variable) => !counted.some((figure) => figure.variable === variable.code))
    .map((variable) => missing('figuras', 'lista', 'variable_uncounted', { variable: variable.label }))
}

/** Step 4: two prioritized variables or more are crossed at least once, and none with itself. */
export function someCross(answers: Answers, context: ReadinessContext): Missing[] {
  const crosses = rowsOf(answers, 'figuras', 'lista')
    .map((row, index) => ({ row, index }))
    .filter(({ row }) => row.tipo === 'cruce')
  const wrong = crosses.flatMap(({ row, index }) => {
    const field = repeatedSide(row)
    return field ? [inRow('figuras', index, field, 'cross_with_itself', { n: index + 1 })] : []
  })
  if (crosses.length > 0 || prioritize(context.upstream?.['2']).length < 2) return wrong
  return [missing('figuras', 'lista', 'no_cross')]
}

function repeatedSide({ variable, cruce, capas }: Row): 'cruce' | 'capas' | null {
  if (variable !== '' && variable === cruce) return 'cruce'
  return textOf(capas) !== '' && (capas === variable || capas === cruce) ? 'capas' : null
}

/** Step 4: every filter and segment can be read, names prioritized variables only, and has ranges only of numbers and dates (F2). */
export function rulesReadable(answers: Answers, context: ReadinessContext): Missing[] {
  const filters = rowsOf(answers, 'figuras', 'lista').flatMap((row, index) => {
    const problem = textOf(row.filtro).trim() === '' ? null : ruleProblem(textOf(row.filtro), context)
    return problem ? [inRow('figuras', index, 'filtro', 'filter_wrong', { n: index + 1, ...problem })] : []
  })
  const rules = rowsOf(answers, 'segmentos', 'lista').flatMap((row, index) => {
    const problem = textOf(row.regla).trim() === '' ? null : ruleProblem(textOf(row.regla), context)
    return problem ? [inRow('segmentos', index, 'regla', 'rule_wrong', { n: index + 1, ...problem })] : []
  })
  return [...filters, ...rules]
}

/** Why a rule does not do here: it cannot be read, names a variable that was not prioritized, or asks a range of a list. */
export type RuleProblem = RuleFault | RangeMisfit | 'not_prioritized'

function ruleProblem(typed: string, context: ReadinessContext): ({ fault: RuleProblem } & Facts) | null {
  const parsed = parseRule(typed)
  if (!parsed.ok) return { fault: parsed.fault, ...parsed.facts }
  const prioritized = context.upstream?.['2'] && prioritize(context.upstream['2'])
  const unknown = variablesIn(parsed.rule).find((code) => prioritized?.every((one) => one.code !== code))
  if (unknown) return { fault: 'not_prioritized', variable: unknown }
  return misfitIn(parsed.rule, (code) => context.columnTypes?.get(code))
}

/** Step 4: what it asks for is published, so no figure and no segment tells people apart too finely (promises §4.7 (i)). */
export function nothingTooFine(answers: Answers, context: ReadinessContext): Missing[] {
  const variables = prioritize(context.upstream?.['2'])
  const placeOf = (group: string, id: string) => rowsOf(answers, group, 'lista').findIndex((row) => row.id === id)
  const figures = figuresOf(answers).flatMap((figure) => {
    const index = placeOf('figuras', figure.id)
    const fault = crossingOf(figure, variables)
    return fault ? [inRow('figuras', index, 'variable', 'figure_too_fine', factsOf(fault, index, variables))] : []
  })
  const segments = segmentsOf(answers).flatMap(({ id, rule }) => {
    const index = placeOf('segmentos', id)
    const fault = crossingOfSegment(rule, variables)
    return fault ? [inRow('segmentos', index, 'regla', 'segment_too_fine', factsOf(fault, index, variables))] : []
  })
  return [...figures, ...segments]
}

const factsOf = (fault: CrossingFault, index: number, variables: readonly ScoredVariable[]): Facts => ({
  ...{ n: index + 1, ...crossingFacts(fault, (code) => variables.find((one) => one.code === code)?.label ?? code) },
})

/** Step 4: whoever chose to go as deep as segments defines one. */
export function segmentLevelReached(answers: Answers): Missing[] {
  if (answerText(answers, 'profundidad', 'nivel') !== 'segmento') return []
  if (rowsOf(answers, 'segmentos', 'lista').length > 0) return []
  return [missing('segmentos', 'lista', 'no_segment')]
}

/** S1.18: each prioritized variable quantified for each objective it serves. */
export function everyObjectiveRead(answers: Answers, context: ReadinessContext): Missing[] {
  const objectives = rowsOf(context.upstream?.['1'], 'objetivos', 'especificos').map((row) => row.id)
  const read = rowsOf(answers, 'lecturas', 'lista').map((row) => `${row.variable}|${row.objetivo}`)
  return prioritize(context.upstream?.['2']).flatMap((variable) =>
    objectives
      .filter((id) => variable.objectives.includes(id) && !read.includes(`${variable.code}|${id}`))
      .map((id) => {
        const number = objectives.indexOf(id) + 1
        return missing('lecturas', 'lista', 'reading_missing', { variable: variable.label, objective: number })
      }),
  )
}

/** Step 5: what is read has been counted. Without the facts of the figures nothing is asked. */
export function figuresComputed(_answers: Answers, context: ReadinessContext): Missing[] {
  const facts = context.figures
  if (!facts) return []
  const pending = figuresOf(context.upstream?.['4']).filter(
    (figure) => !facts.some((one) => one.id === figure.id && one.ready),
  )
  return pending.length === 0 ? [] : [missing('lecturas', 'lista', 'figures_pending', { count: pending.length })]
}

/** Results are known by the areas committed to improve (S1.20): every dependencia with a recommendation is informed. */
export function recommendedAgenciesInformed(answers: Answers, context: ReadinessContext): Missing[] {
  const informed = rowsOf(answers, 'dependencias', 'lista').map((row) => textOf(row.dependencia))
  const recommended = rowsOf(context.upstream?.['6'], 'recomendaciones', 'lista').map((row) => textOf(row.dependencia))
  const left = [...new Set(recommended)].filter((code) => code !== '' && !informed.includes(code))
  return left.length === 0 ? [] : [missing('dependencias', 'lista', 'agencies_uninformed', { count: left.length })]
}

/** Step 7: a dataset is answered for from the entity's mail, not from somebody's own. */
export function institutionalMail(answers: Answers): Missing[] {
  const mail = answerText(answers, 'conjunto', 'correo').trim().toLowerCase()
  if (mail === '' || !/@(gmail|hotmail|outlook|yahoo|live|icloud)\./.test(mail)) return []
  return [missing('conjunto', 'correo', 'mail_personal')]
}

/** Step 7: no figure is released twice. */
export function repeatedTables(answers: Answers): Missing[] {
  const rows = rowsOf(answers, 'archivos', 'lista')
  return rows.flatMap((row, index) => {
    const first = rows.findIndex((other) => listOf(row.figura)[0] === listOf(other.figura)[0])
    return row.figura !== '' && first < index
      ? [inRow('archivos', index, 'figura', 'table_repeated', { n: index + 1 })]
      : []
  })
}

/** The approval of step 7 signs exact files, so they are prepared before it is submitted (S1.20). */
export function releasePrepared(_answers: Answers, context: ReadinessContext): Missing[] {
  if (context.release === 'absent') return [missing('archivos', 'lista', 'release_absent')]
  return context.release === 'stale' ? [missing('archivos', 'lista', 'release_stale')] : []
}
