import type {
  AcceptanceStatus,
  AcceptanceVerdict,
  ActivityState,
  DecidedTreatment,
  Treatment,
} from '../../domain/risk-treatment.ts'
import { formatDay } from './format.ts'

/** What is done about a risk (`/riesgos/:codigo/tratamiento`). */
export const treatmentText = {
  title: 'Tratamiento',
  of: (code: string) => `Tratamiento del riesgo ${code}`,
  intro: (zone: string) => `El riesgo está hoy en zona ${zone}, según lo que sus controles demuestran.`,
  open: 'Ver y decidir el tratamiento',
  undecided: 'Sin decidir',
  none: 'Todavía no se ha decidido qué se hace con este riesgo.',
  options: {
    mitigate: 'Reducir: mitigar',
    transfer: 'Reducir: transferir o compartir',
    avoid: 'Evitar',
    accept: 'Aceptar',
  } satisfies Record<Treatment, string>,
  /** Asked for, and not signed yet. */
  asked: 'Aceptar (pedida)',
  next: {
    decide: 'Supera el apetito de riesgo. Lo que sigue: decidir qué se hace con él.',
    sign: 'Lo que sigue: que quien la política señala decida si se acepta.',
    confirm:
      'Lo decidido es de una valoración anterior. Lo que sigue: confirmar si es lo que conviene, o decidir otra cosa.',
    plan: 'Se reduce y su plan no tiene actividades. Lo que sigue: agregar al menos una, con responsable y fechas.',
  },
  tolerated: 'Está dentro del apetito de riesgo: puede quedar como está mientras se revisa.',
  /** What is done about a risk, with what is asked for besides; empty where nothing is. */
  inForce: (option: Treatment | null, isAsked: boolean): string =>
    [...(option ? [treatmentText.options[option]] : []), ...(isAsked ? [treatmentText.asked] : [])].join('; '),
  optionHelp: {
    mitigate: 'Se refuerzan los controles. Necesita un plan de acción.',
    transfer: 'Un tercero asume parte del impacto, por ejemplo con un seguro. Necesita un plan de acción.',
    avoid: 'Se deja de hacer lo que causa el riesgo. Diga qué cesa.',
  } satisfies Record<DecidedTreatment, string>,
  acceptHelp: 'Aceptar el riesgo se pide más abajo, en «Aceptación»: vale cuando lo firma quien la política señala.',
  held: 'Mientras la aceptación esté pedida o vigente no se decide otro tratamiento: retírela primero.',
  appetite: {
    none: 'La entidad no tolera riesgos de esta tipología en ninguna zona: siempre se reducen o se evitan.',
    within: (zone: string) => `Está dentro del apetito de riesgo de la entidad, que llega a zona ${zone}.`,
    above: (zone: string) => `Supera el apetito de riesgo de la entidad, que llega a zona ${zone}.`,
  },
  decideTitle: 'Decidir el tratamiento',
  changeTitle: 'Cambiar el tratamiento',
  option: 'Qué se hace con el riesgo',
  statement: 'Cómo, o por qué',
  decide: 'Guardar la decisión',
  facts: { option: 'Decisión', statement: 'Cómo, o por qué', by: 'Quién decidió', at: 'Cuándo' },
  isEarlier: 'Se decidió sobre una valoración anterior. Confirme si sigue siendo lo que conviene.',
  planMissing: 'Falta el plan: agregue al menos una actividad con responsable y fechas.',
  planTitle: 'Plan de acción',
  planCaption: 'Actividades del plan, por su fecha de terminación',
  columns: {
    code: 'Acción',
    what: 'Actividad',
    owner: 'Responsable',
    starts: 'Empieza',
    due: 'Termina',
    followUp: 'Seguimiento',
    state: 'Estado',
  },
  states: {
    ...{ closed: 'Cerrada', dropped: 'Descartada', overdue: 'Vencida', ahead: 'Por empezar', open: 'En curso' },
  } satisfies Record<ActivityState, string>,
  addTitle: 'Agregar una actividad',
  addIntro: 'Queda como acción en Mejora: su responsable informa el avance y otra persona verifica si sirvió.',
  what: 'Actividad',
  whatHelp: 'Empiece por un verbo: «Instalar», «Capacitar», «Revisar».',
  owner: 'Cargo responsable',
  starts: 'Empieza el',
  due: 'Termina el',
  followUp: 'Se hace seguimiento el',
  indicator: 'Cómo se sabrá que se hizo',
  add: 'Agregar la actividad',
  done: {
    tratado: 'La decisión quedó guardada.',
    plan: 'La actividad quedó en el plan.',
    pedida: 'La aceptación quedó pedida. Quien debe decidirla ya la ve en su bandeja.',
    accept_risk: 'El riesgo quedó aceptado y firmado.',
    decline_risk: 'La decisión quedó firmada: el riesgo no se acepta.',
    withdraw_risk: 'La aceptación quedó retirada.',
    tramite: 'Su decisión está en trámite. Se completa sola en un momento; no tiene que repetirla.',
  },
}

export const acceptanceText = {
  title: 'Aceptación',
  none: 'Nadie ha pedido que este riesgo se acepte.',
  states: {
    asked: (duty: string) => `Espera la decisión de ${duty}.`,
    accepted: (_duty: string, until: string) => `Aceptado hasta el ${formatDay(until)}.`,
    declined: () => 'No se aceptó.',
    withdrawn: () => 'La aceptación se retiró.',
    lapsed: () => 'Venció por cambio: lo que se aceptó ya no es lo que hay.',
    expired: (_duty: string, until: string) => `Su plazo terminó el ${formatDay(until)}.`,
  } satisfies Record<AcceptanceStatus, (duty: string, until: string) => string>,
  chips: {
    asked: 'Por decidir',
    accepted: 'Aceptado',
    declined: 'No aceptado',
    withdrawn: 'Retirada',
    lapsed: 'Vencida por cambio',
    expired: 'Terminada',
  } satisfies Record<AcceptanceStatus, string>,
  facts: {
    reason: 'Por qué se puede asumir',
    until: 'Se acepta hasta',
    zone: 'Zona que se acepta',
    controls: 'Controles y su evidencia',
    acceptor: 'Decide',
    asked: 'Lo pidió',
  },
  byAsker: (position: string, at: string) => `${position}, ${at}`,
  noControls: 'Sin controles',
  askTitle: 'Pedir que se acepte',
  askIntro: (duty: string, until: string) =>
    `Decide ${duty}, con firma. Se puede aceptar hasta el ${formatDay(until)}, cuando toca revisar el riesgo. Si el riesgo, sus controles o la evidencia cambian, la aceptación vence ese mismo día.`,
  reason: 'Por qué se puede asumir',
  until: 'Aceptar hasta el',
  ask: 'Pedir la aceptación',
  verdicts: {
    accept_risk: { title: 'Aceptar el riesgo', submit: 'Firmar y aceptar', text: 'Observación (opcional)' },
    decline_risk: { title: 'No aceptarlo', submit: 'No aceptar', text: 'Por qué no se acepta' },
    withdraw_risk: { title: 'Retirar la aceptación', submit: 'Retirar', text: 'Por qué se retira' },
  } satisfies Record<AcceptanceVerdict, { title: string; submit: string; text: string }>,
  asked: {
    accept_risk: 'la aceptación de un riesgo',
    decline_risk: 'la decisión de no aceptar un riesgo',
    withdraw_risk: 'el retiro de la aceptación de un riesgo',
  } satisfies Record<AcceptanceVerdict, string>,
  see: 'Ver el riesgo',
  said: {
    accept_risk: (position: string) => `${position} aceptó el riesgo`,
    decline_risk: (position: string) => `${position} no aceptó el riesgo`,
    withdraw_risk: (position: string) => `${position} retiró la aceptación`,
  } satisfies Record<AcceptanceVerdict, (position: string) => string>,
  signatures: 'Firmas',
  receipt: (code: string) => `Comprobante ${code}`,
  earlier: 'Aceptaciones anteriores',
  earlierCaption: 'Aceptaciones anteriores de este riesgo, la última primero',
  columns: { asked: 'Pedida', state: 'Estado', zone: 'Zona', until: 'Hasta', reason: 'Motivo' },
  history: 'Historia',
}

export const riskReceiptText = {
  crumb: 'Aceptación de un riesgo',
  title: 'Este comprobante es auténtico',
  state: (entity: string) => `Corresponde a lo que ${entity} decidió sobre un riesgo de su mapa.`,
  facts: { entity: 'Entidad', act: 'Decisión', by: 'Cargo que decidió', at: 'Fecha', method: 'Cómo se identificó' },
  acts: {
    accept_risk: 'Riesgo aceptado',
    decline_risk: 'Riesgo no aceptado',
    withdraw_risk: 'Aceptación retirada',
  } satisfies Record<AcceptanceVerdict, string>,
}
