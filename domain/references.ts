/** What the reference fields of a form offer: rows of earlier steps, and the sources and agencies of the cycle. */
import { figureTitle, unnamedRow } from '../catalog/figure-titles.ts'
import { figuresOf } from './figures.ts'
import { type Answers, type Choice, type ReferenceOptions, rowsOf, textOf } from './forms.ts'
import type { StepCode } from './procedures.ts'
import { prioritize, variablesOf } from './variables.ts'

export type StepAnswers = Partial<Record<StepCode, Answers>>

export interface CycleChoices {
  /** Sources attached to the cycle: code = id of the source. */
  sources?: readonly Choice[]
  /** Agencies of the entity: code = code of the agency. */
  agencies?: readonly Choice[]
  /** Positions of the entity: code = their duty. */
  duties?: readonly Choice[]
  /** Maps of the entity: code = SHA-256 of the map. */
  maps?: readonly Choice[]
  /** Columns of the sources in use. */
  columns?: readonly Choice[]
}

/** Options from the answers given so far (the step's own included); a source of options not known yet is absent. */
export function optionsFrom(answers: StepAnswers, cycle: CycleChoices = {}): ReferenceOptions {
  const options: ReferenceOptions = { ...cycle }
  if (answers['1']) options.objectives = rowChoices(answers['1'], 'objetivos', 'especificos', 'texto')
  if (answers['2']) options.variables = prioritize(answers['2']).map(({ code, label }) => ({ code, label }))
  if (answers['4']) {
    const variables = variablesOf(answers['2'])
    options.figures = figuresOf(answers['4']).map((figure) => ({
      code: figure.id,
      label: figureTitle(figure, variables),
    }))
    Object.assign(options, optionsWithin('4', answers['4']))
    options.segments = rowChoices(answers['4'], 'segmentos', 'lista', 'nombre')
  }
  return options
}

/** What a form offers of itself while it is being written: the segments of step 4 name the sectors above them. */
export function optionsWithin(code: StepCode, answers: Answers): ReferenceOptions {
  return code === '4' ? { sectors: rowChoices(answers, 'sectores', 'lista', 'nombre') } : {}
}

function rowChoices(answers: Answers, group: string, list: string, label: string): Choice[] {
  return rowsOf(answers, group, list).map((row, i) => ({
    code: row.id,
    label: textOf(row[label]) || unnamedRow(i + 1),
  }))
}
