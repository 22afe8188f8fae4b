/** The days of a delegated access: from when and until when it lets its person in, who is told before its end, and what the calendar does to it (C2, D1). */

import { addWorkingDays, type Calendar } from './calendar.ts'
import { addDays, bogotaInstant, daysOfYear, yearOf } from './civil-dates.ts'
import { type GrantState, isOver } from './grants.ts'

export interface GrantDays {
  /** Civil dates, both included. */
  startsOn: string
  endsOn: string
}

/** From a day on, to the end of its vigencia (D1). */
export function daysFrom(day: string): GrantDays {
  return { startsOn: day, endsOn: daysOfYear(yearOf(day)).last }
}

/** The vigencia after the one that is renewed, or what is left of this one where that has begun. */
export function daysOfRenewal(vigencia: number, today: string): GrantDays {
  const { first } = daysOfYear(vigencia + 1)
  return daysFrom(first > today ? first : today)
}

/** Working days before its end on which the person and their organismo are told of it (C2). */
const TOLD_BEFORE = [15, 5, 1]
const NOTICE_CLOCK = '08:00'

/** Notices of its end, in order; one that would fall before it begins is left out. `at`: ISO instant. */
export function planEndNotices(
  { startsOn, endsOn }: Pick<GrantState, 'startsOn' | 'endsOn'>,
  calendar: Calendar,
): { code: string; dueOn: string; at: string }[] {
  return TOLD_BEFORE.map((days) => ({ code: `reminder-${days}`, dueOn: addWorkingDays(endsOn, -days, calendar) }))
    .filter(({ dueOn }) => dueOn > startsOn)
    .map((one) => ({ ...one, at: bogotaInstant(one.dueOn, NOTICE_CLOCK) }))
}

/** What the calendar does to it on a civil date, by itself; null where nothing is due. */
export type Turn = 'begin' | 'expire'

export function turnOn(state: GrantState, { hasBegun }: { hasBegun: boolean }, today: string): Turn | null {
  if (isOver(state.status)) return null
  // A request nobody decided ends with the days it asked for.
  if (today > state.endsOn) return 'expire'
  return state.status === 'granted' && !hasBegun && today >= state.startsOn ? 'begin' : null
}

/** ISO instant of the next turn; null once it is over. */
export function nextTurn(state: GrantState, { hasBegun }: { hasBegun: boolean }): string | null {
  if (isOver(state.status)) return null
  if (state.status === 'granted' && !hasBegun) return bogotaInstant(state.startsOn, '00:00')
  return bogotaInstant(addDays(state.endsOn, 1), '00:00')
}
