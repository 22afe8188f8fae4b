/** Colombian working days on civil dates (`YYYY-MM-DD`): Monday to Friday that is no holiday, with its arithmetic. */
import { WEEKEND } from '../catalog/day-words.ts'
import { addDays, weekday } from './civil-dates.ts'

export interface HolidayRule {
  id: string
  name: string
  base: 'fixed' | 'easter'
  /** `MM-DD`, when the base is fixed. */
  date?: string
  /** Days from Easter Sunday, when the base is Easter. */
  offset?: number
  /** Ley 51 de 1983: kept on the Monday after, unless it falls on a Monday. */
  moveToMonday: boolean
  since: number
  /** Last year it holds; null while in force. */
  until: number | null
  norma: string
}

/** What an entity counts with: the national rules and its own days (día cívico, suspensión de términos), each by act. */
export interface Calendar {
  version: string
  holidayRules: readonly HolidayRule[]
  extra: readonly { date: string; name: string; act: string }[]
  removed: readonly { date: string; act: string }[]
}

export interface Holiday {
  date: string
  name: string
  norma: string
}

export interface CountedDay {
  date: string
  counts: boolean
  /** Why it does not count: sábado, domingo, or the holiday with its norm. */
  reason?: string
  /** Its number in the term, 1 for the first working day. */
  n?: number
}

/** Easter Sunday of the Gregorian calendar (anonymous algorithm, Meeus). */
export function easterSunday(year: number): string {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114
  return `${year}-${two(Math.floor(f / 31))}-${two((f % 31) + 1)}`
}

/** Holidays of one year in date order; two may share a date (30 June 2025). Days the entity removed are left out. */
export function holidaysOf(year: number, calendar: Calendar): Holiday[] {
  const national = calendar.holidayRules
    .filter((rule) => year >= rule.since && (rule.until === null || year <= rule.until))
    .map((rule) => ({ date: dateOf(rule, year), name: rule.name, norma: rule.norma }))
  const own = calendar.extra
    .filter((day) => day.date.startsWith(`${year}-`))
    .map((day) => ({ date: day.date, name: day.name, norma: day.act }))
  const removed = new Set(calendar.removed.map((day) => day.date))
  return [...national.filter((day) => !removed.has(day.date)), ...own].sort((a, b) => (a.date < b.date ? -1 : 1))
}

/** Why a date does not count, or null when it is a working day. */
function reasonNotWorking(date: string, calendar: Calendar): string | null {
  const weekend = WEEKEND[weekday(date)]
  if (weekend) return weekend
  const holidays = holidayTable(Number(date.slice(0, 4)), calendar).get(date)
  return holidays ? holidays.map((one) => `${one.name} (${one.norma})`).join('; ') : null
}

export function isWorkingDay(date: string, calendar: Calendar): boolean {
  return reasonNotWorking(date, calendar) === null
}

/** A holiday in the week: what an entity may make a working day again by act. */
export function isHoliday(date: string, calendar: Calendar): boolean {
  return !WEEKEND[weekday(date)] && !isWorkingDay(date, calendar)
}

/** The calendar with one day more of the entity's own: `extra` does not count, `removed` does again. */
export function withDay(calendar: Calendar, { day, kind }: { day: string; kind: 'extra' | 'removed' }): Calendar {
  return kind === 'extra'
    ? { ...calendar, extra: [...calendar.extra, { date: day, name: '', act: '' }] }
    : { ...calendar, removed: [...calendar.removed, { date: day, act: '' }] }
}

/** The calendar as it is once the entity takes its own day back. */
export function withoutDay(calendar: Calendar, day: string): Calendar {
  const others = <D extends { date: string }>(days: readonly D[]) => days.filter(({ date }) => date !== day)
  return { ...calendar, extra: others(calendar.extra), removed: others(calendar.removed) }
}

/** The n-th working day after `start` (before it when n is negative); the day itself never counts, 0 gives it back. */
export function addWorkingDays(start: string, n: number, calendar: Calendar): string {
  const direction = n < 0 ? -1 : 1
  let date = start
  for (let left = Math.abs(n); left > 0; ) {
    date = addDays(date, direction)
    if (isWorkingDay(date, calendar)) left -= 1
  }
  return date
}

/** The date itself where it is a working day, else the first one after it. */
export function workingDayFrom(date: string, calendar: Calendar): string {
  return isWorkingDay(date, calendar) ? date : addWorkingDays(date, 1, calendar)
}

/** Every day from the day after `start` to the due date, each with its number or the reason it does not count. */
export function explainTerm(start: string, workingDays: number, calendar: Calendar): CountedDay[] {
  return explainDays(addDays(start, 1), addWorkingDays(start, workingDays, calendar), calendar)
}

/** Every day from one to another, both included, each with its number or the reason it does not count. */
export function explainDays(from: string, to: string, calendar: Calendar): CountedDay[] {
  const days: CountedDay[] = []
  let n = 0
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const reason = reasonNotWorking(date, calendar)
    if (reason === null) n += 1
    days.push(reason === null ? { date, counts: true, n } : { date, counts: false, reason })
  }
  return days
}

/** Working days in (from, to]; negative when `to` is earlier than `from`. */
export function workingDaysBetween(from: string, to: string, calendar: Calendar): number {
  if (to < from) return -workingDaysBetween(to, from, calendar)
  let count = 0
  for (let date = addDays(from, 1); date <= to; date = addDays(date, 1)) {
    if (isWorkingDay(date, calendar)) count += 1
  }
  return count
}

function dateOf(rule: HolidayRule, year: number): string {
  const date = rule.base === 'easter' ? addDays(easterSunday(year), rule.offset ?? 0) : `${year}-${rule.date}`
  return rule.moveToMonday ? addDays(date, (8 - weekday(date)) % 7) : date
}

// A term asks for the same two years dozens of times; the calendar is immutable, so its tables are kept beside it.
const tables = new WeakMap<Calendar, Map<number, Map<string, Holiday[]>>>()

function holidayTable(year: number, calendar: Calendar): Map<string, Holiday[]> {
  const years = tables.get(calendar) ?? new Map<number, Map<string, Holiday[]>>()
  tables.set(calendar, years)
  const known = years.get(year)
  if (known) return known
  const table = new Map<string, Holiday[]>()
  for (const holiday of holidaysOf(year, calendar))
    table.set(holiday.date, [...(table.get(holiday.date) ?? []), holiday])
  years.set(year, table)
  return table
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
