/** The instants of a question about the past, from what was typed (decision 0052). */
import { addDays, bogotaDate, bogotaInstant, exactBogotaClock, isCivilDate } from './civil-dates.ts'

/** `at`: the instant that is asked about; `known`: what was recorded until then counts; `stood`: the earlier of both. ISO instants. */
export interface Moment {
  at: string
  known: string
  stood: string
  /** Civil date of `at` in Bogotá: what dates of tenures and accesses are held against. */
  day: string
}

export type MomentFault =
  | 'date_missing'
  | 'date_unreal'
  | 'date_future'
  | 'time_unreal'
  | 'time_future'
  | 'known_unreal'
  | 'known_future'

/** To the minute as it is typed, to the millisecond as an address keeps it. */
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{3})?)?$/

/** What the fields of the question say, or the first thing that is wrong with it. A date without time is judged as the day closes, or now. */
export function momentOf(asked: MomentAsked, now: Date): Moment | { fault: MomentFault } {
  const { date, time } = asked
  if (date === '') return { fault: 'date_missing' }
  if (!isReal(date)) return { fault: 'date_unreal' }
  if (date > bogotaDate(now)) return { fault: 'date_future' }
  if (time !== '' && !CLOCK.test(time)) return { fault: 'time_unreal' }
  const at = time === '' ? earlier(closeOf(date), now.toISOString()) : bogotaInstant(date, time)
  if (at > now.toISOString()) return { fault: 'time_future' }
  const known = asked.known === '' ? now.toISOString() : instantOf(asked.known, now)
  if (known === null) return { fault: 'known_unreal' }
  if (known > now.toISOString()) return { fault: 'known_future' }
  return { at, known, stood: earlier(at, known), day: date }
}

/** As they were typed; empty where nothing was. `date`: civil. `time`: HH:MM[:SS.mmm] in Bogotá. `known`: a date, or an ISO instant. */
export interface MomentAsked {
  date: string
  time: string
  known: string
}

/** The time with which the same question has the same instant on every later day; none where a past day is judged as it closed. */
export function lastingTime({ at, day }: Moment): string {
  return at === closeOf(day) ? '' : exactBogotaClock(at)
}

/** The same instant, known only as far as it was then: what the product went by at the time. */
export function asKnownThen({ at, day }: Moment): Moment {
  return { at, known: at, stood: at, day }
}

function isReal(date: string): boolean {
  return /^(19|20|21)\d\d-\d\d-\d\d$/.test(date) && isCivilDate(date)
}

/** The last millisecond of a civil date. */
function closeOf(date: string): string {
  return new Date(Date.parse(bogotaInstant(addDays(date, 1), '00:00')) - 1).toISOString()
}

function earlier(one: string, other: string): string {
  return one < other ? one : other
}

/** A date alone counts to its close, or to now where it is today. */
function instantOf(typed: string, now: Date): string | null {
  const [date = '', clock = ''] = typed.split('T')
  if (!isReal(date)) return null
  if (clock === '') return date === bogotaDate(now) ? now.toISOString() : closeOf(date)
  const time = /^\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(clock) ? Date.parse(typed) : Number.NaN
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}
