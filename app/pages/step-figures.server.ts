import path from 'node:path'
import type { Trx } from '../../db/client.ts'
import {
  emitPublicFigures,
  type FigureGrounds,
  findFigureGrounds,
  groundsOn,
  type PublicFigure,
} from '../../db/public-figures.ts'
import type { StepContext } from '../../db/step-context.ts'
import { findStepVersion } from '../../db/step-versions.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { chartFor, figuresOf, type RequestedFigure } from '../../domain/figures.ts'
import { type Answers, answerList, rowsOf, textOf } from '../../domain/forms.ts'
import { segmentsOf } from '../../domain/segments.ts'
import { variablesOf } from '../../domain/variables.ts'
import type { AppContext } from '../context.server.ts'
import { type FigureView, figureView } from './figure-view.server.ts'

/**
 * The figures that steps 4, 5 and 6 are about, as their answers stand: requested in 4, read variable by objective in 5
 * (histogram or circle, MM-GAC-P-008 v2, actividad 5), placed in the report in 6. Null for every other step.
 */
export async function findStepFigures(trx: Trx, step: StepContext): Promise<FigureGrounds | null> {
  const cycleId = step.cycle.state.id
  if (step.code !== '4' && step.code !== '5' && step.code !== '6') return null
  const answers = await standingAnswers(trx, step)
  if (step.code === '4') {
    const asked = {
      requested: figuresOf(answers),
      variables: variablesOf(step.upstream['2']),
      segments: segmentsOf(answers),
    }
    return await groundsOn(trx, cycleId, { ...asked, hashes: step.inputs.snapshots })
  }
  const grounds = await findFigureGrounds(trx, cycleId)
  return step.code === '5' ? readings(grounds, answers, step) : placed(grounds, answers, step)
}

/** What was submitted, or the draft while nothing is. */
async function standingAnswers(trx: Trx, { cycle, code, draft }: StepContext): Promise<Answers> {
  const { status, version } = stepOf(cycle.state, code)
  const isDraft = status === 'in_progress' || status === 'returned'
  const frozen = !isDraft && version ? await findStepVersion(trx, cycle.state.id, version.id) : undefined
  return frozen?.answers ?? draft.answers
}

function readings(grounds: FigureGrounds, answers: Answers, { options }: StepContext): FigureGrounds {
  const rows = rowsOf(answers, 'lecturas', 'lista').filter((row) => textOf(row.variable) !== '')
  const nameOf = (list: readonly { code: string; label: string }[] | undefined, code: string) =>
    list?.find((one) => one.code === code)?.label
  const requested = rows.map((row): RequestedFigure => {
    const variable = textOf(row.variable)
    const names = [nameOf(options.variables, variable) ?? variable, nameOf(options.objectives, textOf(row.objetivo))]
    const chart = chartFor({ kind: 'count', chart: null }, textOf(row.grafica))
    return {
      ...{ id: row.id, kind: 'count', variable, cross: null, layers: null, filter: null, map: null, base: null },
      ...{ chart, name: names.filter(Boolean).join('. ') },
    }
  })
  return { ...grounds, requested }
}

function placed(grounds: FigureGrounds, answers: Answers, { definition }: StepContext): FigureGrounds {
  const chosen = new Set(definition.groups.flatMap(({ code }) => answerList(answers, code, 'figuras')))
  return { ...grounds, requested: grounds.requested.filter(({ id }) => chosen.has(id)) }
}

/** At level `publico`, since not everyone who decides on the step may analyse its source (model.md §7). */
export async function stepFigures(context: AppContext, grounds: FigureGrounds | null): Promise<FigureView[]> {
  if (!grounds) return []
  const figures = await emitPublicFigures(path.resolve(context.config.DATA_DIR), grounds)
  const labelOf = (code: string) => grounds.variables.find((one) => one.code === code)?.label ?? code
  return figures.flatMap((figure) => figureViewOf(figure, labelOf) ?? [])
}

function figureViewOf(asked: PublicFigure, labelOf: (variable: string) => string): FigureView | null {
  const { id, title, table, sourceName, base, figure } = asked
  const drawing = { chart: chartFor(asked), base, map: figure?.map }
  return table && figureView(table, { id, title, ...drawing, sourceName, labelOf })
}
