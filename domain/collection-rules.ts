/** Rules of steps 2 and 3: variables that fit their criteria, sources that carry them. */
import { type Answers, answerList, type Row, rowsOf, textOf } from './forms.ts'
import { inRow, type Missing, missing, type ReadinessContext, type SourceFact } from './gaps.ts'
import { prioritize, type ScoredVariable, variablesOf } from './variables.ts'

/** Rows of step 2 beside the variable each one defines. */
function variableRows(answers: Answers): { row: Row; variable: ScoredVariable; index: number }[] {
  const variables = variablesOf(answers)
  return rowsOf(answers, 'variables', 'lista').flatMap((row, index) => {
    const variable = variables.find((one) => one.rowId === row.id)
    return variable ? [{ row, variable, index }] : []
  })
}

export function repeatedVariables(answers: Answers): Missing[] {
  const rows = variableRows(answers)
  return rows
    .filter(({ variable }, i) => rows.findIndex((other) => other.variable.code === variable.code) < i)
    .map(({ variable, index }) =>
      inRow('variables', index, 'variable', `Quite la variable repetida: ${variable.label}.`),
    )
}

export function sensitiveVariables(answers: Answers): Missing[] {
  return variableRows(answers)
    .filter(({ row, variable }) => variable.sensitive && row.sensible === 'no')
    .map(({ variable, index }) =>
      inRow('variables', index, 'sensible', `Responda sí y justifique: ${variable.label} es un dato sensible.`),
    )
}

/** A dropped variable keeps its score and says why (F5). */
export function droppedVariables(answers: Answers): Missing[] {
  return variableRows(answers)
    .filter(({ variable }) => !variable.prioritized && variable.discardReason.trim() === '')
    .map(({ variable, index }) =>
      inRow('variables', index, 'motivo_descarte', `Escriba por qué no queda priorizada: ${variable.label}.`),
    )
}

export function categoriesStudied(answers: Answers): Missing[] {
  const studied = answerList(answers, 'universo', 'categorias')
  if (studied.length === 0) return []
  return variableRows(answers)
    .filter(({ variable }) => variable.category !== '' && !studied.includes(variable.category))
    .map(({ variable, index }) =>
      inRow(
        'variables',
        index,
        'variable',
        `Marque la categoría de ${variable.label} entre las que se estudian, o quítela.`,
      ),
    )
}

export function somethingPrioritized(answers: Answers): Missing[] {
  if (rowsOf(answers, 'variables', 'lista').length === 0 || prioritize(answers).length > 0) return []
  return [missing('variables', 'lista', 'Revise los criterios: ninguna variable queda priorizada.')]
}

export function someTechnique(answers: Answers): Missing[] {
  const chosen = [
    ...answerList(answers, 'tecnicas', 'cualitativas'),
    ...answerList(answers, 'tecnicas', 'cuantitativas'),
  ]
  return chosen.length > 0 ? [] : [missing('tecnicas', 'cualitativas', 'Marque al menos una técnica de recolección.')]
}

export function sourcesReady(answers: Answers, context: ReadinessContext): Missing[] {
  const rows = rowsOf(answers, 'fuentes', 'lista')
  return rows.flatMap((row, index) => {
    const id = textOf(row.fuente)
    const say = (message: string) => inRow('fuentes', index, 'fuente', message)
    if (id === '') return []
    if (rows.findIndex((other) => other.fuente === id) < index) return [say('Quite la fuente repetida.')]
    const source = context.sources?.find((one) => one.id === id)
    if (!source) return [say(`Fuente ${index + 1}: elija una fuente adjunta a este ejercicio.`)]
    return sourceProblems(source).map(say)
  })
}

function sourceProblems(source: SourceFact): string[] {
  const problems: string[] = []
  if (!source.contractComplete) problems.push(`Complete el contrato de la fuente «${source.name}».`)
  if (!source.snapshotReady) problems.push(`Cargue el archivo de la fuente «${source.name}» y espere su corte.`)
  else if (source.approved === false) problems.push(`Pida a la Dirección TIC que apruebe la fuente «${source.name}».`)
  return problems
}

/** A prioritized variable no source carries could never be counted in step 4. */
export function variablesFound(answers: Answers, context: ReadinessContext): Missing[] {
  const used = rowsOf(answers, 'fuentes', 'lista').map((row) => context.sources?.find((one) => one.id === row.fuente))
  if (used.length === 0 || used.some((source) => !source?.columns)) return []
  return prioritize(context.upstream?.['2'])
    .filter((variable) => !used.some((source) => source?.columns?.includes(variable.code)))
    .map(({ label }) => missing('fuentes', 'lista', `Adjunte una fuente que traiga la variable priorizada ${label}.`))
}
