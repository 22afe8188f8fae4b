/** "Mi bandeja": its filters and orders, the groups of its lines by civil date in Bogotá, and why a line is mine. */
import { addDays, bogotaInstant, weekday } from './civil-dates.ts'
import type { StepStatus } from './cycle-state.ts'
import type { TaskKind } from './tasks.ts'

export const INBOX_GROUPS = ['overdue', 'today', 'week', 'later'] as const
export type InboxGroup = (typeof INBOX_GROUPS)[number]

/** By due date (what is overdue first), by priority and then by due date, or what arrived last first. */
export const INBOX_ORDERS = ['due', 'priority', 'created'] as const
export type InboxOrder = (typeof INBOX_ORDERS)[number]

export const INBOX_LAYOUTS = ['table'] as const

/** Columns of the inbox as a table, the one that names the line first; the address calls them so. */
export const INBOX_COLUMNS = ['tarea', 'vence', 'estado', 'prioridad', 'vigencia', 'porque', 'asignacion'] as const

/** Whose a line is, seen from the person who asks. */
export const ASSIGNEES = ['mine', 'free', 'other'] as const
export type Assignee = (typeof ASSIGNEES)[number]

/** States a step can be in while somebody has a line of it. */
export const OPEN_STATES = [
  'in_progress',
  'returned',
  'in_review',
  'in_approval',
  'approved',
] as const satisfies StepStatus[]
export type OpenState = (typeof OPEN_STATES)[number]

/** The most pressing first; the record keeps the place in this list, from 1. */
export const PRIORITIES = ['high', 'medium', 'normal'] as const
export type Priority = (typeof PRIORITIES)[number]

/**
 * Who waits for a line: high where work already done came back (returned, reopened, or a reopening to decide, which
 * holds up every later step); medium where somebody finished and waits for a verdict; normal for a first elaboration.
 */
export function priorityOf(kind: TaskKind, step: { status: StepStatus; attempt: number }): Priority {
  if (kind === 'decide_reopening' || step.status === 'returned' || step.attempt > 1) return 'high'
  return kind === 'elaborate' ? 'normal' : 'medium'
}

/** What the inbox is narrowed to; the address carries all of it. */
export interface InboxFilters {
  step?: string
  /** Agency whose people elaborate the step. */
  agency?: string
  assignee?: Assignee
  state?: OpenState
  priority?: Priority
  vigencia?: number
  /** Civil dates, both included. */
  dueFrom?: string
  dueTo?: string
  group?: InboxGroup
  order?: InboxOrder
  /** How the lines are looked at; as a list unless said otherwise. */
  layout?: (typeof INBOX_LAYOUTS)[number]
  /** Columns of the table, as its address has them (`domain/table-columns.ts`). */
  columns?: string
}

/** First instants (ISO) after the groups `overdue`, `today` and `week`; the week ends on Sunday. */
export interface InboxBounds {
  today: string
  tomorrow: string
  nextWeek: string
}

/** Bounds of a civil date in Bogotá, `YYYY-MM-DD`. */
export function inboxBounds(today: string): InboxBounds {
  const toMonday = (8 - weekday(today)) % 7 || 7
  return {
    today: bogotaInstant(today, '00:00'),
    tomorrow: bogotaInstant(addDays(today, 1), '00:00'),
    nextWeek: bogotaInstant(addDays(today, toMonday), '00:00'),
  }
}

/** Group of a line due at an ISO instant; a line without a date is `later`. */
export function inboxGroup(dueAt: string | null, today: string): InboxGroup {
  if (dueAt === null) return 'later'
  const bounds = inboxBounds(today)
  const due = Date.parse(dueAt)
  if (due < Date.parse(bounds.today)) return 'overdue'
  if (due < Date.parse(bounds.tomorrow)) return 'today'
  return due < Date.parse(bounds.nextWeek) ? 'week' : 'later'
}

/** Lines under their group, in the order they came; every group is there. */
export function groupInbox<L extends { dueAt: string | null }>(lines: readonly L[], today: string) {
  return INBOX_GROUPS.map((group) => ({
    group,
    lines: lines.filter((line) => inboxGroup(line.dueAt, today) === group),
  }))
}

/** Why a line is in this person's inbox: they took it, they substitute who is absent, hold the position as encargado, or by duty. */
export type WhyMe = 'taken' | 'substitute' | 'acting' | 'duty'

export function whyMe(
  line: { claimedById: string | null },
  actor: { personId: string; kind?: string; actingFor?: string | null },
): WhyMe {
  if (line.claimedById === actor.personId) return 'taken'
  if (actor.actingFor) return 'substitute'
  return actor.kind === 'encargado' ? 'acting' : 'duty'
}
