import {
  type CampaignKind,
  type CampaignStatus,
  type OnSilence,
  type Outcome,
  type OutcomeBy,
  type ReviewVerdict,
  UNUSED_DAYS,
} from '../../domain/campaigns.ts'
import type { ReviewCalendar, TurnOutcome } from '../../domain/review-calendar.ts'
import type { ReviewCause } from '../../domain/review-causes.ts'
import { QUALITY, type QualityGrade, type ReviewQuality } from '../../domain/review-quality.ts'
import {
  formatDate,
  formatDay,
  formatDayOf,
  formatDaysLeft,
  formatInstant,
  formatNumber,
  MONTH_NAMES,
} from './format.ts'

export const campaignStateText = {
  filed: 'En trámite',
  open: 'Abierta',
  closing: 'Ejecutándose',
  closed: 'Cerrada',
  refused: 'No admitida',
} satisfies Record<CampaignStatus, string>

export const onSilenceText = {
  retire: 'Se retiran',
  suspend: 'Se inhabilitan',
  keep: 'Siguen como están',
} satisfies Record<OnSilence, string>

export const reviewVerdictText = {
  confirm: 'Confirmar',
  modify: 'Modificar',
  retire: 'Retirar',
} satisfies Record<ReviewVerdict, string>

const ANSWERED: Record<ReviewVerdict, string> = {
  confirm: 'sigue igual',
  modify: 'sigue con menos días',
  retire: 'se retira',
}

export const outcomeText = {
  kept: 'Sigue',
  changed: 'Con cambios',
  retired: 'Retirado',
  suspended: 'Inhabilitado',
} satisfies Record<Outcome, string>

export const outcomeByText = {
  answer: 'Por la respuesta',
  silence: 'Nadie respondió',
  nobody: 'Nadie podía revisarlo',
} satisfies Record<OutcomeBy, string>

/** How much thought a review shows (C9, N3). */
export const qualityText = {
  high: 'Alta',
  medium: 'Media',
  low: 'Baja',
} satisfies Record<QualityGrade, string>

export const reviewCauseText = {
  transfer: 'Traslado de organismo',
  contract_end: 'Fin de la vinculación',
  unused: '60 días sin uso',
  odd_hours: 'Ingreso fuera de horario',
} satisfies Record<ReviewCause, string>

/** Why the review of a vigencia did, or did not, open by itself. */
export const turnOutcomeText = {
  opened: 'se abrió',
  under_review: 'ya estaba en revisión',
  reviewed: 'ya se había revisado',
  nothing: 'no había accesos por recertificar',
} satisfies Record<TurnOutcome, string>

const accesses = (n: number) => (n === 1 ? 'un acceso' : `${formatNumber(n)} accesos`)
const people = (n: number) => (n === 1 ? 'una persona' : `${formatNumber(n)} personas`)

/** `/accesos/campanas`. */
export const campaignsText = {
  title: 'Revisiones de accesos',
  intro:
    'Cada vigencia, quien dirige cada organismo dice qué accesos siguen. Los que nadie confirme se terminan: el silencio no renueva.',
  caption: 'Revisiones, primero la última que se abrió',
  columns: {
    code: 'Código',
    about: 'Sobre',
    dueOn: 'Hasta',
    answered: 'Respondidos',
    ended: 'Terminados',
    status: 'Estado',
  },
  open: (code: string) => `Abrir la revisión ${code}`,
  kind: (kind: CampaignKind, vigencia: number, cause: ReviewCause | null) =>
    kind === 'yearly' ? `Vigencia ${vigencia}` : `Una persona: ${cause ? reviewCauseText[cause].toLowerCase() : ''}`,
  ofCases: (answered: number, cases: number) => `${formatNumber(answered)} de ${formatNumber(cases)}`,
  emptyTitle: 'Todavía no hay revisiones de accesos',
  empty: 'La oficina que lidera el proceso abre una aquí para la vigencia.',
  toList: 'Ver los accesos',
  newTitle: 'Abrir una revisión',
  newIntro: 'Entran todos los accesos aprobados de la vigencia. A cada persona se le avisa.',
  vigencia: 'Vigencia de los accesos',
  workingDays: 'Días hábiles para responder',
  workingDaysHelp: 'De 3 a 60. A quien revisa se le recuerda 5 y 2 días hábiles antes, y a su superior un día antes.',
  onSilence: 'Los accesos que nadie responda',
  onSilenceHelp: 'Los que nadie pueda revisar se retiran siempre.',
  submit: 'Abrir la revisión',
  underReview: (vigencia: number) => `La vigencia ${vigencia} ya está en revisión. Siga con`,
  done: {
    calendario: 'La apertura automática quedó como usted dijo. Rige en menos de un minuto.',
  },
}

function inPosition(name: string, position: string): string {
  return name === position ? position : `${name} (${position})`
}

/** When reviews open by themselves, on `/accesos/campanas`. */
export const reviewCalendarText = {
  title: 'Apertura automática',
  next: (day: string) => `La próxima revisión de una vigencia se abre sola el ${formatDay(day)}.`,
  off: 'La revisión de cada vigencia no se abre sola: hay que abrirla aquí.',
  last: (day: string, outcome: TurnOutcome) =>
    `El ${formatDay(day)} ${outcome === 'opened' ? 'se abrió' : `no se abrió: ${turnOutcomeText[outcome]}`}.`,
  singles:
    'Cada mañana se abre una revisión de los accesos de la persona que se trasladó, dejó un cargo, ingresó fuera de horario o lleva 60 días sin uso.',
  singlesOff: 'Las revisiones de una sola persona no se abren solas.',
  changed: (by: string, position: string, at: Date | string, reason: string) =>
    `Lo cambió ${inPosition(by, position)}, ${formatInstant(at)}: «${reason}»`,
  earlier: 'Cómo estaba antes, primero lo último',
  columns: {
    at: 'Desde',
    by: 'Quién lo dejó así',
    yearly: 'Revisión de cada vigencia',
    terms: 'Plazo y silencio',
    singles: 'De una persona',
    reason: 'Por qué',
  },
  who: inPosition,
  yearlyOf: ({ yearly, month, day }: ReviewCalendar) =>
    yearly ? `Se abre sola cada ${day} de ${MONTH_NAMES[month - 1]}` : 'No se abre sola',
  termsOf: ({ workingDays, onSilence }: ReviewCalendar) =>
    `${formatNumber(workingDays)} días hábiles; los que nadie responda: ${onSilenceText[onSilence].toLowerCase()}`,
  isOn: (on: boolean) => (on ? 'Se abre sola' : 'No se abre sola'),
  change: 'Cambiar la apertura automática',
  what: 'Qué se abre solo',
  yearly: 'La revisión de cada vigencia',
  oneByOne: 'La revisión de los accesos de una persona, cuando algo pasa',
  month: 'Mes',
  day: 'Día',
  dayHelp: 'Del 1 al 28, cada año.',
  reason: 'Por qué cambia',
  submit: 'Guardar la apertura automática',
}

/** `/accesos/campanas/:campana`. */
export const campaignText = {
  title: (code: string) => `Revisión de accesos ${code}`,
  states: {
    filed: () => 'La apertura está en trámite: se registra sola en unos segundos.',
    open: (dueOn: string, daysLeft: number, answered: number, cases: number) =>
      `Quien dirige cada organismo responde hasta el ${formatDay(dueOn)}: ${formatDaysLeft(daysLeft)}. Hay respuesta para ${formatNumber(answered)} de ${formatNumber(cases)}. Al terminar el plazo se cierra sola.`,
    closing: () => 'Nadie responde ya. Se están terminando los accesos que no siguen; tarda unos segundos.',
    closed: (ended: number) =>
      `Está ejecutada: ${ended === 1 ? 'terminó' : 'terminaron'} ${accesses(ended)}. Lo que quedó decidido no cambia.`,
    refused: () => 'No se admitió: quien la abrió ya no ejercía el cargo.',
  },
  facts: {
    about: 'Sobre',
    opened: 'Abierta',
    due: 'Plazo',
    onSilence: 'Sin respuesta',
    answered: 'Respondidos',
    quality: 'Calidad de la revisión',
    qualityHow: 'Cómo se calcula',
    counts: 'Resultado',
    unassigned: 'Sin quién revise',
    left: 'Salieron',
    closed: 'Cerrada',
    executed: 'Ejecutada',
    ticket: 'Caso MARI',
    evidence: 'Huella de la evidencia',
  },
  byCalendar: 'sola, por el calendario',
  byTerm: 'al terminar el plazo',
  at: (at: Date | string, by: string) => `${formatInstant(at)}, ${by}`,
  term: (days: number, dueOn: string) => `${days} días hábiles, hasta el ${formatDay(dueOn)}`,
  counts: (c: { kept: number; changed: number; retired: number; suspended: number; bySilence: number }) =>
    `${formatNumber(c.kept)} siguen, ${formatNumber(c.changed)} con cambios, ${formatNumber(c.retired)} retirados, ${formatNumber(c.suspended)} inhabilitados; ${formatNumber(c.bySilence)} de ellos sin respuesta`,
  quality: ({ grade, points, keeps, hasty, doubtful }: ReviewQuality) =>
    `${qualityText[grade]}, ${points} de 100. De ${keeps === 1 ? 'una respuesta que mantiene' : `${formatNumber(keeps)} respuestas que mantienen`} un acceso, ${formatNumber(hasty)} sin tiempo de leer y ${formatNumber(doubtful)} en duda.${grade === 'low' ? ' Al cierre se abre una incidencia.' : ''}`,
  noQuality: `Sin calificación: menos de ${QUALITY.least} respuestas mantienen un acceso`,
  qualityHow: `Es el promedio de las respuestas que mantienen un acceso. Cada una vale 1; vale 0 si se dio en menos de ${QUALITY.hastyMs / 1000} segundos, y la mitad si se dio en un envío de ${QUALITY.bulk} o más con menos de ${QUALITY.bulkMs / 1000} segundos para cada una, o si el acceso llevaba ${UNUSED_DAYS} días o más sin uso. Alta desde ${QUALITY.high}, media desde ${QUALITY.medium}.`,
  leftOf: (n: number) => `${accesses(n)} que terminó mientras tanto por otra causa`,
  unassignedOf: (n: number) => `${accesses(n)}: al cierre se retiran. Registre quién dirige el organismo.`,
  ticketOf: (ticket: string, on: string, by: string) => `${ticket}, del ${formatDay(on)}. Lo registró ${by}`,
  noTicket: 'Falta registrarlo',
  about: 'De qué se trata',
  progress: 'Avance por quien revisa',
  progressCaption: 'Quién revisa, cuántos accesos y cuántos ha respondido',
  columns: {
    reviewer: 'Quien revisa',
    cases: 'Accesos',
    confirmed: 'Confirmados',
    modified: 'Modificados',
    retired: 'Retirados',
    unanswered: 'Sin respuesta',
    heard: 'Aviso y lectura',
  },
  leads: 'Quien lidera el proceso',
  vacant: 'Cargo vacante hoy',
  told: (at: Date | string | null) => (at ? `Avisado el ${formatDayOf(at)}` : 'Sin aviso todavía'),
  read: (at: Date | string | null) => (at ? `Leída el ${formatDayOf(at)}` : 'Sin leer'),
  openList: (name: string) => `Abrir la lista de ${name}`,
  cases: 'Accesos, antes y después',
  casesCaption: 'Cada acceso de la revisión, con su respuesta y cómo quedó',
  caseColumns: {
    code: 'Acceso',
    person: 'Persona',
    before: 'Antes',
    answer: 'Respuesta',
    outcome: 'Resultado',
    after: 'Después',
  },
  answered: (verdict: ReviewVerdict) => ANSWERED[verdict],
  unanswered: 'Sin respuesta',
  versions: (n: number) => `respuesta n.º ${n}; las anteriores están en la historia del acceso`,
  hasLeft: 'Salió de la revisión',
  until: (day: string) => `hasta ${formatDate(day)}`,
  close: {
    title: 'Cerrar la revisión',
    intro: 'Todos los accesos tienen respuesta. Al cerrar, los que no siguen se terminan en menos de un minuto.',
    wait: (n: number) =>
      `Todavía ${n === 1 ? 'falta una respuesta' : `faltan ${formatNumber(n)} respuestas`}. Se cierra sola al terminar el plazo, o puede cerrarla antes cuando todas estén dadas.`,
    submit: 'Cerrar y ejecutar',
  },
  ticket: {
    title: 'Caso MARI del acto masivo',
    intro:
      'Registre el caso de la mesa de servicio con el que queda soportada la inhabilitación. No se cambia después.',
    number: 'Número del caso',
    numberHelp: 'Por ejemplo 135750.',
    on: 'Fecha del caso',
    submit: 'Registrar el caso',
  },
  history: 'Historia',
  done: {
    abierta: 'La revisión quedó abierta. Se avisa a quienes revisan y a las personas.',
    cerrada: 'La revisión quedó cerrada. Se están terminando los accesos que no siguen.',
    caso: 'El caso quedó registrado.',
    tramite: 'Su acto quedó guardado y está en trámite: se completa solo en unos segundos.',
  },
}

/** `/accesos/revision/:lista`. */
export const reviewText = {
  title: (agency: string | null) => (agency ? `Revisar accesos de ${agency}` : 'Revisar accesos a su cargo'),
  crumb: 'Mi lista',
  state: (h: { unanswered: number; cases: number; dueOn: string | null; daysLeft: number }) =>
    h.unanswered === 0
      ? `Todo tiene respuesta. Puede cambiarla hasta el ${formatDay(h.dueOn ?? '')}.`
      : `${h.unanswered === 1 ? 'Falta' : 'Faltan'} ${formatNumber(h.unanswered)} de ${h.cases === 1 ? 'una respuesta' : `${formatNumber(h.cases)} respuestas`}, hasta el ${formatDay(h.dueOn ?? '')}: ${formatDaysLeft(h.daysLeft)}.`,
  because: (cause: ReviewCause) =>
    `Se revisan los accesos de una persona por este motivo: ${reviewCauseText[cause].toLowerCase()}.`,
  over: 'La revisión ya se cerró y no recibe respuestas.',
  intro: 'Diga de cada acceso si sigue igual, si termina antes o si se retira. Lo que nadie responda no sigue.',
  keys: 'Con el teclado: j y k pasan de un acceso a otro; 1 confirma, 2 modifica, 3 retira.',
  all: 'Todos',
  pending: 'Sin respuesta',
  filterLabel: 'Cuáles se muestran',
  nothingTitle: 'No queda ningún acceso por responder',
  nothing: 'Puede ver todos los de su lista y cambiar una respuesta hasta el cierre.',
  card: (person: string, code: string) => `${person}, acceso ${code}`,
  facts: {
    point: 'Acceso',
    days: 'Fechas',
    origin: 'Origen',
    granted: 'Lo aprobó',
    lastUse: 'Último ingreso',
    captured: 'Registros capturados',
    peers: 'Con el mismo acceso',
    statement: 'Dice la persona',
    answer: 'Su respuesta',
  },
  origin: (radicado: string, on: string, by: string) => `Radicado ${radicado} del ${formatDate(on)}, lo pidió ${by}`,
  grantedOf: (by: string, at: Date | string) => `${by}, ${formatInstant(at)}`,
  notGranted: 'Sin dato',
  lastUseOn: (day: string | null) => (day ? formatDay(day) : 'Nunca ha ingresado'),
  unused: 'Sin uso en 60 días o más',
  capturedOf: (n: number, since: string) =>
    `${n === 0 ? 'Ninguno' : n === 1 ? 'Uno' : formatNumber(n)} desde el ${formatDay(since)}`,
  peersOf: (n: number) => (n === 0 ? 'Nadie más en este punto' : `${people(n)} más en este punto`),
  answerOf: (verdict: ReviewVerdict, by: string, at: string) => `${ANSWERED[verdict]} (${by}, ${formatInstant(at)})`,
  statementOf: (body: string, at: string) => `«${body}» (${formatInstant(at)})`,
  own: 'Este acceso es suyo: lo revisa quien dirige por encima de usted.',
  verdict: 'Respuesta',
  reason: 'Motivo',
  reasonUnused: 'Motivo para que siga, si lleva 60 días o más sin uso',
  change: 'Qué cambia',
  endsOn: 'Hasta, una fecha anterior a la que tiene el acceso',
  submit: 'Enviar respuestas',
  confirmTitle: (n: number) => `Va a enviar ${n === 1 ? 'una respuesta' : `${formatNumber(n)} respuestas`}`,
  confirmOf: (c: Record<ReviewVerdict, number>) =>
    `Confirmar: ${formatNumber(c.confirm)}. Modificar: ${formatNumber(c.modify)}. Retirar: ${formatNumber(c.retire)}. Puede cambiarlas hasta el cierre.`,
  confirm: (n: number) => (n === 1 ? 'Enviar la respuesta' : `Enviar las ${formatNumber(n)} respuestas`),
  done: (n: number) =>
    n === 1 ? 'Quedó registrada una respuesta.' : `Quedaron registradas ${formatNumber(n)} respuestas.`,
  pendingAct: 'Sus respuestas quedaron guardadas y están en trámite: se completan solas en unos segundos.',
  someLeft: (n: number) =>
    n === 1
      ? 'Un acceso no se pudo responder: el motivo está junto a él.'
      : `${formatNumber(n)} accesos no se pudieron responder: el motivo está junto a cada uno.`,
}

/** On the page of an access. */
export const grantReviewText = {
  title: 'Revisión de este acceso',
  state: ({ code, status, dueOn, hasLeft, outcome, by }: ReviewOfGrant) => {
    if (hasLeft) return `La revisión ${code} ya no pregunta por este acceso.`
    if (outcome && by) return `Revisión ${code}: ${outcomeText[outcome].toLowerCase()}. ${outcomeByText[by]}.`
    if (status === 'open')
      return `Por recertificar: la revisión ${code} pregunta a quien dirige el organismo si debe seguir, hasta el ${formatDay(dueOn ?? '')}. Sin respuesta no sigue.`
    return `La revisión ${code} se está ejecutando.`
  },
  statement: 'Su declaración para quien revisa',
  statementHelp: 'Por ejemplo, para qué usa el acceso. La lee quien responde, y queda en la historia.',
  submit: 'Añadir la declaración',
  said: (body: string, at: string) => `Declaración del ${formatInstant(at)}: «${body}»`,
}

/** An access that a review ended, asked for again citing its case (C7). */
export const undoText = {
  communication: (code: string, ticket: string | null) => (ticket ? `${code}, caso MARI ${ticket}` : code),
  open: 'Pedir que se restablezca',
  until: (day: string) =>
    `Si debía seguir, pida que se restablezca a más tardar el ${formatDay(day)}: cita el caso de la revisión y basta una aprobación.`,
  title: 'Restablecer un acceso',
  intro: 'Se pide como estaba antes de la revisión. Lo aprueba la oficina que lidera el proceso.',
  formTitle: 'Qué se restablece',
  facts: {
    person: 'Persona',
    point: 'Punto de atención',
    form: 'Formulario',
    days: 'Fechas',
    communication: 'Comunicación',
  },
  communicationOf: (communication: string, on: string) => `${communication}, del ${formatDay(on)}`,
  reason: 'Por qué debe seguir',
  submit: 'Pedir que se restablezca',
}

interface ReviewOfGrant {
  code: string
  status: CampaignStatus
  dueOn: string | null
  hasLeft: boolean
  outcome: Outcome | null
  by: OutcomeBy | null
}

/** In «Mi bandeja». */
export const waitingReviewText = {
  title: 'Accesos por revisar',
  line: (people_: number, code: string, agency: string | null, dueOn: string, daysLeft: number) =>
    `Revisar acceso de ${people(people_)} · ${code}, porque ${agency ? `dirige ${agency}` : 'lidera el proceso'}. Hasta el ${formatDay(dueOn)}: ${formatDaysLeft(daysLeft)}.`,
  open: 'Revisar',
  openOf: (code: string) => `Revisar los accesos de ${code}`,
}

/** Ends the sentence «En trámite: …». */
export const reviewActText = {
  see: 'Ver la revisión',
  open: 'la apertura de una revisión de accesos',
  answer: 'sus respuestas en una revisión de accesos',
  close: 'el cierre de una revisión de accesos',
}
