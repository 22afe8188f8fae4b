import type { DecisionKind } from '../../domain/decisions.ts'
import type { GrantVerdict } from '../../domain/grants.ts'
import type { Objection } from '../../domain/refusals.ts'
import type { RehearsedLine } from '../../domain/rehearsal.ts'
import type { AbsenceReason, AbsenceState, SubstitutionScope } from '../../domain/substitutions.ts'
import { grantText } from './access.ts'
import { actText } from './decisions.ts'
import { formatDate, formatDay, formatInstant, formatNumber } from './format.ts'
import { inboxText } from './inbox.ts'
import { refusalReason } from './refusals.ts'

export const absenceStateText = {
  planned: 'Planeada',
  active: 'Vigente',
  over: 'Terminada',
  cancelled: 'Cancelada',
} satisfies Record<AbsenceState, string>

/** Situaciones administrativas, as the law calls them (Decreto 1083 de 2015). */
export const absenceReasonText = {
  vacation: 'Vacaciones',
  leave: 'Licencia',
  sick_leave: 'Incapacidad',
  commission: 'Comisión',
  permission: 'Permiso',
  suspension: 'Suspensión o separación en el ejercicio del cargo',
} satisfies Record<AbsenceReason, string>

export const scopeText = {
  all: 'Todo el trabajo del cargo',
  decisions: 'Revisar, aprobar, firmar y decidir',
  elaboration: 'Elaborar y registrar',
} satisfies Record<SubstitutionScope, string>

/** «Nombre (Cargo)», where they are not the same. */
export function inOffice(name: string, position: string): string {
  return name === position ? name : `${name} (${position})`
}

/** Pages of absences and of who substitutes (experience 31). */
export const absencesText = {
  title: 'Ausencias y reemplazos',
  intro:
    'Quién está ausente, quién actúa en su cargo entre esas fechas y con qué acto. Lo que haga un reemplazo queda registrado como «por delegación de» la persona ausente.',
  caption: 'Ausencias, primero las que empiezan más tarde',
  columns: { days: 'Fechas', person: 'Ausente', substitutes: 'Reemplaza', status: 'Estado' },
  days: (from: string, to: string) =>
    from === to ? `el ${formatDay(from)}` : `del ${formatDay(from)} al ${formatDay(to)}`,
  shortDays: (from: string, to: string) => `${formatDate(from)} a ${formatDate(to)}`,
  open: (name: string, from: string) => `Abrir la ausencia de ${name} desde el ${formatDay(from)}`,
  reaches: (name: string, scope: SubstitutionScope) =>
    scope === 'all' ? name : `${name} (${scopeText[scope].toLowerCase()})`,
  filterLabel: 'Cuáles se muestran',
  all: 'Todas',
  mine: 'Las mías',
  stateLabel: 'Estado',
  anyState: 'Cualquier estado',
  emptyTitle: 'No hay ausencias registradas',
  empty:
    'Cuando vaya a ausentarse, deje aquí quién actúa en su cargo entre esas fechas. Lo pendiente no se detiene y todo queda a nombre de quien lo hizo.',
  noneTitle: 'Ninguna ausencia cumple el filtro',
  none: 'Quite el filtro para ver las demás.',
  seeAll: 'Ver todas',
}

export const planText = {
  title: 'Planear una ausencia',
  state:
    'Diga entre qué días, en qué cargo y quién lo reemplaza. El reemplazo empieza y termina solo, en sus fechas, y usted puede cancelarlo antes.',
  of: (name: string) => `Ausencia de ${name}`,
  forOther: 'Planear la ausencia de otra persona',
  findTitle: '¿Quién va a estar ausente?',
  find: 'Buscar',
  search: 'Nombre de la persona',
  findHelp: 'Escriba una parte del nombre.',
  found: 'Personas encontradas',
  nobody: 'No encontramos a nadie en la entidad con ese nombre y con un cargo hoy.',
  more: 'Hay más personas con ese nombre. Escriba más letras.',
  choose: (name: string) => `Elegir a ${name}`,
  noPosition: 'Esta persona no ejerce hoy ningún cargo, así que no hay nada que reemplazar.',
  position: 'Cargo',
  from: 'Primer día',
  to: 'Último día',
  toHelp: 'Los dos días quedan incluidos.',
  reason: 'Situación administrativa',
  chooseReason: 'Elija una',
  actReference: 'Acto que la concede',
  actHelp: 'Por ejemplo, Resolución 214 de 2026.',
  whoTitle: '¿Quién reemplaza?',
  whoHelp:
    'Elija una persona para todo el trabajo del cargo, o reparta: una decide y otra elabora. El registro de datos de la ciudadanía nunca se reemplaza: ese acceso es de cada persona.',
  nobodyChosen: 'Nadie',
  narrow: 'Buscar a quien reemplaza por su nombre',
  moreDeputies:
    'Se muestran las primeras personas, empezando por las de su dependencia. Si no está, búsquela por su nombre.',
  submit: 'Planear la ausencia',
  rehearse: 'Ver qué podrá hacer',
  rehearseAgain: 'Ver de nuevo qué podrá hacer',
  change: '¿Quiere cambiar algo?',
  rehearsalTitle: 'Revise qué podrá hacer quien reemplaza',
}

export const absenceText = {
  title: (name: string) => `Ausencia de ${name}`,
  states: {
    planned: (from: string, to: string) =>
      `Está planeada ${absencesText.days(from, to)}. Hasta ese día nadie actúa en el cargo por esta ausencia.`,
    active: (_from: string, to: string) =>
      `Está vigente hasta el ${formatDay(to)}. Quien reemplaza elige el cargo en la barra de arriba y actúa «por delegación de» la persona ausente.`,
    over: (_from: string, to: string) =>
      `Terminó el ${formatDay(to)}. Quien reemplazaba ya no actúa en el cargo; lo que hizo queda en la historia.`,
    cancelled: () => 'Se canceló. Nadie actúa ya en el cargo por ella.',
  } satisfies Record<AbsenceState, (from: string, to: string) => string>,
  factsTitle: 'Datos de la ausencia',
  facts: {
    person: 'Persona ausente',
    position: 'Cargo',
    agency: 'Dependencia',
    days: 'Fechas',
    reason: 'Situación administrativa',
    act: 'Acto',
    planned: 'La planeó',
    cancelled: 'La canceló',
  },
  plannedBy: (name: string, position: string, at: Date | string) =>
    `${name === position ? name : `${name} · ${position}`}, ${formatInstant(at)}`,
  cancelledBy: (name: string, at: Date | string) => `${name}, ${formatInstant(at)}`,
  substitutesTitle: 'Quién reemplaza',
  history: 'Historia',
  doneTitle: 'Lo que se hizo por delegación',
  doneNothing: 'Todavía no se ha firmado nada por delegación en esta ausencia.',
  doneLine: (done: { kind: string; stepCode: string | null; cycleId: string | null; name: string }) =>
    done.cycleId
      ? `${actText.asked(done.kind as DecisionKind | 'start', done.stepCode)} · ${done.name}`
      : `${grantText.verdicts[done.kind as GrantVerdict | 'ask']} · ${done.name}`,
  cancelTitle: 'Cancelar la ausencia',
  cancelPlanned: 'La ausencia no comenzará y nadie actuará en el cargo por ella.',
  cancelActive:
    'El reemplazo termina en este momento: desde el siguiente clic, quien reemplaza ya no actúa en el cargo. Lo que ya hizo se mantiene.',
  cancel: 'Cancelar la ausencia',
  done: {
    planeada: 'La ausencia quedó planeada.',
    cancelada: 'La ausencia se canceló: ya nadie actúa en el cargo por ella.',
  },
}

/** Reasons in the words of the person who is not there: «1 bloqueada porque elaboró el paso 3». */
function reasonOf({ code, facts }: Objection): string {
  const step = facts.step ? ` el paso ${facts.step}` : ' ese contenido'
  if (code === 'own_work') return `elaboró o elabora${step}`
  if (code === 'reviewer_approves') return `revisó o revisa${step}`
  if (code === 'own_access') return 'pidió ese acceso o es quien lo va a usar'
  return refusalReason(code)
}

const count = (n: number, one: string, many: string) => `${formatNumber(n)} ${n === 1 ? one : many}`

function reasonsOf(blocked: { against: Objection | null }[]): string {
  const reasons = new Set(blocked.flatMap(({ against }) => (against ? [reasonOf(against)] : [])))
  return [...reasons].join('; ')
}

/** What a substitute could open (features N12). */
export const rehearsalText = {
  title: 'Qué podrá hacer quien reemplaza',
  running: 'Qué puede hacer hoy quien reemplaza',
  sentence: (open: { against: Objection | null }[]) => {
    if (open.length === 0) return 'Hoy no hay tareas pendientes de este cargo.'
    const blocked = open.filter(({ against }) => against)
    const can = `Puede abrir ${formatNumber(open.length - blocked.length)} de ${count(open.length, 'tarea pendiente', 'tareas pendientes')}`
    if (blocked.length === 0) return `${can}.`
    return `${can}; ${count(blocked.length, 'bloqueada', 'bloqueadas')} porque ${reasonsOf(blocked)}.`
  },
  later: (later: { against: Objection | null }[]) => {
    const blocked = later.filter(({ against }) => against).length
    const coming = count(later.length, 'tarea que puede llegar', 'tareas que pueden llegar')
    return blocked === 0
      ? `${coming}: podrá con todas`
      : `${coming}: ${count(blocked, 'quedará bloqueada', 'quedarán bloqueadas')}`
  },
  line: (line: RehearsedLine) => {
    if (line.about === 'cycle') return inboxText.line(line.kind, line.stepCode, line.name)
    return line.about === 'access' ? `Decidir el acceso ${line.name}` : `Acción de mejora ${line.name}`
  },
  because: (against: Objection) => `No podrá: ${reasonOf(against)}.`,
  load: (n: number) =>
    n === 0
      ? 'No tiene tareas pendientes de su propio cargo.'
      : `Tiene además ${count(n, 'tarea pendiente', 'tareas pendientes')} de su propio cargo.`,
  free: 'Podrá',
  blocked: 'No podrá',
}
