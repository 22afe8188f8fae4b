/** What a step needs beyond its required fields: rules between rows, between steps, and with the sources of the cycle. */
import { figuresOf } from './figures.ts'
import { type Answers, answerList, answerText, listOf, type Row, rowsOf, textOf } from './forms.ts'
import type { StepCode } from './procedures.ts'
import type { StepAnswers } from './references.ts'
import { parseRule, variablesIn } from './segments.ts'
import { prioritize, type ScoredVariable, variablesOf } from './variables.ts'

/** Facts about a source attached to the cycle (E1); `approved` is left out where nobody has to approve it by itself. */
export interface SourceFact {
  id: string
  name: string
  contractComplete: boolean
  snapshotReady: boolean
  approved?: boolean
  /** Codes of its columns that may be analysed; left out while they are not known. */
  columns?: readonly string[]
}

export interface FigureFact {
  /** Row id of the figure in step 4. */
  id: string
  ready: boolean
}

export interface ReadinessContext {
  /** Approved answers of the earlier steps. */
  upstream?: StepAnswers
  sources?: readonly SourceFact[]
  /** Codes of the entity's agencies; left out when they are not known here. */
  agencies?: readonly string[]
  /** Computed figures; left out until something computes them. */
  figures?: readonly FigureFact[]
}

export interface Missing {
  /** Code of the group, the same under which observations are filed. */
  group: string
  field: string
  /** Name of the input to go to. */
  path: string
  /** What to do, in Spanish. */
  message: string
}

type Rule = (answers: Answers, context: ReadinessContext) => Missing[]

export const STEP_RULES: Record<StepCode, readonly Rule[]> = {
  '1': [(answers) => reversedPeriod(answers, 'alcance')],
  '2': [repeatedVariables, sensitiveVariables, droppedVariables, categoriesStudied, somethingPrioritized],
  '3': [someTechnique, sourcesReady, variablesFound],
  '4': [everyVariableCounted, someCross, rulesReadable, segmentLevelReached],
  '5': [everyObjectiveRead, figuresComputed],
  '6': [],
  '7': [
    recommendedAgenciesInformed,
    institutionalMail,
    (answers) => reversedPeriod(answers, 'conjunto'),
    repeatedTables,
  ],
}

function missing(group: string, field: string, message: string, path = `${group}.${field}`): Missing {
  return { group, field, path, message }
}

function inRow(group: string, index: number, cell: string, message: string): Missing {
  return missing(group, 'lista', message, `${group}.lista[${index}].${cell}`)
}

function reversedPeriod(answers: Answers, group: string): Missing[] {
  const from = answerText(answers, group, 'desde')
  const to = answerText(answers, group, 'hasta')
  if (from === '' || to === '' || from <= to) return []
  return [missing(group, 'hasta', 'Corrija el periodo: la fecha final es anterior a la inicial.')]
}

/** Rows of step 2 beside the variable each one defines. */
function variableRows(answers: Answers): { row: Row; variable: ScoredVariable; index: number }[] {
  const variables = variablesOf(answers)
  return rowsOf(answers, 'variables', 'lista').flatMap((row, index) => {
    const variable = variables.find((one) => one.rowId === row.id)
    return variable ? [{ row, variable, index }] : []
  })
}

function repeatedVariables(answers: Answers): Missing[] {
  const rows = variableRows(answers)
  return rows
    .filter(({ variable }, i) => rows.findIndex((other) => other.variable.code === variable.code) < i)
    .map(({ variable, index }) =>
      inRow('variables', index, 'variable', `Quite la variable repetida: ${variable.label}.`),
    )
}

function sensitiveVariables(answers: Answers): Missing[] {
  return variableRows(answers)
    .filter(({ row, variable }) => variable.sensitive && row.sensible === 'no')
    .map(({ variable, index }) =>
      inRow('variables', index, 'sensible', `Responda sí y justifique: ${variable.label} es un dato sensible.`),
    )
}

/** A dropped variable keeps its score and says why (F5). */
function droppedVariables(answers: Answers): Missing[] {
  return variableRows(answers)
    .filter(({ variable }) => !variable.prioritized && variable.discardReason.trim() === '')
    .map(({ variable, index }) =>
      inRow('variables', index, 'motivo_descarte', `Escriba por qué no queda priorizada: ${variable.label}.`),
    )
}

function categoriesStudied(answers: Answers): Missing[] {
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

function somethingPrioritized(answers: Answers): Missing[] {
  if (rowsOf(answers, 'variables', 'lista').length === 0 || prioritize(answers).length > 0) return []
  return [missing('variables', 'lista', 'Revise los criterios: ninguna variable queda priorizada.')]
}

function someTechnique(answers: Answers): Missing[] {
  const chosen = [
    ...answerList(answers, 'tecnicas', 'cualitativas'),
    ...answerList(answers, 'tecnicas', 'cuantitativas'),
  ]
  return chosen.length > 0 ? [] : [missing('tecnicas', 'cualitativas', 'Marque al menos una técnica de recolección.')]
}

function sourcesReady(answers: Answers, context: ReadinessContext): Missing[] {
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
function variablesFound(answers: Answers, context: ReadinessContext): Missing[] {
  const used = rowsOf(answers, 'fuentes', 'lista').map((row) => context.sources?.find((one) => one.id === row.fuente))
  if (used.length === 0 || used.some((source) => !source?.columns)) return []
  return prioritize(context.upstream?.['2'])
    .filter((variable) => !used.some((source) => source?.columns?.includes(variable.code)))
    .map(({ label }) => missing('fuentes', 'lista', `Adjunte una fuente que traiga la variable priorizada ${label}.`))
}

function everyVariableCounted(answers: Answers, context: ReadinessContext): Missing[] {
  const counted = figuresOf(answers).filter((figure) => figure.kind === 'count' && figure.filter === null)
  return prioritize(context.upstream?.['2'])
    .filter((variable) => !counted.some((figure) => figure.variable === variable.code))
    .map((variable) => missing('figuras', 'lista', `Agregue el conteo de la variable ${variable.label}.`))
}

function someCross(answers: Answers, context: ReadinessContext): Missing[] {
  const crosses = rowsOf(answers, 'figuras', 'lista')
    .map((row, index) => ({ row, index }))
    .filter(({ row }) => row.tipo === 'cruce')
  const same = crosses.filter(({ row }) => row.variable !== '' && row.variable === row.cruce)
  const wrong = same.map(({ index }) =>
    inRow('figuras', index, 'cruce', `Figura ${index + 1}: elija dos variables distintas.`),
  )
  if (crosses.length > 0 || prioritize(context.upstream?.['2']).length < 2) return wrong
  return [missing('figuras', 'lista', 'Agregue al menos un cruce de dos variables.')]
}

function rulesReadable(answers: Answers, context: ReadinessContext): Missing[] {
  const known = context.upstream?.['2'] ? prioritize(context.upstream['2']).map((variable) => variable.code) : null
  const filters = rowsOf(answers, 'figuras', 'lista').flatMap((row, index) => {
    const problem = textOf(row.filtro).trim() === '' ? null : ruleProblem(textOf(row.filtro), known)
    return problem ? [inRow('figuras', index, 'filtro', `Filtro de la figura ${index + 1}: ${problem}`)] : []
  })
  const rules = rowsOf(answers, 'segmentos', 'lista').flatMap((row, index) => {
    const problem = textOf(row.regla).trim() === '' ? null : ruleProblem(textOf(row.regla), known)
    return problem ? [inRow('segmentos', index, 'regla', `Regla del segmento ${index + 1}: ${problem}`)] : []
  })
  return [...filters, ...rules]
}

function ruleProblem(typed: string, known: string[] | null): string | null {
  const parsed = parseRule(typed)
  if (!parsed.ok) return parsed.message
  const unknown = variablesIn(parsed.rule).find((variable) => known !== null && !known.includes(variable))
  return unknown ? `Use una variable priorizada en el paso 2; «${unknown}» no lo es.` : null
}

function segmentLevelReached(answers: Answers): Missing[] {
  if (answerText(answers, 'profundidad', 'nivel') !== 'segmento') return []
  if (rowsOf(answers, 'segmentos', 'lista').length > 0) return []
  return [missing('segmentos', 'lista', 'Agregue al menos un segmento.')]
}

/** S1.18: each prioritized variable quantified for each objective it serves. */
function everyObjectiveRead(answers: Answers, context: ReadinessContext): Missing[] {
  const objectives = rowsOf(context.upstream?.['1'], 'objetivos', 'especificos').map((row) => row.id)
  const read = rowsOf(answers, 'lecturas', 'lista').map((row) => `${row.variable}|${row.objetivo}`)
  return prioritize(context.upstream?.['2']).flatMap((variable) =>
    objectives
      .filter((id) => variable.objectives.includes(id) && !read.includes(`${variable.code}|${id}`))
      .map((id) => {
        const number = objectives.indexOf(id) + 1
        return missing(
          'lecturas',
          'lista',
          `Agregue la lectura de ${variable.label} para el objetivo específico ${number}.`,
        )
      }),
  )
}

function figuresComputed(_answers: Answers, context: ReadinessContext): Missing[] {
  const facts = context.figures
  if (!facts) return []
  const pending = figuresOf(context.upstream?.['4']).filter(
    (figure) => !facts.some((one) => one.id === figure.id && one.ready),
  )
  return pending.length === 0
    ? []
    : [missing('lecturas', 'lista', `Espere el cálculo de las figuras: faltan ${pending.length}.`)]
}

/** Results are known by the areas committed to improve (S1.20): every dependencia with a recommendation is informed. */
function recommendedAgenciesInformed(answers: Answers, context: ReadinessContext): Missing[] {
  const informed = rowsOf(answers, 'dependencias', 'lista').map((row) => textOf(row.dependencia))
  const recommended = rowsOf(context.upstream?.['6'], 'recomendaciones', 'lista').map((row) => textOf(row.dependencia))
  const left = [...new Set(recommended)].filter((code) => code !== '' && !informed.includes(code))
  if (left.length === 0) return []
  const message = `Informe a las dependencias que tienen recomendaciones: faltan ${left.length}.`
  return [missing('dependencias', 'lista', message)]
}

function institutionalMail(answers: Answers): Missing[] {
  const mail = answerText(answers, 'conjunto', 'correo').trim().toLowerCase()
  if (mail === '' || !/@(gmail|hotmail|outlook|yahoo|live|icloud)\./.test(mail)) return []
  return [missing('conjunto', 'correo', 'Escriba un correo institucional, no uno personal.')]
}

function repeatedTables(answers: Answers): Missing[] {
  const rows = rowsOf(answers, 'archivos', 'lista')
  return rows.flatMap((row, index) => {
    const first = rows.findIndex((other) => listOf(row.figura)[0] === listOf(other.figura)[0])
    return row.figura !== '' && first < index
      ? [inRow('archivos', index, 'figura', `Quite la tabla repetida ${index + 1}.`)]
      : []
  })
}
