/** "Mi bandeja": the groups of its lines by civil date in Bogotá, and why a line is mine. */
import { addDays, bogotaInstant, weekday } from './calendar.ts'

export const INBOX_GROUPS = ['overdue', 'today', 'week', 'later'] as const
export type InboxGroup = (typeof INBOX_GROUPS)[number]

/** First instants (ISO) after the groups `overdue`, `today` and `week`; the week ends on Sunday. */
export interface InboxBounds {
  today: string
  tomorrow: string
  nextWeek: string
}

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

/** Why a line is in this person's inbox: they took it, they stand in for the position, or it is theirs by duty. */
export type WhyMe = 'taken' | 'acting' | 'duty'

export function whyMe(line: { claimedById: string | null }, actor: { personId: string; kind?: string }): WhyMe {
  if (line.claimedById === actor.personId) return 'taken'
  return actor.kind === 'encargado' ? 'acting' : 'duty'
}
