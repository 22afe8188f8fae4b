/** The filters of «Mi bandeja» in an address, in Spanish, and in words. What does not fit is left out. */
import { isCivilDate } from '../../domain/civil-dates.ts'
import { isId } from '../../domain/ids.ts'
import {
  ASSIGNEES,
  INBOX_COLUMNS,
  INBOX_GROUPS,
  INBOX_LAYOUTS,
  INBOX_ORDERS,
  type InboxFilters,
  OPEN_STATES,
  PRIORITIES,
} from '../../domain/inbox.ts'
import { STEP_CODES } from '../../domain/procedures.ts'
import { arrangementOf, arrangementValue } from '../../domain/table-columns.ts'
import { formatDay } from './format.ts'
import { inboxText } from './inbox.ts'
import { COLUMNS_NAME } from './parts.ts'
import { stepStateText } from './states.ts'

/** The value an address carries for each code; a code keeps its place in the list of `domain/inbox.ts`. */
export const ADDRESS_VALUES = {
  assignee: ['mias', 'libres', 'de-otra'],
  state: ['en-curso', 'devuelto', 'en-revision', 'en-aprobacion', 'aprobado'],
  priority: ['alta', 'media', 'normal'],
  group: ['vencido', 'hoy', 'semana', 'despues'],
  order: ['vence', 'prioridad', 'creacion'],
  layout: ['tabla'],
} as const
const CODES = {
  assignee: ASSIGNEES,
  state: OPEN_STATES,
  priority: PRIORITIES,
  group: INBOX_GROUPS,
  order: INBOX_ORDERS,
  layout: INBOX_LAYOUTS,
}
type Chosen = keyof typeof CODES

/** Names of the parameters, in the order an address has them. */
export const ADDRESS_NAMES: Record<keyof InboxFilters, string> = {
  group: 'grupo',
  step: 'paso',
  agency: 'dependencia',
  state: 'estado',
  assignee: 'asignacion',
  priority: 'prioridad',
  vigencia: 'vigencia',
  dueFrom: 'vence-desde',
  dueTo: 'vence-hasta',
  order: 'orden',
  layout: 'vista',
  columns: COLUMNS_NAME,
}

/** Says that everything is asked for: an address without any question opens the person's own default view. */
export const EVERYTHING = 'grupo=todas'

export function filtersFrom(search: URLSearchParams): InboxFilters {
  const typed = (filter: keyof InboxFilters) => search.get(ADDRESS_NAMES[filter]) ?? ''
  const day = (filter: 'dueFrom' | 'dueTo') => (isCivilDate(typed(filter)) ? typed(filter) : undefined)
  const chosen = <C extends Chosen>(filter: C): (typeof CODES)[C][number] | undefined =>
    CODES[filter][(ADDRESS_VALUES[filter] as readonly string[]).indexOf(typed(filter))]
  const filters: InboxFilters = {
    group: chosen('group'),
    step: STEP_CODES.find((code) => code === typed('step')),
    agency: isId(typed('agency')) ? typed('agency') : undefined,
    state: chosen('state'),
    assignee: chosen('assignee'),
    priority: chosen('priority'),
    vigencia: /^20\d\d$/.test(typed('vigencia')) ? Number(typed('vigencia')) : undefined,
    dueFrom: day('dueFrom'),
    dueTo: day('dueTo'),
    order: chosen('order'),
    layout: chosen('layout'),
    columns: arrangementValue(INBOX_COLUMNS, arrangementOf(INBOX_COLUMNS, typed('columns')).shown) ?? undefined,
  }
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined))
}

/** What the address carries after the question mark; the default order is not said. */
export function searchOf(filters: InboxFilters): string {
  const search = new URLSearchParams()
  for (const [filter, name] of Object.entries(ADDRESS_NAMES) as [keyof InboxFilters, string][]) {
    const value = filters[filter]
    if (value === undefined || value === 'due') continue
    search.set(name, filter in CODES ? addressValue(filter as Chosen, String(value)) : String(value))
  }
  return search.toString() || EVERYTHING
}

export function addressValue(filter: Chosen, code: string): string {
  return ADDRESS_VALUES[filter][(CODES[filter] as readonly string[]).indexOf(code)] ?? ''
}

/** «Paso 3 · En revisión · Sin asignar»; nothing where nothing is asked. */
export function describeFilters(filters: InboxFilters, agencyName: (id: string) => string | undefined): string {
  const words = inboxText.filters
  const { step, agency, state, assignee, priority, vigencia, dueFrom, dueTo, group, order, layout } = filters
  const parts = [
    group && inboxText.group(group),
    step && `${words.step} ${step}`,
    agency && (agencyName(agency) ?? words.agencyGone),
    state && stepStateText[state],
    assignee && words.assignees[assignee],
    priority && inboxText.priority(priority),
    vigencia && `${words.vigencia} ${vigencia}`,
    dueFrom && `${words.dueFrom} ${formatDay(dueFrom)}`,
    dueTo && `${words.dueTo} ${formatDay(dueTo)}`,
    order && order !== 'due' && words.inOrder(words.orders[order]),
    layout && words.asTable,
  ].filter(Boolean)
  return parts.join(' · ')
}

/** What the lines are narrowed to: neither their group nor their order, nor how they are looked at. */
export function narrowing({ group: _, order: _order, layout: _layout, columns: _columns, ...others }: InboxFilters) {
  return others
}

export function isNarrowed(filters: InboxFilters): boolean {
  return Object.keys(narrowing(filters)).length > 0
}
