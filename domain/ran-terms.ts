/** Terms that ran, as they are told afterwards: how each was counted, and whether it was kept or missed by how much. */
import { WEEKEND } from '../catalog/day-words.ts'
import { type Calendar, type CountedDay, workingDaysBetween } from './calendar.ts'
import { daysBetween } from './civil-dates.ts'
import type { SubjectKind } from './timeline.ts'

/** Of what there are terms. */
export const TERM_SUBJECTS = ['cycle', 'grant', 'campaign', 'run'] as const satisfies readonly SubjectKind[]
export type TermSubject = (typeof TERM_SUBJECTS)[number]

/** What had to be done by its end: a step in one of its attempts, the answer of a dependencia, what the subject itself is. */
export type TermOf =
  | { kind: 'step'; stepCode: string; attempt: number }
  | { kind: 'answer'; agency: string }
  | { kind: 'access' | 'review' | 'run' }

/**
 * `done`: what it was for was done, in time or not. `omitted`: somebody said why it was not done. `moved`: a change of the calendar put
 * another in its place. `stopped`: what it was for was to be done no more.
 */
export type TermEnding = 'running' | 'done' | 'omitted' | 'moved' | 'stopped'

export interface RanTerm {
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
  ending: TermEnding
  /** Civil date; null while it runs. */
  endedOn: string | null
  /** Last day of the term that came in its place, and of the one in whose place it came. */
  movedTo: string | null
  movedFrom: string | null
}

/** `days`, in the unit of the term: left, overdue, before its last day or after it. */
export interface TermResult {
  code: 'not_begun' | 'running' | 'overdue' | 'kept' | 'late' | 'omitted' | 'moved' | 'stopped' | 'stopped_late'
  days: number
}

type Ended = Pick<RanTerm, 'unit' | 'startOn' | 'dueOn' | 'endedOn' | 'ending'>

/** What became of a term, seen on a civil date. */
export function resultOf(term: Ended, today: string, calendar: Calendar): TermResult {
  const until = term.endedOn ?? today
  const left =
    term.unit === 'working' ? workingDaysBetween(until, term.dueOn, calendar) : daysBetween(until, term.dueOn)
  const isLate = until > term.dueOn
  if (term.ending === 'running' && today < term.startOn) return { code: 'not_begun', days: Math.abs(left) }
  return { code: codeOf(term.ending, isLate), days: Math.abs(left) }
}

function codeOf(ending: TermEnding, isLate: boolean): TermResult['code'] {
  switch (ending) {
    case 'running':
      return isLate ? 'overdue' : 'running'
    case 'done':
      return isLate ? 'late' : 'kept'
    case 'omitted':
    case 'moved':
      return ending
    case 'stopped':
      return isLate ? 'stopped_late' : 'stopped'
  }
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
