/** The steps of an exercise that has the columns of the messy files only, made from the demonstration's answers. */
import { saveDraft } from '../../app/commands/save-draft.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { rows, variable } from '../../catalog/demo/answer-rows.ts'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { withActor } from '../../db/client.ts'
import { findStepContext, type StepContext } from '../../db/step-context.ts'
import { type Answers, type Row, rowsOf, textOf } from '../../domain/forms.ts'
import type { StepCode } from '../../domain/procedures.ts'
import * as acts from '../../scripts/demonstration/acts.ts'

export const DATASET = 'Atención a la ciudadanía según registros y encuestas, 2024'

export interface Sources {
  register: string
  survey: string
}

export interface Place {
  entityId: string
  cycleId: string
}

/** What the office writes in a step, kept as its draft. */
export async function writeDraft(
  context: AppContext,
  { entityId, cycleId }: Place,
  code: StepCode,
  sources: Sources,
): Promise<{ rev: number }> {
  const author = await acts.actorOf(context, entityId, 'profesional_ogac')
  const step = await withActor(context.db, author, (trx) => findStepContext(trx, cycleId, code))
  if (!step) throw new Error(`step ${code} is not there`)
  const whole = completeAnswers(code, { source: sources.register, municipality: 'Santiago de Cali' })
  const answers = EDITS[code]?.(whole, sources, step) ?? whole
  const saved = await saveDraft(context, author, { cycleId, stepCode: code, rev: step.draft.rev, answers })
  if (!saved.saved) throw new Error(`the draft of step ${code} was not saved`)
  return saved
}

type Edit = (whole: Answers, sources: Sources, step: StepContext) => Answers

const USED = ['canal', 'zona', 'tipo_comunicacion', 'grupo_etario']
const isUsed = (row: Row) => USED.includes(textOf(row.variable))

const EDITS: Partial<Record<StepCode, Edit>> = {
  '2': (whole) => {
    const rating = variable('calificacion', 'Por calificación', ['o1'], 'Saber cómo se percibe la atención.')
    return withList(whole, 'variables', [...listed(whole, 'variables').filter(isUsed), ...rows('c', [rating])])
  },
  '3': (whole, { survey }) => {
    const used = rows('e', [{ fuente: survey, uso: 'Calificación de la atención al salir del punto.' }])
    const attended = (row: Row) => ({ ...row, meta: '2.000', atendidos: row.atendidos === '' ? '' : '2.400' })
    const applied = withList(whole, 'mecanismos', listed(whole, 'mecanismos').map(attended))
    return withList(applied, 'fuentes', [...listed(whole, 'fuentes'), ...used])
  },
  // The crosses come from the analysis.
  '4': (whole) => {
    const counts = listed(whole, 'figuras').filter((row) => isUsed(row) && row.tipo === 'conteo')
    return withList(whole, 'figuras', [...counts, { ...counts[0], variable: 'calificacion', id: 'gc' } as Row])
  },
  '5': (whole) => {
    const rating = { variable: 'calificacion', objetivo: 'o1', grafica: 'circular', texto: 'La mayoría califica bien.' }
    const read = withList(whole, 'lecturas', [...listed(whole, 'lecturas').filter(isUsed), ...rows('c', [rating])])
    const texto = 'El uso de cada canal es parecido en la zona urbana y en la rural, y en todos los grupos de edad.'
    return { ...read, cruces: { ...read.cruces, texto } }
  },
  // The report begins with what the steps before say.
  '6': (whole, _sources, { draft, upstream }) => ({
    ...draft.answers,
    resultados: { ...draft.answers.resultados, figuras: figures(upstream['4'], 'conteo').map(({ id }) => id) },
    cruces: { ...draft.answers.cruces, figuras: figures(upstream['4'], 'cruce').map(({ id }) => id) },
    recomendaciones: whole.recomendaciones ?? {},
  }),
  '7': (whole, _sources, { upstream }) => {
    const crosses = figures(upstream['4'], 'cruce').map((row) => ({ figura: row.id, titulo: textOf(row.nombre) }))
    const files = rows('a', [{ figura: 'g3', titulo: 'Registros por canal' }, ...crosses])
    return { ...withList(whole, 'archivos', files), conjunto: { ...whole.conjunto, titulo: DATASET } }
  },
}

const listed = (answers: Answers | undefined, group: string) => rowsOf(answers, group, 'lista')
const figures = (answers: Answers | undefined, kind: string) =>
  listed(answers, 'figuras').filter(({ tipo }) => tipo === kind)
const withList = (answers: Answers, group: string, lista: Row[]): Answers => ({
  ...answers,
  [group]: { ...answers[group], lista },
})
