/** First draft of each report section (step 6), written from the approved answers of steps 1 to 5. */
import { figuresOf } from '../domain/figures.ts'
import {
  type Answers,
  answerList,
  answerText,
  type Field,
  type FormDefinition,
  type Row,
  rowsOf,
  textOf,
} from '../domain/forms.ts'
import { optionsFrom, type StepAnswers } from '../domain/references.ts'
import { segmentsOf } from '../domain/segments.ts'
import { type ScoredVariable, thresholdOf, variablesOf } from '../domain/variables.ts'
import { dateInWords } from './day-words.ts'
import { figureTitle, ruleInSpanish } from './figure-titles.ts'
import { formDefinition } from './forms/index.ts'
import type { ReportSection } from './forms/step-6.ts'
import { procedure } from './procedures/mm-gac-p-008-v2.ts'
import { CATEGORY_NAMES } from './variables.ts'

type Writer = (steps: StepAnswers, sources: readonly { code: string; label: string }[]) => string

export const SECTION_WRITERS: Record<ReportSection, Writer> = {
  objetivos: ({ 1: first }) => {
    const options = labelsOf(formDefinition('1'), 'objetivos', 'especificos', 'vinculo')
    const specific = rowsOf(first, 'objetivos', 'especificos').map(
      (row, i) =>
        `${i + 1}. ${bare(textOf(row.texto))} (${options(textOf(row.vinculo))}). Resultado: ${ended(textOf(row.resultado))}`,
    )
    return lines(
      `Objetivo general: ${answerText(first, 'objetivos', 'general')}`,
      'Objetivos específicos:',
      ...specific,
    )
  },
  alcance: ({ 1: first }) => {
    const channels = answerList(first, 'alcance', 'canales').map(labelsOf(formDefinition('1'), 'alcance', 'canales'))
    const asked = procedure.scopeQuestions
      .filter((question) => answerText(first, 'preguntas', question.code) === 'si')
      .map((question) => `${question.text} Sí. ${answerText(first, 'preguntas', `${question.code}_detalle`)}`)
    return lines(
      `Población: ${answerText(first, 'alcance', 'poblacion')}`,
      `Periodo: del ${dateInWords(answerText(first, 'alcance', 'desde'))} al ${dateInWords(answerText(first, 'alcance', 'hasta'))}.`,
      `Canales: ${together(channels)}.`,
      ...asked,
    )
  },
  equipo: ({ 1: first }) =>
    lines(
      `Líder: ${answerText(first, 'equipo', 'lider')}.`,
      ...rowsOf(first, 'equipo', 'integrantes').map(
        (row) => `${textOf(row.cargo)}, ${textOf(row.dependencia)}: ${textOf(row.responsabilidad)}`,
      ),
    ),
  antecedentes: ({ 1: first }) =>
    lines(
      answerText(first, 'fuentes', 'estrategias'),
      ...procedure.priorSources.map(({ code, text }) =>
        answerText(first, 'fuentes', `${code}_uso`) === 'usada'
          ? `${text}: ${answerText(first, 'fuentes', `${code}_resultados`)}`
          : `${text}: no está disponible. ${answerText(first, 'fuentes', `${code}_motivo`)}`,
      ),
    ),
  variables: ({ 2: second }) => {
    const all = variablesOf(second)
    const kept = all.filter((variable) => variable.prioritized)
    const dropped = all.filter((variable) => !variable.prioritized)
    return lines(
      `Se estudiaron ${all.length} variables y se priorizaron ${kept.length}, con un puntaje mínimo de ${thresholdOf(second)} sobre 5.`,
      ...kept.map((variable) => `${scoreLine(variable)} Desagregación: ${ended(lowerFirst(variable.disaggregation))}`),
      ...dropped.map(
        (variable) => `${scoreLine(variable)} No se priorizó: ${ended(lowerFirst(variable.discardReason))}`,
      ),
    )
  },
  fuentes: ({ 3: third }, sources) =>
    lines(
      ...procedure.digitalRegisters.map(({ code, text }) =>
        answerText(third, 'registros', `${code}_estado`) === 'revisado'
          ? `${text}: ${answerText(third, 'registros', `${code}_hallazgo`)}`
          : `${text}: no existe para el periodo. ${answerText(third, 'registros', `${code}_motivo`)}`,
      ),
      ...rowsOf(third, 'fuentes', 'lista').map((row, i) => {
        const name = sources.find((source) => source.code === row.fuente)?.label ?? `Fuente ${i + 1}`
        return `${name}: ${textOf(row.uso)}`
      }),
    ),
  metodologia: ({ 3: third }) => {
    const chosen = [
      ...answerList(third, 'tecnicas', 'cualitativas').map((code) => `Técnica cualitativa: ${technique(code)}`),
      ...answerList(third, 'tecnicas', 'cuantitativas').map((code) => `Técnica cuantitativa: ${technique(code)}`),
    ]
    return lines(
      `El ejercicio siguió el procedimiento ${procedure.code} versión ${procedure.version}.`,
      ...chosen,
      answerText(third, 'tecnicas', 'aplicacion'),
      ...rowsOf(third, 'mecanismos', 'lista').map(mechanismLine),
      answerText(third, 'mecanismos', 'notas'),
      ...coverageLines(third),
    )
  },
  tratamiento: ({ 3: third }) => answerText(third, 'proteccion', 'medidas'),
  resultados: (steps) => {
    const names = optionsFrom(steps).variables ?? []
    const readings = rowsOf(steps['5'], 'lecturas', 'lista')
    const byObjective = rowsOf(steps['1'], 'objetivos', 'especificos').flatMap((objective, i) => {
      const own = readings.filter((row) => row.objetivo === objective.id)
      const name = (code: string) => names.find((one) => one.code === code)?.label ?? code
      const read = own.map((row) => `${name(textOf(row.variable))}: ${ended(textOf(row.texto))}`)
      return own.length === 0 ? [] : [`Objetivo específico ${i + 1}: ${ended(textOf(objective.texto))}`, ...read]
    })
    return lines(
      ...byObjective,
      `Cobertura: ${ended(answerText(steps['5'], 'cobertura', 'cobertura'))}`,
      `No respuesta: ${ended(answerText(steps['5'], 'cobertura', 'no_respuesta'))}`,
    )
  },
  cruces: (steps) => answerText(steps['5'], 'cruces', 'texto'),
  segmentos: (steps) => {
    const variables = variablesOf(steps['2'])
    const name = (code: string) => variables.find((variable) => variable.code === code)?.label ?? code
    const sectors = rowsOf(steps['4'], 'sectores', 'lista')
    return lines(
      ...sectors.map((row) => `Sector ${textOf(row.nombre)}: ${textOf(row.descripcion)}`),
      ...segmentsOf(steps['4']).map(
        (segment) => `Segmento ${segment.name}: ${ruleInSpanish(segment.rule, { variable: name })}.`,
      ),
    )
  },
  necesidades: ({ 4: fourth }) => {
    const channel = labelsOf(formDefinition('4'), 'segmentos', 'lista', 'canales')
    return lines(
      ...segmentsOf(fourth).map(
        (segment) =>
          `${segment.name}: ${segment.needs} Canales preferidos: ${together(segment.channels.map(channel))}.`,
      ),
    )
  },
  anexos: (steps) => {
    const variables = variablesOf(steps['2'])
    const tables = figuresOf(steps['4']).map((figure, i) => `${i + 1}. ${figureTitle(figure, variables)}`)
    return lines('Conjunto de datos abiertos con su diccionario.', 'Tablas del ejercicio:', ...tables)
  },
  cambios: () => 'Versión 1: elaboración inicial del informe.',
}

function scoreLine(variable: ScoredVariable): string {
  const category = variable.category === '' ? '' : `${CATEGORY_NAMES[variable.category].toLowerCase()}, `
  return `${variable.label} (${category}${variable.score} de 5).`
}

function technique(code: string): string {
  return procedure.techniques.find((one) => one.code === code)?.text ?? code
}

/** Only the step's second form says mechanism by mechanism how each technique is applied. */
function mechanismLine(row: Row): string {
  const base = labelsOf(formDefinition('3', 2), 'mecanismos', 'lista', 'base')(textOf(row.base))
  const attended = textOf(row.atendidos)
  const period = `del ${dateInWords(textOf(row.desde))} al ${dateInWords(textOf(row.hasta))}`
  return [
    `${bare(technique(textOf(row.tecnica)))}: ${bare(textOf(row.instrumento))}, a cargo de ${bare(textOf(row.responsable))}, ${period}.`,
    `Se aplica a: ${ended(lowerFirst(textOf(row.poblacion)))}`,
    `Se espera recoger ${textOf(row.meta)} registros`,
    attended === ''
      ? '(no hay cifra de personas atendidas).'
      : `de ${attended} personas atendidas (${lowerFirst(base)}).`,
  ].join(' ')
}

function coverageLines(third: Answers | undefined): string[] {
  const share = answerText(third, 'cobertura', 'cobertura_minima')
  if (share === '') return []
  return [
    `Cobertura mínima: ${share} % de las personas atendidas. Un segmento se describe desde ${answerText(third, 'cobertura', 'base_minima')} registros.`,
    `Quien no responde o no autoriza: ${ended(lowerFirst(answerText(third, 'cobertura', 'no_respuesta')))}`,
  ]
}

function labelsOf(definition: FormDefinition, group: string, code: string, cell?: string): (value: string) => string {
  const field: Field | undefined = definition.groups
    .find((one) => one.code === group)
    ?.fields.find((one) => one.code === code)
  const inner = cell && field?.kind === 'list' ? field.fields.find((one) => one.code === cell) : field
  const choices = inner && 'choices' in inner ? inner.choices : []
  return (value) => choices.find((choice) => choice.code === value)?.label ?? value
}

function lines(...parts: string[]): string {
  return parts.filter((part) => part.trim() !== '').join('\n')
}

/** "presencial, telefónico y virtual". */
function together(labels: string[]): string {
  const lower = labels.map(lowerFirst)
  return lower.length < 2 ? (lower[0] ?? '') : `${lower.slice(0, -1).join(', ')} y ${lower.at(-1)}`
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

function bare(text: string): string {
  return text.trim().replace(/\.$/, '')
}

/** Ends the text with one full stop. */
function ended(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`
}
