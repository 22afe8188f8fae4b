/** How what is demonstrated of a risk moved: one sentence in the inbox, on its pages, in the mail and in the record (D7, N4). */
import { STANDING_CAUSES, type StandingCause, type Turn } from '../../domain/standing-moves.ts'
import { formatDay } from './format.ts'
import { riskText } from './risks.ts'

/** Percents as they are stored and the name of the zone; null for what is not known. */
export interface MovedPlaces {
  before: { p: string | null; i: string | null; zone: string | null }
  after: { p: string | null; i: string | null; zone: string | null }
}

interface MovedBy {
  cause: StandingCause
  /** Code of the control, where it is by one. */
  control: string | null
}

const BY: Record<StandingCause, (control: string) => string> = {
  evidence: (control) => `por la evidencia del control ${control}`,
  control_added: (control) => `al agregarse el control ${control}`,
  control_retired: (control) => `al retirarse el control ${control}`,
  reassessed: () => 'por una nueva valoración',
  moved: () => 'al pasar a otra metodología',
  overwritten: () => 'por el residual que se escribió a mano',
  override_withdrawn: () => 'al quitarse el residual escrito a mano',
}

export const turnText: Record<Exclude<Turn, 'stays'>, string> = { rises: 'subió', falls: 'bajó' }

export const isStandingCause = (code: unknown): code is StandingCause => STANDING_CAUSES.some((one) => one === code)

export const causeText = ({ cause, control }: MovedBy) => BY[cause](control ?? '')

/** `probabilidad de 30 % a 60 %; zona Alto, la misma`. */
export function placesText({ before, after }: MovedPlaces): string {
  return [
    axisText('probabilidad', before.p, after.p),
    axisText('impacto', before.i, after.i),
    zoneText(before.zone, after.zone),
  ]
    .filter((one) => one !== null)
    .join('; ')
}

function axisText(axis: string, before: string | null, after: string | null): string | null {
  if (before === null || after === null || Number(before) === Number(after)) return null
  const [from, to] = [riskText.percent(before), riskText.percent(after)]
  // As they are shown both may read the same.
  return from === to
    ? `${axis} de ${before.replace('.', ',')} % a ${after.replace('.', ',')} %`
    : `${axis} de ${from} a ${to}`
}

function zoneText(before: string | null, after: string | null): string | null {
  if (after === null) return null
  if (before === null) return `zona ${after}`
  return before === after ? `zona ${after}, la misma` : `zona de ${before} a ${after}`
}

/** The residual of a risk that rose, and what its owner says. */
export const riseText = {
  title: 'Residual demostrado que subió',
  line: (alert: MovedPlaces & MovedBy & { risk: string; raisedOn: string }) =>
    `El residual demostrado del riesgo ${alert.risk} subió el ${formatDay(alert.raisedOn)} (${placesText(alert)}), ${causeText(alert)}.`,
  open: 'Responder',
  openOf: (risk: string) => `Responder por el riesgo ${risk}`,
  answerTitle: (risk: string) => `Qué va a hacer con el riesgo ${risk}`,
  crumb: 'Respuesta',
  over: 'No hay nada que responder: el residual demostrado de este riesgo no ha subido, volvió a donde estaba o ya se respondió.',
  answer: 'Qué va a hacer',
  answerHelp: 'Por ejemplo: cuándo se aporta la evidencia que falta, o qué otro control se agrega.',
  submit: 'Registrar la respuesta',
  done: 'La respuesta quedó registrada.',
}
