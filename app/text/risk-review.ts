import type { Harm } from '../../domain/risk-answers.ts'
import { formatDay, formatInstant, formatNumber } from './format.ts'
import { lowered } from './letters.ts'
import { treatmentText } from './risk-treatment.ts'

const harms = { economic: 'Económico', reputational: 'Reputacional' } satisfies Record<Harm, string>

/** A risk as it is read over before it is registered: how it is worded, where it stands and why, and what comes next. */
export const riskReviewText = {
  title: 'Revise el riesgo antes de registrarlo',
  titleAgain: (code: string) => `Revise la valoración del riesgo ${code}`,
  state: 'Todavía no se ha guardado nada. Lea cómo queda y regístrelo, o vuelva a corregirlo.',
  wordingTitle: 'Cómo queda redactado',
  wording: 'Redacción del riesgo',
  wordingByTemplate: 'Es la de su metodología, armada con lo que usted escribió. Puede cambiarla aquí.',
  wordingByHand: (template: string) =>
    `Es una redacción propia. La de la guía sería: «${template}». Para usarla, borre este texto.`,
  placeTitle: 'Dónde queda antes de los controles',
  probability: 'Probabilidad',
  impact: 'Impacto',
  zone: 'Zona inherente',
  percent: (percent: string) => `${percent}\u00a0%`,
  rank: (at: number, of: number) => `Zona ${at} de ${of}, de la más leve a la más grave.`,
  byTimes: (times: number, words: string) =>
    `${times === 1 ? '1 vez al año' : `${formatNumber(times)} veces al año`}. ${words}.`,
  byWords: (words: string) => `${words}.`,
  byHarm: (harm: Harm, level: string, words: string) => `${harms[harm]}: ${level} (${lowered(words)}).`,
  higher: 'Cuenta el más alto de los dos.',
  byQuestions: (yes: number, all: number, words: string) =>
    `${yes === 1 ? 'Una respuesta afirmativa' : `${formatNumber(yes)} respuestas afirmativas`} de ${all}. ${words}.`,
  byDecisive: (question: string) => `Una respuesta afirmativa basta para el nivel más alto: «${question}».`,
  byMatrix: (probability: string, impact: string) =>
    `Es la casilla de probabilidad ${probability} con impacto ${impact} en la matriz.`,
  mapCaption: (methodology: string) => `Dónde queda en la matriz de ${methodology}`,
  left: (controls: number, place: string) =>
    `Con lo que ${controls === 1 ? 'su control demuestra' : `sus ${controls} controles demuestran`} hoy, queda en ${place}.`,
  nextTitle: 'Qué sigue',
  appetite: treatmentText.appetite,
  next: {
    controls: 'Después de registrarlo, agregue los controles que lo reducen.',
    decide: (owner: string, days: number) =>
      `Se le pide a ${owner} decidir qué se hace con él en ${days} días hábiles.`,
    confirm: (owner: string, days: number) =>
      `Se le pide a ${owner} confirmar en ${days} días hábiles si lo decidido antes sigue siendo lo que conviene.`,
    plan: 'Se reduce y su plan no tiene actividades: agregue al menos una.',
    tolerated: 'Puede quedar como está mientras se revisa.',
    acceptance: 'La aceptación pedida o vigente vence al registrar esta valoración.',
    override: 'El residual escrito a mano vence al registrar esta valoración.',
    review: (day: string) => `Su próxima revisión vence el ${formatDay(day)}.`,
  },
  changed: {
    sentence: ({ position, assessedAt, reason }: { position: string; assessedAt: Date; reason: string | null }) =>
      `${position} valoró este riesgo el ${formatInstant(assessedAt)}, mientras usted escribía.${reason ? ` Su motivo: «${reason}».` : ''}`,
    intro:
      'En esto difiere lo que quedó registrado de lo que usted escribió, que sigue en el formulario. Ajústelo y vuelva a revisarlo.',
    same: 'Lo que quedó registrado dice lo mismo que usted escribió: no hace falta registrarlo otra vez.',
    stands: (value: string) => `Quedó registrado: ${value || 'nada'}`,
    typed: (value: string) => `Usted escribió: ${value || 'nada'}`,
    open: (code: string) => `Abrir el riesgo ${code}`,
  },
  saidTitle: 'Lo que usted escribió',
  submit: 'Registrar el riesgo',
  submitAgain: 'Registrar la valoración',
  back: 'Volver y corregir',
}
