/** «Mi bandeja»: groups, filters, what each line asks for and why it is there. */
import type { TaskKind } from '../../domain/cycles.ts'
import type { InboxGroup, WhyMe } from '../../domain/inbox.ts'
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
  consent: 'Dar visto bueno a',
  decide_reopening: 'Decidir la reapertura de',
}

const WHY: Record<WhyMe, (position: string) => string> = {
  taken: () => 'usted se la asignó',
  acting: (position) => `usted es ${position} por encargo`,
  duty: (position) => `usted es ${position}`,
}

export const inboxText = {
  title: 'Mi bandeja',
  intro: 'Lo que usted puede hacer ahora con el cargo en el que está actuando.',
  empty: {
    title: 'No tiene nada pendiente',
    message:
      'Cuando un paso espere por su cargo aparecerá aquí, con su plazo. Mientras tanto puede ver los ejercicios.',
    action: 'Ver los ejercicios',
  },
  nothingMatches: 'Ninguna tarea cumple estos filtros. Quite alguno para ver las demás.',
  filters: {
    label: 'Filtros',
    step: 'Paso',
    allSteps: 'Todos los pasos',
    state: 'Asignación',
    states: { any: 'Todas', mine: 'Asignadas a mí', free: 'Sin asignar', claimed: 'Asignadas a alguien' },
    vigencia: 'Vigencia',
    allVigencias: 'Todas las vigencias',
    dueFrom: 'Vence desde',
    dueTo: 'Vence hasta',
    apply: 'Filtrar',
    clear: 'Quitar filtros',
  },
  open: 'Abrir',
  claim: 'Asignármela',
  release: 'Liberar',
  next: 'Siguientes',
  first: 'Volver al comienzo',
  noTerm: 'Sin plazo',
  free: 'Sin asignar',
  group: (group: InboxGroup) => GROUPS[group],
  /** «Vencido (1)»; beyond what was counted, «Después (más de 1.000)». */
  heading: (group: InboxGroup, count: number, more = false) =>
    `${GROUPS[group]} (${more ? `más de ${formatNumber(count)}` : formatNumber(count)})`,
  /** «Aprobar paso 3 · Caracterización 2026». */
  line: (kind: TaskKind, stepCode: string, cycleName: string) => `${ASKS[kind]} paso ${stepCode} · ${cycleName}`,
  why: (why: WhyMe, positionName: string) => `porque ${WHY[why](positionName)}`,
  claimedBy: (name: string) => `La tiene ${name}`,
  claimed: 'La tarea quedó asignada a usted.',
  released: 'La tarea quedó libre.',
}
