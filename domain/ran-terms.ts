/** Terms that ran, as they are told afterwards: how each was counted, and whether it was kept or missed by how much. */
import { WEEKEND } from '../catalog/day-words.ts'
import { type Calendar, type CountedDay, workingDaysBetween } from './calendar.ts'
import { daysBetween } from './civil-dates.ts'
import type { Ending } from './term-endings.ts'
import type { SubjectKind } from './timeline.ts'

/** Of what there are terms. */
export const TERM_SUBJECTS = ['cycle', 'grant', 'campaign', 'run'] as const satisfies readonly SubjectKind[]
export type TermSubject = (typeof TERM_SUBJECTS)[number]

/** What had to be done by its end: a step in one of its attempts, the answer of a dependencia, what the subject itself is. */
export type TermOf =
  | { kind: 'step'; stepCode: string; attempt: number }
  | { kind: 'answer'; agency: string }
  | { kind: 'access' | 'review' | 'run' }

export interface RanTerm extends Pick<Ending, 'ending' | 'cause'> {
  id: string
  of: TermOf
  /** Civil dates: from when it ran, and its last day. */
  startOn: string
  dueOn: string
  /** Días hábiles, or every day of the calendar. */
  unit: 'working' | 'civil'
  /** How many days it had, in its unit. */
  length: number
  /** Whether the day it ran from is the first of them; otherwise the day after is. */
  countsStart: boolean
  /** Day by day; empty where every day counts. */
  days: CountedDay[]
  /** Of the entity, by which days were counted. */
  calendarVersion: string
  /** No count was kept when it began: its days are those of the calendar of now. */
  isRecounted: boolean
  /** Civil date; null while it runs. */
  endedOn: string | null
  /** Last day of the term that came in its place, and of the one in whose place it came. */
  movedTo: string | null
  movedFrom: string | null
}

/** `days`, in the unit of the term: left, overdue, before its last day or after it. */
export interface TermResult {
  code:
    | 'not_begun'
    | 'running'
    | 'overdue'
    | 'kept'
    | 'late'
    | 'omitted'
    | 'moved'
    | 'stopped'
    | 'stopped_late'
    | 'not_run'
  days: number
}

type Judged = Pick<RanTerm, 'unit' | 'startOn' | 'dueOn' | 'days' | 'endedOn' | 'ending'>

/** What became of a term, seen on a civil date. */
export function resultOf(term: Judged, today: string, calendar: Calendar): TermResult {
  const until = term.endedOn ?? today
  return { code: codeOf(term, until), days: daysApart(term, until, calendar) }
}

function codeOf({ ending, startOn, dueOn }: Judged, until: string): TermResult['code'] {
  const isLate = until > dueOn
  switch (ending) {
    case 'running':
      if (until < startOn) return 'not_begun'
      return isLate ? 'overdue' : 'running'
    case 'done':
      return isLate ? 'late' : 'kept'
    case 'omitted':
    case 'moved':
    case 'not_run':
      return ending
    case 'stopped':
      if (until < startOn) return 'not_run'
      return isLate ? 'stopped_late' : 'stopped'
  }
}

/** Until its last day a term is counted as it was counted then; what comes after was in no count, and is in the calendar of now. */
function daysApart({ unit, dueOn, days }: Judged, until: string, calendar: Calendar): number {
  if (unit === 'civil') return Math.abs(daysBetween(until, dueOn))
  if (until > dueOn) return workingDaysBetween(dueOn, until, calendar)
  return days.filter(({ date, counts }) => counts && date > until).length
}

/** The days a count left out: how many of weekends, and each holiday with its reason. */
export function leftOut(days: readonly CountedDay[]): {
  weekend: number
  holidays: { date: string; reason: string }[]
} {
  const weekend = Object.values(WEEKEND)
  const out = days.flatMap(({ date, counts, reason = '' }) => (counts ? [] : [{ date, reason }]))
  const holidays = out.filter(({ reason }) => !weekend.includes(reason))
  return { weekend: out.length - holidays.length, holidays }
}
