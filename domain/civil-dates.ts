/** Civil dates (`YYYY-MM-DD`) and the instants at which they begin in Colombia. */

const DAY = 86_400_000

/** A day that exists, written `YYYY-MM-DD`. No calendar has a year 0, and PostgreSQL takes none. */
export function isCivilDate(value: string): boolean {
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const time = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(time) && fromTime(time) === value
}

/** Calendar days, working or not; back in time when negative. */
export function addDays(date: string, days: number): string {
  return fromTime(toTime(date) + days * DAY)
}

/** Calendar days from one to the other; negative when it lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((toTime(to) - toTime(from)) / DAY)
}

/** The same day `months` later, or the last of that month where it has none such; the last day of a month stays the last. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const lastOf = (m: number) => new Date(Date.UTC(year, m, 0))
  const last = lastOf(month + months)
  if (day < lastOf(month).getUTCDate()) last.setUTCDate(Math.min(day, last.getUTCDate()))
  return fromTime(last.getTime())
}

/** The vigencia a day belongs to (R6). */
export function yearOf(date: string): number {
  return Number(date.slice(0, 4))
}

/** First and last day of a civil year. */
export function daysOfYear(year: number): { first: string; last: string } {
  return { first: `${year}-01-01`, last: `${year}-12-31` }
}

/** The day a civil year is told of, its last or today, and the instant it is over; null while it is not. */
export function closeOfYear(year: number, today: string): { day: string; before: string | null } {
  const { last } = daysOfYear(year)
  return last < today ? { day: last, before: bogotaInstant(addDays(last, 1), '00:00') } : { day: today, before: null }
}

/** 0 Sunday … 6 Saturday. */
export function weekday(date: string): number {
  return new Date(toTime(date)).getUTCDay()
}

/** The Monday of its week. */
export function mondayOf(date: string): string {
  return addDays(date, -((weekday(date) + 6) % 7))
}

/** Civil date in Colombia (UTC−5, no daylight saving) of an instant. */
export function bogotaDate(instant: Date | string): string {
  return fromTime(new Date(instant).getTime() - 5 * 3_600_000)
}

/** `HH:MM` in Colombia of an instant. */
export function bogotaClock(instant: Date | string): string {
  return new Date(new Date(instant).getTime() - 5 * 3_600_000).toISOString().slice(11, 16)
}

/** `HH:MM:SS.mmm` in Colombia: exactly the instant. */
export function exactBogotaClock(instant: Date | string): string {
  return new Date(new Date(instant).getTime() - 5 * 3_600_000).toISOString().slice(11, 23)
}

/** ISO instant of `HH:MM[:SS[.mmm]]` on a civil date in Colombia. */
export function bogotaInstant(date: string, clock: string): string {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number)
  return new Date(toTime(date) + ((hours + 5) * 60 + minutes) * 60_000 + Math.round(seconds * 1000)).toISOString()
}

function toTime(date: string): number {
  const time = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(time)) throw new RangeError(`not a civil date: ${date}`)
  return time
}

function fromTime(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
