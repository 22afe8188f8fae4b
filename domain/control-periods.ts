/** When a control is executed: the periods of its periodicity, and the days of each run (features D5). */
import { addWorkingDays, type Calendar, type CountedDay, explainDays, isWorkingDay } from './calendar.ts'
import { addDays, addMonths, daysOfYear, weekday, yearOf } from './civil-dates.ts'

/** Civil dates, both included. */
export interface Period {
  start: string
  end: string
}

/** Days of one run: from when it is asked for, by when it is done, and until when one that was missed still may be. */
export interface RunDays {
  opensOn: string
  dueOn: string
  lateUntil: string
}

/** How often periods can repeat within a year; a periodicity between two of them is the more frequent. */
const RHYTHMS = [1, 2, 3, 4, 6, 12, 24, 52, 365] as const
/** Code of the periodicity of what is executed only when its risk happens. */
export const ONCE_HAPPENED = 'al_materializarse'

/** Working days to execute what is executed only when the risk happens. */
const DAYS_ONCE_HAPPENED = 5
export type Rhythm = (typeof RHYTHMS)[number]

/** Null for what is done only when something happens. */
export function rhythmOf(perYear: number): Rhythm | null {
  if (perYear === 0) return null
  return RHYTHMS.find((one) => one >= perYear) ?? 365
}

/** The period that holds a day: weeks begin on Monday, fortnights on the 1st and 16th, months and what is longer on the 1st. */
export function periodOf(rhythm: Rhythm, day: string): Period {
  if (rhythm === 365) return { start: day, end: day }
  if (rhythm === 52) {
    const start = addDays(day, -((weekday(day) + 6) % 7))
    return { start, end: addDays(start, 6) }
  }
  const first = `${day.slice(0, 7)}-01`
  if (rhythm === 24) {
    if (day.slice(8) < '16') return { start: first, end: `${day.slice(0, 7)}-15` }
    return { start: `${day.slice(0, 7)}-16`, end: addDays(addMonths(first, 1), -1) }
  }
  const months = 12 / rhythm
  const start = addMonths(first, -((Number(day.slice(5, 7)) - 1) % months))
  return { start, end: addDays(addMonths(start, months), -1) }
}

export function nextPeriod(rhythm: Rhythm, { end }: Period): Period {
  return periodOf(rhythm, addDays(end, 1))
}

/** Periods that begin in a year, the first of them first. */
export function periodsOfYear(rhythm: Rhythm, year: number): Period[] {
  const first = periodOf(rhythm, daysOfYear(year).first)
  const found: Period[] = []
  for (let period = first; yearOf(period.start) <= year; period = nextPeriod(rhythm, period))
    if (yearOf(period.start) === year) found.push(period)
  return found
}

/**
 * A run is asked for on the first working day of its period, on `from` or later, and is done by the last one; missed, it may be
 * made up for until the next period ends. Null where no working day is left.
 */
export function runDays(rhythm: Rhythm, period: Period, from: string, calendar: Calendar): RunDays | null {
  const opensOn = workingDay(from > period.start ? from : period.start, 1, calendar)
  const dueOn = workingDay(period.end, -1, calendar)
  if (opensOn > dueOn) return null
  return { opensOn, dueOn, lateUntil: nextPeriod(rhythm, period).end }
}

/** The days of the run of a control that is executed when its risk happens, from the day on which that is known. */
export function runDaysOnceHappened(knownOn: string, calendar: Calendar): RunDays {
  const opensOn = workingDay(knownOn, 1, calendar)
  const dueOn = addWorkingDays(opensOn, DAYS_ONCE_HAPPENED, calendar)
  return { opensOn, dueOn, lateUntil: addWorkingDays(dueOn, DAYS_ONCE_HAPPENED, calendar) }
}

/**
 * By when an open run is done by another calendar; null where that is the day it is already, or one on which nobody can do it any
 * more: before it was asked for, or past.
 */
export function movedDueDay(
  { opensOn, dueOn, isHappened }: Pick<RunDays, 'opensOn' | 'dueOn'> & { isHappened: boolean },
  { end }: Period,
  { calendar, today }: { calendar: Calendar; today: string },
): string | null {
  const after = isHappened ? runDaysOnceHappened(opensOn, calendar).dueOn : workingDay(end, -1, calendar)
  return after === dueOn || after < opensOn || after < today ? null : after
}

/** The days of a run one by one: the day on which it is asked for is the first of them, unless its risk happened that day. */
export function explainRun(
  { opensOn, dueOn, isHappened }: Pick<RunDays, 'opensOn' | 'dueOn'> & { isHappened: boolean },
  calendar: Calendar,
): CountedDay[] {
  return explainDays(isHappened ? addDays(opensOn, 1) : opensOn, dueOn, calendar)
}

/** The day itself where it is a working day, otherwise the nearest after it (before it, where `step` is −1). */
function workingDay(day: string, step: 1 | -1, calendar: Calendar): string {
  let found = day
  while (!isWorkingDay(found, calendar)) found = addDays(found, step)
  return found
}
