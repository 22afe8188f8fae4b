import path from 'node:path'
import type { Trx } from '../../db/client.ts'
import { emitPublicFigures, type FigureGrounds, findFigureGrounds, groundsOn } from '../../db/public-figures.ts'
import type { StepContext } from '../../db/step-context.ts'
import { findStepVersion } from '../../db/step-versions.ts'
import type { ChartKind } from '../../documents/figures.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { figuresOf } from '../../domain/figures.ts'
import { type Answers, answerList, rowsOf, textOf } from '../../domain/forms.ts'
import { variablesOf } from '../../domain/variables.ts'
import type { AppContext } from '../context.server.ts'
import { type FigureView, figureView } from './figure-view.server.ts'

/** What the figures of a step are computed from; the rest needs no transaction. */
export interface StepFigureGrounds extends FigureGrounds {
  /** Chart and title by figure, where the step's answers say them. */
  shown: Map<string, { chart?: ChartKind; title?: string }>
}

/**
 * The figures that steps 4, 5 and 6 are about, as their answers stand: requested in 4, read variable by objective in 5
 * (histogram or circle, MM-GAC-P-008 v2, actividad 5), placed in the report in 6. Null for every other step.
 */
export async function findStepFigures(trx: Trx, step: StepContext): Promise<StepFigureGrounds | null> {
  const cycleId = step.cycle.state.id
  if (step.code !== '4' && step.code !== '5' && step.code !== '6') return null
  const answers = await standingAnswers(trx, step)
  if (step.code === '4') {
    const asked = { requested: figuresOf(answers), variables: variablesOf(step.upstream['2']) }
    return { ...(await groundsOn(trx, cycleId, { ...asked, hashes: step.inputs.snapshots })), shown: new Map() }
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

function readings(grounds: FigureGrounds, answers: Answers, { options }: StepContext): StepFigureGrounds {
  const rows = rowsOf(answers, 'lecturas', 'lista').filter((row) => textOf(row.variable) !== '')
  const requested = rows.map((row) => ({
    ...{ id: row.id, kind: 'count' as const, variable: textOf(row.variable), cross: null, filter: null },
  }))
  const nameOf = (list: readonly { code: string; label: string }[] | undefined, code: string) =>
    list?.find((one) => one.code === code)?.label
  const shown = new Map(
    rows.map((row) => {
      const names = [
        nameOf(options.variables, textOf(row.variable)) ?? textOf(row.variable),
        nameOf(options.objectives, textOf(row.objetivo)),
      ]
      const chart: ChartKind = textOf(row.grafica) === 'circular' ? 'pie' : 'bar'
      return [row.id, { chart, title: names.filter(Boolean).join('. ') }]
    }),
  )
  return { ...grounds, requested, shown }
}

function placed(grounds: FigureGrounds, answers: Answers, { definition }: StepContext): StepFigureGrounds {
  const chosen = new Set(definition.groups.flatMap(({ code }) => answerList(answers, code, 'figuras')))
  return { ...grounds, requested: grounds.requested.filter(({ id }) => chosen.has(id)), shown: new Map() }
}

/** At level `publico`, since not everyone who decides on the step may analyse its source (model.md §7). */
export async function stepFigures(context: AppContext, grounds: StepFigureGrounds | null): Promise<FigureView[]> {
  if (!grounds) return []
  const figures = await emitPublicFigures(path.resolve(context.config.DATA_DIR), grounds)
  return figures.flatMap(({ id, title, kind, table, sourceName }) => {
    if (!table) return []
    const { shown } = grounds
    const chart = shown.get(id)?.chart ?? (kind === 'cross' ? 'stacked' : 'bar')
    return [figureView(table, { id, title: shown.get(id)?.title ?? title, chart, sourceName })]
  })
}
