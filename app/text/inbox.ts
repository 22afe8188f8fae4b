/** «Mi bandeja»: groups, filters, what each line asks for and why it is there. */

import type { INBOX_COLUMNS, InboxGroup, Priority, WhyMe } from '../../domain/inbox.ts'
import type { TaskKind } from '../../domain/tasks.ts'
import { formatNumber } from './format.ts'

const GROUPS: Record<InboxGroup, string> = {
  overdue: 'Vencido',
  today: 'Hoy',
  week: 'Esta semana',
  later: 'Después',
}

const ASKS: Record<TaskKind, string> = {
  elaborate: 'Elaborar',
  review: 'Revisar',
  approve: 'Aprobar',
  consent: 'Dar visto bueno al',
  decide_reopening: 'Decidir la reapertura del',
  confirm_columns: 'Confirmar las columnas que cambiaron en una fuente del',
}

const WHY: Record<WhyMe, (position: string) => string> = {
  taken: () => 'usted se la asignó',
  substitute: (position) => `reemplaza a ${position}`,
  acting: (position) => `usted es ${position} por encargo`,
  duty: (position) => `usted es ${position}`,
}

const PRIORITY: Record<Priority, string> = {
  high: 'Prioridad alta',
  medium: 'Prioridad media',
  normal: 'Prioridad normal',
}

export const inboxText = {
  title: 'Mi bandeja',
  intro: 'Lo que usted puede hacer ahora con el cargo en el que está actuando.',
  empty: {
    title: 'Ningún paso espera por usted',
    message:
      'Cuando un paso espere por su cargo aparecerá aquí, con su plazo. Mientras tanto puede ver los ejercicios.',
    action: 'Ver los ejercicios',
  },
  nothingMatches: 'Ninguna tarea cumple estos filtros. Quite alguno para ver las demás.',
  filters: {
    /** «Filtros y orden: Paso 3 · Sin asignar». */
    label: (words: string) => `Filtros y orden${words ? `: ${words}` : ''}`,
    step: 'Paso',
    allSteps: 'Todos los pasos',
    agency: 'Dependencia que elabora',
    allAgencies: 'Todas las dependencias',
    agencyGone: 'Dependencia cerrada',
    state: 'Estado del paso',
    allStates: 'Todos los estados',
    assignee: 'Asignación',
    anyAssignee: 'Cualquiera',
    assignees: { mine: 'Asignadas a mí', free: 'Sin asignar', other: 'De otra persona' },
    priority: 'Prioridad',
    anyPriority: 'Cualquiera',
    priorityHelp:
      'Alta: algo ya hecho se devolvió o se reabrió. Media: alguien terminó su parte y espera una decisión. Normal: se elabora por primera vez.',
    vigencia: 'Vigencia',
    allVigencias: 'Todas las vigencias',
    dueFrom: 'Vence desde',
    dueTo: 'Vence hasta',
    order: 'Ordenar por',
    inOrder: (order: string) => `Orden: ${order}`,
    orders: {
      due: 'Vencimiento, lo vencido primero',
      priority: 'Prioridad, la más alta primero',
      created: 'Llegada, lo más reciente primero',
    },
    asTable: 'como tabla',
    everything: 'Todo lo pendiente',
    apply: 'Aplicar',
    clear: 'Quitar filtros',
  },
  layouts: { label: 'Cómo se ve', list: 'Ver como lista', table: 'Ver como tabla' },
  columns: {
    tarea: 'Tarea',
    vence: 'Vence',
    estado: 'Estado del paso',
    prioridad: 'Prioridad',
    vigencia: 'Vigencia',
    porque: 'Por qué',
    asignacion: 'Asignación',
  } satisfies Record<(typeof INBOX_COLUMNS)[number], string>,
  tableCaption: 'Tareas pendientes',
  tabs: 'Por vencimiento',
  allTab: 'Todas',
  claim: 'Asignármela',
  release: 'Liberar',
  noTerm: 'Sin plazo',
  group: (group: InboxGroup) => GROUPS[group],
  /** Of a card that does not list all of them. */
  moreWaits: 'Hay más: aparecen aquí a medida que atienda estos.',
  /** «Vencido (1)»; beyond what was counted, «Después (más de 1.000)». */
  heading: (words: string, { n, more }: { n: number; more: boolean }) =>
    `${words} (${more ? `más de ${formatNumber(n)}` : formatNumber(n)})`,
  priority: (priority: Priority) => PRIORITY[priority],
  /** «Aprobar paso 3 · Caracterización 2026». */
  line: (kind: TaskKind, stepCode: string, cycleName: string) => `${ASKS[kind]} paso ${stepCode} · ${cycleName}`,
  why: (why: WhyMe, positionName: string) => `porque ${WHY[why](positionName)}`,
  claimedBy: (name: string) => `La tiene ${name}`,
}

/** Filters kept under a name. */
export const viewsText = {
  title: 'Vistas de mi bandeja',
  state:
    'Filtros y orden guardados con un nombre. Ábralos con un clic, compártalos con un cargo o entre siempre por uno.',
  nav: 'Vistas guardadas',
  save: 'Guardar vista',
  manage: 'Administrar vistas',
  saveTitle: 'Guardar los filtros puestos',
  savesWhat: 'Se guarda:',
  name: 'Nombre de la vista',
  share: 'Compartir con',
  shareHelp: 'Quienes ocupen ese cargo la verán en su bandeja; cada quien ve solo sus propias tareas.',
  nobody: 'Nadie: solo para mí',
  isDefault: 'Abrir mi bandeja con esta vista',
  submit: 'Guardar vista',
  listTitle: 'Vistas guardadas',
  emptyTitle: 'No hay vistas guardadas',
  empty: 'Una vista recuerda los filtros y el orden de su bandeja. Ponga los filtros que necesita y guárdelos aquí.',
  toInbox: 'Ir a mi bandeja',
  sharedWith: (duty: string) => `Compartida con ${duty}`,
  from: (owner: string) => `La compartió ${owner}`,
  own: 'Solo para usted',
  opens: 'Abre su bandeja',
  choose: 'Abrir mi bandeja con esta',
  leave: 'Dejar de abrir con esta',
  change: 'Compartir',
  remove: 'Borrar',
  removes: 'Se borra para todos los que la ven. Las tareas no cambian.',
  confirmRemove: 'Borrar la vista',
  of: (action: string, view: string) => `${action}: ${view}`,
  done: {
    guardada: 'La vista quedó guardada.',
    compartida: 'Quedó registrado con quién se comparte la vista.',
    predeterminada: 'Su bandeja se abrirá con esa vista.',
    sin: 'Su bandeja se abrirá con todo lo pendiente.',
    borrada: 'La vista se borró.',
  },
}
