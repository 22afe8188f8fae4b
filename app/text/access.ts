import { isCivilDate } from '../../domain/civil-dates.ts'
import type { CaptureForm, GrantStatus, GrantVerdict, RevocationCause } from '../../domain/grants.ts'
import type { ProbeMoment, ProbeOutcome } from '../../domain/probes.ts'
import { formatDate, formatDay, formatInstant } from './format.ts'

export const grantStateText = {
  filed: 'En trámite',
  asked: 'Por aceptar',
  accepted: 'En aprobación',
  granted: 'Aprobado',
  denied: 'Negado',
  declined: 'No aceptado',
  withdrawn: 'Solicitud retirada',
  refused: 'No admitido',
  lapsed: 'No comenzó',
  revoked: 'Revocado',
  expired: 'Terminado',
  unanswered: 'Sin decidir',
  retired: 'Retirado',
  suspended: 'Inhabilitado',
} satisfies Record<GrantStatus, string>

export const captureFormText = {
  F004: 'Persona natural (MAGT04.05.P001.F004)',
  F006: 'Persona jurídica (MAGT04.05.P001.F006)',
} satisfies Record<CaptureForm, string>

export const causeText = {
  transfer: 'Traslado o retiro de la persona',
  contract_end: 'Fin del contrato',
  account_lost: 'Pérdida de la cuenta de directorio activo',
  incident: 'Incidente de seguridad o de datos personales',
  agency_request: 'Solicitud del organismo',
} satisfies Record<RevocationCause, string>

const VERDICTS: Record<GrantVerdict | 'ask', string> = {
  ask: 'Pidió el acceso',
  accept: 'Aceptó el compromiso',
  decline: 'No aceptó',
  grant: 'Aprobó',
  deny: 'Negó',
  withdraw: 'Retiró la solicitud',
  revoke: 'Revocó',
}

/** Pages of delegated access (screens.md §2, `/accesos`). */
export const accessText = {
  title: 'Accesos',
  intro:
    'Quién puede registrar datos de la ciudadanía, en qué punto de atención, con qué formulario y hasta cuándo. Cada acceso es de una persona y de una vigencia, y lo pide quien dirige su organismo.',
  underReview: 'Por recertificar',
  caption: 'Accesos delegados, primero los últimos que se pidieron',
  columns: {
    code: 'Código',
    person: 'Persona',
    point: 'Punto de atención',
    form: 'Formulario',
    days: 'Fechas',
    status: 'Estado',
  },
  open: (code: string) => `Abrir el acceso ${code}`,
  days: (from: string, to: string) => `${formatDay(from)} a ${formatDay(to)}`,
  shortDays: (from: string, to: string) => `${formatDate(from)} a ${formatDate(to)}`,
  /** Of a row of a list, where what stands there may be no day. */
  typedDays: (from: string, to: string) =>
    [from, to].map((typed) => (isCivilDate(typed) ? formatDate(typed) : typed || '—')).join(' a '),
  filterLabel: 'Cuáles se muestran',
  all: 'Todos',
  mine: 'Míos',
  stateLabel: 'Estado',
  anyState: 'Cualquier estado',
  emptyTitle: 'Todavía no hay accesos que usted pueda ver',
  empty:
    'Quien dirige un organismo con punto de atención pide el acceso de su personal. Aquí aparecerán los que le conciernen.',
  noneTitle: 'Ningún acceso con estos filtros',
  none: 'Quite un filtro para ver los demás.',
  seeAll: 'Ver todos los accesos',
  reviews: 'Revisiones de accesos',
}

/** The proof that the end of an access took effect (C10, N2). */
export const probeText = {
  title: 'Prueba de que terminó',
  intro:
    'El sistema entra como esta persona, por la misma dirección que todos usan, y pregunta si el acceso la deja entrar. No ve ni cambia ningún dato.',
  moments: {
    begun: 'Al comenzar',
    before: 'Antes de revocarlo',
    after: 'Después de terminado',
  } satisfies Record<ProbeMoment, string>,
  outcomes: { allowed: 'Abrió', denied: 'Negado', unanswered: 'Sin respuesta' } satisfies Record<ProbeOutcome, string>,
  targets: {
    entry: 'entrada',
    capture: 'formulario',
    record: 'un registro',
    export: 'enlace de exportación',
  } as Record<string, string>,
  asked: (moment: string, target: string) => `${moment}: ${target}`,
  said: (outcome: string, at: string) => `${outcome} · ${at}`,
  evidence: 'Constancia de la prueba',
  waiting: 'Todavía no hay respuesta después de terminado. La prueba se repite sola hasta tenerla.',
}

/** What of them waits in «Mi bandeja». */
export const waitingAccessText = {
  title: 'Accesos que esperan por usted',
  toAccept: (code: string, point: string) =>
    `Acceso ${code} a ${point}: lea y acepte el compromiso de confidencialidad.`,
  toDecide: (code: string, person: string, point: string) =>
    `Acceso ${code} de ${person} a ${point}: espera su decisión.`,
  accept: 'Leer y aceptar',
  decide: 'Decidir',
  openOf: (code: string) => `Abrir el acceso ${code}`,
}

export const newAccessText = {
  title: 'Pedir un acceso',
  state: (agency: string) =>
    `Usted pide el acceso por ${agency}. La persona debe aceptar el compromiso de confidencialidad, y después decide la oficina que lidera el proceso.`,
  search: 'Nombre de la persona',
  find: 'Buscar',
  findTitle: '1. ¿Quién va a registrar datos?',
  findHelp: 'Aparecen las personas con cargo vigente y cuenta abierta.',
  found: 'Personas que coinciden',
  nobody:
    'Nadie con cargo vigente y cuenta abierta coincide. Revise el nombre o pida a la Administración que registre a la persona.',
  more: 'Hay más personas que coinciden: escriba más letras del nombre.',
  choose: (name: string) => `Elegir a ${name}`,
  another: 'Elegir otra persona',
  person: '1. Persona',
  holds: 'Accesos que ya tiene o que están por decidirse, entre los que usted puede ver',
  holdsNothing: 'Entre los que usted puede ver, hoy no tiene ningún otro acceso.',
  formTitle: '2. ¿Qué acceso necesita?',
  point: 'Punto de atención',
  choosePoint: 'Elija el punto',
  noPoints:
    'Su organismo no tiene puntos de atención registrados. Pida a la Administración del sistema que los registre en la página de la dependencia.',
  form: 'Formulario',
  startsOn: 'Desde',
  endsOn: 'Hasta',
  endsHelp: 'La delegación es por vigencia: a más tardar el 31 de diciembre.',
  radicado: 'Radicado de la comunicación interna',
  radicadoHelp: 'Por ejemplo 202441730100001504. Sin radicado no se da acceso.',
  radicadoOn: 'Fecha de la comunicación',
  reason: 'Para qué necesita el acceso',
  submit: 'Pedir el acceso',
}

export const grantText = {
  title: (code: string) => `Acceso ${code}`,
  states: {
    filed: () => 'La solicitud está en trámite: se registra sola en unos segundos.',
    asked: () => 'Espera que la persona acepte el compromiso de confidencialidad.',
    accepted: () => 'La persona aceptó el compromiso. Espera la decisión de la oficina que lidera el proceso.',
    granted: (from, to) => `Permite registrar datos del ${formatDay(from)} al ${formatDay(to)}.`,
    denied: () => 'Se negó. Para volver a pedirlo, haga una solicitud nueva.',
    declined: () => 'La persona no lo aceptó.',
    withdrawn: () => 'El organismo retiró la solicitud.',
    refused: () => 'No se admitió: quien lo pidió ya no ejercía el cargo.',
    lapsed: () => 'No comenzó: al llegar su fecha la persona no tenía cargo o cuenta, o el punto estaba cerrado.',
    revoked: () => 'Se revocó: no permite registrar datos. Para volver a darlo se hace una solicitud nueva.',
    expired: (_from, to) => `Terminó el ${formatDay(to)}.`,
    retired: () => 'Se retiró en una revisión de accesos: no permite registrar datos.',
    suspended: () => 'Se inhabilitó en una revisión de accesos: no permite registrar datos.',
    unanswered: (_from, to) => `Nadie la decidió antes del ${formatDay(to)}: no llegó a ser un acceso.`,
  } satisfies Record<GrantStatus, (from: string, to: string) => string>,
  hindered:
    'Hoy este acceso no permite registrar datos: la persona no tiene cargo o cuenta vigente, o el punto de atención está cerrado.',
  ending: (cause: string, on: string) =>
    `Este acceso termina: desde el ${formatDay(on)} no permite registrar ni ver datos. Causa: ${cause.toLowerCase()}.`,
  underway: 'Hay un acto sobre este acceso en trámite: se completa solo en unos segundos.',
  facts: {
    person: 'Persona',
    agency: 'Organismo',
    point: 'Punto de atención',
    form: 'Formulario',
    days: 'Fechas',
    vigencia: 'Vigencia',
    radicado: 'Comunicación interna',
    reason: 'Para qué',
    asked: 'Lo pidió',
    commitment: 'Compromiso',
    cause: 'Por qué terminó',
  },
  radicadoOf: (radicado: string, on: string) => `${radicado}, del ${formatDay(on)}`,
  acceptedOn: (at: Date | string, receipt: string) =>
    `Aceptado el ${formatInstant(at)} para toda la vigencia. Comprobante ${receipt}`,
  factsTitle: 'Qué se pidió',
  signatures: 'Quién dijo qué',
  verdicts: VERDICTS,
  receipt: (code: string) => `Comprobante ${code}`,
  verify: (code: string) => `Verificar el comprobante ${code}`,
  see: 'Ver el acceso',
  /** Ends the sentence «En trámite: …». */
  asked: {
    ask: 'la solicitud de un acceso',
    accept: 'la aceptación del compromiso',
    decline: 'que no acepta el acceso',
    grant: 'la aprobación de un acceso',
    deny: 'la negación de un acceso',
    withdraw: 'el retiro de la solicitud de un acceso',
    revoke: 'la revocación de un acceso',
  } satisfies Record<GrantVerdict | 'ask', string>,
  history: 'Historia',
  duty: {
    title: 'Compromiso de confidencialidad',
    accepted: 'Leí y acepto este compromiso para esta vigencia.',
    accept: 'Aceptar el compromiso',
  },
  decision: {
    title: 'Decisión',
    intro: 'Apruebe solo si la persona atiende en ese punto y la comunicación que se cita la designa.',
    grant: 'Aprobar el acceso',
  },
  withReason: {
    decline: { title: 'No aceptar el acceso', reason: 'Motivo por el que no lo acepta', submit: 'No aceptar' },
    deny: { title: 'Negar el acceso', reason: 'Motivo por el que lo niega', submit: 'Negar' },
    withdraw: { title: 'Retirar la solicitud', reason: 'Motivo por el que la retira', submit: 'Retirar' },
  },
  revoke: {
    title: 'Revocar el acceso',
    intro:
      'Desde ese momento la persona no puede registrar ni ver datos con este acceso, aunque tenga la página abierta.',
    cause: 'Por qué termina',
    reason: 'Explíquelo',
    submit: 'Revocar ahora',
  },
  renew: 'Pedir la renovación para la vigencia siguiente',
  done: {
    pedido: 'La solicitud quedó registrada. Se avisó a quien debe actuar ahora.',
    accept: 'Aceptó el compromiso. Se avisó a quien decide.',
    decline: 'Quedó registrado que no lo acepta.',
    grant: 'El acceso quedó aprobado. Se avisó a la persona y a su organismo.',
    deny: 'La solicitud quedó negada.',
    withdraw: 'La solicitud quedó retirada.',
    revoke: 'El acceso quedó revocado.',
    declaracion: 'Su declaración quedó registrada. La lee quien revisa el acceso.',
    tramite: 'Su acto quedó guardado y está en trámite: se completa solo en unos segundos.',
  },
}

/** The public page of a receipt: what was said, never about whom. */
export const accessReceiptText = {
  state: (entity: string) =>
    `Es un comprobante de ${entity}: un acto sobre un acceso delegado a datos de la ciudadanía.`,
  code: 'Código del comprobante',
  what: 'Qué se firmó',
  said: {
    ask: 'La solicitud del acceso',
    accept: 'La aceptación del compromiso de confidencialidad',
    decline: 'Que no se acepta el acceso',
    grant: 'La aprobación del acceso',
    deny: 'La negación del acceso',
    withdraw: 'El retiro de la solicitud',
    revoke: 'La revocación del acceso',
  } satisfies Record<GrantVerdict | 'ask', string>,
  access: 'Acceso',
  accessOf: (code: string, vigencia: number) => `${code}, vigencia ${vigencia}`,
  agency: 'Organismo',
  position: 'Cargo que lo firmó',
  forAnother: (position: string) => `${position}, por delegación de su titular`,
  when: 'Fecha y hora',
  method: 'Cómo se identificó',
  content: 'Huella de lo que se pidió (SHA-256)',
}
