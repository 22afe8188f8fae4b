import type { StepStatus } from '../../domain/cycle-state.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { formatDate, formatDay, formatDaysLeft, formatInstant } from './format.ts'

/** Ejercicios: list, new one, one of them. */
export const cyclesText = {
  disposals: 'Disposición final de los ejercicios terminados',
  title: 'Ejercicios',
  intro: 'Cada ejercicio recorre los siete pasos del procedimiento, desde los objetivos hasta los datos publicados.',
  new: 'Iniciar un ejercicio',
  caption: 'Ejercicios de caracterización por vigencia',
  columns: { name: 'Ejercicio', vigencia: 'Vigencia', state: 'Estado', progress: 'Avance', next: 'Próximo plazo' },
  vigencia: 'Vigencia',
  all: 'Todas',
  progress: (approved: number, total: number) => `${approved}/${total}`,
  progressLong: (approved: number, total: number) => `${approved} de ${total} pasos aprobados`,
  current: (code: string, words: string) => `Paso ${code}: ${words.toLowerCase()}`,
  due: (day: string, left: number) => `${formatDate(day)}, ${formatDaysLeft(left)}`,
  noDue: 'Sin plazo en curso',
  empty: {
    title: 'Todavía no hay ejercicios',
    message:
      'Un ejercicio de caracterización es un recorrido por los siete pasos del procedimiento. Lo inicia la oficina que lidera el procedimiento.',
  },
  noneInVigencia: 'No hay ejercicios de esta vigencia.',
}

export const newCycleText = {
  title: 'Iniciar un ejercicio',
  state:
    'Al iniciarlo se abre el paso 1 para quien lo elabora y empieza a correr su plazo. El ejercicio queda atado a la versión del procedimiento que elija.',
  notAllowed: 'No puede iniciar un ejercicio con este cargo',
  procedure: 'Procedimiento',
  procedureOption: (code: string, version: number, title: string) => `${code} v${version} · ${title}`,
  choose: 'Elija una opción',
  name: 'Nombre del ejercicio',
  nameHelp: 'Por ejemplo: Caracterización de ciudadanos y grupos de valor 2026.',
  vigencia: 'Vigencia',
  vigenciaHelp: 'Año al que corresponde, por ejemplo 2026.',
  radicado: 'Número de radicado',
  radicadoHelp: 'Por ejemplo 202441730100001504.',
  trd: 'Serie documental (TRD)',
  trdHelp: 'Por ejemplo 4173.010.22.2.',
  act: 'Acto administrativo (opcional)',
  actHelp: 'Si hay un acto que ordena el ejercicio: tipo, número y fecha.',
  submit: 'Iniciar el ejercicio',
  cancel: 'Cancelar',
}

const WAITS: Record<StepStatus, string> = {
  not_started: 'está por abrirse',
  in_progress: 'espera que lo elabore',
  in_review: 'espera la revisión de',
  in_approval: 'espera la decisión de',
  returned: 'fue devuelto; espera que lo corrija',
  approved: 'está aprobado',
  lapsed: 'venció por un cambio; se abre de nuevo cuando le llegue el turno',
  cancelled: 'fue cancelado',
}

export interface Waiting {
  code: StepCode
  status: StepStatus
  /** What the entity calls the duties that act now. */
  hands: string[]
  dueDate: string | null
  daysLeft: number | null
}

export const cycleText = {
  /** «El paso 3 espera la decisión de Dirección TIC; vence el miércoles 26 de agosto de 2026, faltan 4 días hábiles.» */
  state: (waiting: Waiting) => `El paso ${waiting.code} ${waitsFor(waiting)}${until(waiting)}.`,
  unissued: {
    report_refused:
      'El informe aprobado en el paso 6 no se emitió: junto con lo ya publicado dejaría ver a menos personas que el umbral. Solicite reabrir el paso 4 para quitar las figuras o los segmentos que lo causan, o espere a un corte en el que cambien más registros.',
    report_unproven:
      'El informe aprobado en el paso 6 no se emitió: en cinco intentos no se alcanzó a comprobar que sus cifras no dejen ver a muy pocas personas. Solicite reabrir el paso 6 y apruébelo de nuevo; si vuelve a ocurrir, quite figuras o segmentos en el paso 4.',
  },
  releaseHeld:
    'El paso 7 está aprobado, pero su publicación quedó retenida cuando iba a salir. Quien elabora el paso 7 la prepara de nuevo.',
  seeHeld: 'Ver por qué y preparar de nuevo',
  requested: 'La solicitud está en trámite: el ejercicio se abre por sí solo en cuanto quede registrado.',
  refused: 'La solicitud de inicio no se pudo registrar. Puede iniciar otro ejercicio.',
  closed: (at: Date) => `El ejercicio terminó el ${formatInstant(at)}: los siete pasos quedaron aprobados.`,
  cancelled: (at: Date) => `El ejercicio se canceló el ${formatInstant(at)}. Lo aprobado hasta entonces se conserva.`,
  facts: {
    title: 'Datos del ejercicio',
    vigencia: 'Vigencia',
    radicado: 'Radicado',
    trd: 'Serie documental (TRD)',
    act: 'Acto administrativo',
    procedure: 'Procedimiento',
    requested: 'Lo inició',
    requestedBy: (name: string, at: Date) => `${name}, el ${formatInstant(at)}`,
    none: 'No tiene',
  },
  steps: 'Pasos',
  goTo: (code: string) => `Ir al paso ${code}`,
  goDecide: (code: string) => `Revisar y decidir el paso ${code}`,
  goReopening: (code: string) => `Decidir la reapertura del paso ${code}`,
  nothingForYou: 'Ahora no hay nada que espere por su cargo en este ejercicio.',
  timeline: 'Historia',
  timelineIntro: 'Todo lo que ha pasado en este ejercicio, de lo más reciente a lo más antiguo.',
  dataWork: 'Datos del ejercicio',
  documents: 'Documentos firmados',
  report: 'Informe: secciones y descargas',
  noDocuments: 'El informe firmado aparece aquí cuando se apruebe el paso 6.',
  issued: (at: Date) => `Emitido el ${formatInstant(at)}`,
  files: 'Archivos',
  noFiles: 'Ningún paso tiene archivos.',
  cancel: 'Cancelar el ejercicio',
}

export const stepLineText = {
  /** Who unlocks it: the step before, and whoever has the one the cycle is at. */
  locked: (before: string, now: string, duties: string) => {
    const hands = duties ? `, en manos de ${duties}` : ''
    return before === now
      ? `Se abre cuando se apruebe el paso ${now}${hands}.`
      : `Se abre cuando se apruebe el paso ${before}. Ahora va el paso ${now}${hands}.`
  },
  opening: 'Se abre en unos segundos.',
  elaborating: (hands: string[]) => `Lo elabora ${listed(hands, 'o')}`,
  returned: (hands: string[]) => `Devuelto con observaciones; lo corrige ${listed(hands, 'o')}`,
  reviewing: (hands: string[]) => `${hands.length > 1 ? 'Lo revisan' : 'Lo revisa'} ${listed(hands)}`,
  deciding: (hands: string[]) => `${hands.length > 1 ? 'Lo deciden' : 'Lo decide'} ${listed(hands)}`,
  approved: (by: string, consent: string, at: Date | string) =>
    `Aprobado por ${by}${consent && `, con visto bueno de ${consent},`} el ${formatInstant(at)}.`,
  lapsed: (by: string | null) =>
    by
      ? `Su aprobación venció porque se reabrió el paso ${by}.`
      : 'Su contenido venció por un cambio en un paso anterior.',
  cancelled: 'Se canceló con el ejercicio.',
  until: (day: string, left: number) => `; vence el ${formatDay(day)}, ${formatDaysLeft(left)}.`,
}

export const cancelText = {
  title: 'Cancelar el ejercicio',
  state: 'Es definitivo: un ejercicio cancelado no se vuelve a abrir.',
  effects: 'Qué pasa al cancelar',
  effectList: [
    'Los pasos que no están aprobados quedan cancelados.',
    'Las tareas, los plazos y los recordatorios pendientes dejan de correr.',
    'Lo aprobado, las firmas y la historia se conservan.',
  ],
  openSteps: (codes: string[]) => `Quedan cancelados: ${codes.map((code) => `paso ${code}`).join(', ')}.`,
  reason: 'Motivo de la cancelación',
  submit: 'Cancelar el ejercicio',
  back: 'Volver sin cancelar',
  notAllowed: 'No puede cancelar este ejercicio',
}

function waitsFor({ code, status, hands }: Waiting): string {
  if (status === 'not_started')
    return code === '7' ? `${WAITS.not_started}: se está emitiendo el informe` : WAITS[status]
  // Any author may do the work; reviewers and deciders all have to.
  const names = listed(hands, status === 'in_progress' || status === 'returned' ? 'o' : 'y')
  return names ? `${WAITS[status]} ${names}` : WAITS[status]
}

function until({ dueDate, daysLeft }: Waiting): string {
  return dueDate === null || daysLeft === null ? '' : `; vence el ${formatDay(dueDate)}, ${formatDaysLeft(daysLeft)}`
}

/** «Uno, dos y tres». */
export function listed(names: string[], word: 'y' | 'o' = 'y'): string {
  const last = names.at(-1) ?? ''
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} ${word} ${last}` : last
}
