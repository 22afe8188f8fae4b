/** Rules of steps 2 and 3: variables that fit their criteria, sources that carry them. */
import { procedure } from '../catalog/procedures/mm-gac-p-008-v2.ts'
import { type Answers, answerList, type Facts, type Row, rowsOf, textOf } from './forms.ts'
import { type GapCode, inRow, type Missing, missing, type ReadinessContext, type SourceFact } from './gaps.ts'
import { catalogueChange, repeatedOptions } from './variable-definitions.ts'
import { prioritize, type ScoredVariable, variablesOf } from './variables.ts'

/** Rows of step 2 beside the variable each one defines. */
function variableRows(answers: Answers): { row: Row; variable: ScoredVariable; index: number }[] {
  const variables = variablesOf(answers)
  return rowsOf(answers, 'variables', 'lista').flatMap((row, index) => {
    const variable = variables.find((one) => one.rowId === row.id)
    return variable ? [{ row, variable, index }] : []
  })
}

/** Step 2: a variable stands in the matrix once. */
export function repeatedVariables(answers: Answers): Missing[] {
  const rows = variableRows(answers)
  return rows
    .filter(({ variable }, i) => rows.findIndex((other) => other.variable.code === variable.code) < i)
    .map(({ variable, index }) =>
      inRow('variables', index, 'variable', 'variable_repeated', { variable: variable.label }),
    )
}

/** Step 2: what the catalogue calls sensitive is marked so (Ley 1581 de 2012, artículo 5). */
export function sensitiveVariables(answers: Answers): Missing[] {
  return variableRows(answers)
    .filter(({ row, variable }) => variable.sensitive && row.sensible === 'no')
    .map(({ variable, index }) =>
      inRow('variables', index, 'sensible', 'variable_sensitive', { variable: variable.label }),
    )
}

/** A dropped variable keeps its score and says why (F5). */
export function droppedVariables(answers: Answers): Missing[] {
  return variableRows(answers)
    .filter(({ variable }) => !variable.prioritized && variable.discardReason.trim() === '')
    .map(({ variable, index }) =>
      inRow('variables', index, 'motivo_descarte', 'drop_unexplained', { variable: variable.label }),
    )
}

/** Step 2: a value stands in the list of its variable once. */
export function repeatedValues(answers: Answers): Missing[] {
  return variableRows(answers).flatMap(({ variable, index }) => {
    const [value] = repeatedOptions(variable.stated.values)
    return value === undefined
      ? []
      : [inRow('variables', index, 'valores', 'values_repeated', { variable: variable.label, value })]
  })
}

/** Step 2: whoever breaks a series says why (N11). */
export function explainedChanges(answers: Answers, { catalogue }: ReadinessContext): Missing[] {
  return variableRows(answers)
    .filter(({ variable }) => {
      const change = catalogueChange(catalogue?.get(variable.code), variable.stated)
      return change.kind === 'new_version' && change.breaks && variable.changeReason.trim() === ''
    })
    .map(({ variable, index }) =>
      inRow('variables', index, 'motivo_cambio', 'change_unexplained', { variable: variable.label }),
    )
}

/** Step 2: variables belong to the categories the step says it studies. */
export function categoriesStudied(answers: Answers): Missing[] {
  const studied = answerList(answers, 'universo', 'categorias')
  if (studied.length === 0) return []
  return variableRows(answers)
    .filter(({ variable }) => variable.category !== '' && !studied.includes(variable.category))
    .map(({ variable, index }) =>
      inRow('variables', index, 'variable', 'category_not_studied', { variable: variable.label }),
    )
}

/** Step 2: the five criteria leave at least one variable (F5). */
export function somethingPrioritized(answers: Answers): Missing[] {
  if (rowsOf(answers, 'variables', 'lista').length === 0 || prioritize(answers).length > 0) return []
  return [missing('variables', 'lista', 'nothing_prioritized')]
}

/** Step 3: at least one technique, qualitative or quantitative. */
export function someTechnique(answers: Answers): Missing[] {
  const chosen = [
    ...answerList(answers, 'tecnicas', 'cualitativas'),
    ...answerList(answers, 'tecnicas', 'cuantitativas'),
  ]
  return chosen.length > 0 ? [] : [missing('tecnicas', 'cualitativas', 'no_technique')]
}

/** Step 3 from its version 2 on: each technique chosen says how it is applied, in a period that does not run backwards. */
export function techniquesApplied(answers: Answers): Missing[] {
  if (!answers.mecanismos) return []
  const rows = rowsOf(answers, 'mecanismos', 'lista')
  const chosen = [
    ...answerList(answers, 'tecnicas', 'cualitativas'),
    ...answerList(answers, 'tecnicas', 'cuantitativas'),
  ]
  const unapplied = procedure.techniques
    .filter(({ code }) => chosen.includes(code) && !rows.some((row) => row.tecnica === code))
    .map(({ text }) => missing('mecanismos', 'lista', 'technique_unapplied', { technique: text }))
  const reversed = rows.flatMap((row, i) => {
    const [from, to] = [textOf(row.desde), textOf(row.hasta)]
    return from !== '' && to !== '' && from > to ? [inRow('mecanismos', i, 'hasta', 'period_reversed')] : []
  })
  return [...unapplied, ...reversed]
}

/** Step 3: each source named once, with its contract whole, its snapshot made and both approvals (E1). */
export function sourcesReady(answers: Answers, context: ReadinessContext): Missing[] {
  const rows = rowsOf(answers, 'fuentes', 'lista')
  return rows.flatMap((row, index) => {
    const id = textOf(row.fuente)
    const say = (code: GapCode, facts: Facts = {}) => inRow('fuentes', index, 'fuente', code, facts)
    if (id === '') return []
    if (rows.findIndex((other) => other.fuente === id) < index) return [say('source_repeated')]
    const source = context.sources?.find((one) => one.id === id)
    if (!source) return [say('source_unknown', { n: index + 1 })]
    return sourceProblems(source).map((code) => say(code, { source: source.name }))
  })
}

function sourceProblems(source: SourceFact): GapCode[] {
  const problems: GapCode[] = []
  if (!source.contractComplete) problems.push('contract_incomplete')
  if (!source.snapshotReady) problems.push('snapshot_missing')
  else if (source.approved === false) problems.push('source_unapproved')
  return problems
}

/** A prioritized variable no source carries could never be counted in step 4. */
export function variablesFound(answers: Answers, context: ReadinessContext): Missing[] {
  const used = rowsOf(answers, 'fuentes', 'lista').map((row) => context.sources?.find((one) => one.id === row.fuente))
  if (used.length === 0 || used.some((source) => !source?.columns)) return []
  return prioritize(context.upstream?.['2'])
    .filter((variable) => !used.some((source) => source?.columns?.includes(variable.code)))
    .map(({ label }) => missing('fuentes', 'lista', 'variable_without_source', { variable: label }))
}
