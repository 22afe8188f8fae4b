/** A term (plazo): working days from the opening of a step, its due instant, its arithmetic and the notices around it. */
import { addWorkingDays, type Calendar, type CountedDay, explainTerm, workingDaysBetween } from './calendar.ts'
import { addDays, bogotaInstant } from './civil-dates.ts'

export interface Term {
  /** Civil date the term runs from; counting begins the day after. */
  start: string
  workingDays: number
  dueDate: string
  /** ISO instant of 23:59:59 in Bogotá on the due date. */
  dueAt: string
  calendarVersion: string
  days: CountedDay[]
}

/** `reminder` and `overdue` go to whoever must act, `expiry` to them and to the superior position. */
export type NoticeKind = 'reminder' | 'expiry' | 'overdue'

export interface Notice {
  kind: NoticeKind
  /** Stable within one term: `reminder-3`, `expiry`, `overdue-7`, `overdue-week-2`. */
  code: string
  /** Civil date on which it is sent. */
  dueOn: string
  /** ISO instant of 08:00 in Bogotá on that date. */
  at: string
}

export type TermChip = 'on_time' | 'due_soon' | 'overdue'

const REMIND_BEFORE = [3, 1]
const OVERDUE_AFTER = [1, 3, 7]
/** Half a year of weekly notices; the step stays overdue in every inbox and list after that. */
const OVERDUE_WEEKS = 26
const DUE_SOON = 3
const NOTICE_CLOCK = '08:00'

/** Term of `workingDays` días hábiles after `start` (Ley 1437 de 2011 counting: the day itself never counts). */
export function termFrom(start: string, workingDays: number, calendar: Calendar): Term {
  if (!Number.isInteger(workingDays) || workingDays < 1) throw new RangeError(`not a term: ${workingDays} working days`)
  const dueDate = addWorkingDays(start, workingDays, calendar)
  return {
    start,
    workingDays,
    dueDate,
    dueAt: bogotaInstant(dueDate, '23:59:59'),
    calendarVersion: calendar.version,
    days: explainTerm(start, workingDays, calendar),
  }
}

/** Code of the notice by which something is told the moment it is asked. */
export const TOLD_NOW = 'reminder-now'

/** Notices of a term in the order they fall due; a reminder that would fall on or before the start is left out. */
export function planNotices(term: Pick<Term, 'start' | 'dueDate'>, calendar: Calendar): Notice[] {
  const reminders = REMIND_BEFORE.map((days) =>
    notice('reminder', `reminder-${days}`, addWorkingDays(term.dueDate, -days, calendar)),
  ).filter((one) => one.dueOn > term.start)
  const expiry = notice('expiry', 'expiry', addDays(term.dueDate, 1))
  const after = OVERDUE_AFTER.map((days) =>
    notice('overdue', `overdue-${days}`, addWorkingDays(term.dueDate, days, calendar)),
  )
  // The first working day after the due date is often the day of expiry itself: told once, not twice.
  const overdue = after.filter((one) => one.dueOn > expiry.dueOn)
  const last = overdue.at(-1)?.dueOn ?? term.dueDate
  const weekly = Array.from({ length: OVERDUE_WEEKS }, (_, i) =>
    notice('overdue', `overdue-week-${i + 1}`, addDays(last, 7 * (i + 1))),
  )
  return [...reminders, expiry, ...overdue, ...weekly]
}

/** Working days after `today` up to the due date: 0 on the due date itself, negative once it has passed. */
export function workingDaysLeft(dueDate: string, today: string, calendar: Calendar): number {
  return workingDaysBetween(today, dueDate, calendar)
}

/** `due_soon` while three días hábiles or fewer are left; the due date itself is not overdue yet. */
export function termChip(dueDate: string, today: string, calendar: Calendar): TermChip {
  if (today > dueDate) return 'overdue'
  return workingDaysLeft(dueDate, today, calendar) <= DUE_SOON ? 'due_soon' : 'on_time'
}

function notice(kind: NoticeKind, code: string, dueOn: string): Notice {
  return { kind, code, dueOn, at: bogotaInstant(dueOn, NOTICE_CLOCK) }
}
