/** Rules of steps 4 to 7: what is counted, read, recommended and released fits the steps before. */
import { figuresOf } from './figures.ts'
import { type Answers, answerText, listOf, rowsOf, textOf } from './forms.ts'
import { inRow, type Missing, missing, type ReadinessContext } from './gaps.ts'
import { parseRule, variablesIn } from './segments.ts'
import { prioritize } from './variables.ts'

export function everyVariableCounted(answers: Answers, context: ReadinessContext): Missing[] {
  const counted = figuresOf(answers).filter((figure) => figure.kind === 'count' && figure.filter === null)
  return prioritize(context.upstream?.['2'])
    .filter((variable) => !counted.some((figure) => figure.variable === variable.code))
    .map((variable) => missing('figuras', 'lista', `Agregue el conteo de la variable ${variable.label}.`))
}

export function someCross(answers: Answers, context: ReadinessContext): Missing[] {
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

export function rulesReadable(answers: Answers, context: ReadinessContext): Missing[] {
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

export function segmentLevelReached(answers: Answers): Missing[] {
  if (answerText(answers, 'profundidad', 'nivel') !== 'segmento') return []
  if (rowsOf(answers, 'segmentos', 'lista').length > 0) return []
  return [missing('segmentos', 'lista', 'Agregue al menos un segmento.')]
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
        return missing(
          'lecturas',
          'lista',
          `Agregue la lectura de ${variable.label} para el objetivo específico ${number}.`,
        )
      }),
  )
}

export function figuresComputed(_answers: Answers, context: ReadinessContext): Missing[] {
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
export function recommendedAgenciesInformed(answers: Answers, context: ReadinessContext): Missing[] {
  const informed = rowsOf(answers, 'dependencias', 'lista').map((row) => textOf(row.dependencia))
  const recommended = rowsOf(context.upstream?.['6'], 'recomendaciones', 'lista').map((row) => textOf(row.dependencia))
  const left = [...new Set(recommended)].filter((code) => code !== '' && !informed.includes(code))
  if (left.length === 0) return []
  const message = `Informe a las dependencias que tienen recomendaciones: faltan ${left.length}.`
  return [missing('dependencias', 'lista', message)]
}

export function institutionalMail(answers: Answers): Missing[] {
  const mail = answerText(answers, 'conjunto', 'correo').trim().toLowerCase()
  if (mail === '' || !/@(gmail|hotmail|outlook|yahoo|live|icloud)\./.test(mail)) return []
  return [missing('conjunto', 'correo', 'Escriba un correo institucional, no uno personal.')]
}

export function repeatedTables(answers: Answers): Missing[] {
  const rows = rowsOf(answers, 'archivos', 'lista')
  return rows.flatMap((row, index) => {
    const first = rows.findIndex((other) => listOf(row.figura)[0] === listOf(other.figura)[0])
    return row.figura !== '' && first < index
      ? [inRow('archivos', index, 'figura', `Quite la tabla repetida ${index + 1}.`)]
      : []
  })
}

/** The approval of step 7 signs exact files, so they are prepared before it is submitted (S1.20). */
export function releasePrepared(_answers: Answers, context: ReadinessContext): Missing[] {
  if (context.release === 'absent') return [missing('archivos', 'lista', 'Prepare los archivos que se van a publicar.')]
  if (context.release === 'stale') {
    return [missing('archivos', 'lista', 'Prepare otra vez los archivos: el conjunto o las tablas cambiaron.')]
  }
  return []
}
