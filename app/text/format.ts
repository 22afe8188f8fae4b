/** Dates, times and numbers as people in Colombia write them, always in Bogotá's time. */

import { bogotaDate } from '../../domain/civil-dates.ts'
import { type Exact, roundedTo } from '../../domain/conversions.ts'
import { perCentOf } from '../../domain/shares.ts'

const ZONE = 'America/Bogota'
const LOCALE = 'es-CO'

const longDate = new Intl.DateTimeFormat(LOCALE, {
  timeZone: ZONE,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})
const plainDate = new Intl.DateTimeFormat(LOCALE, { timeZone: ZONE, day: 'numeric', month: 'long', year: 'numeric' })
const time = new Intl.DateTimeFormat('es', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const second = new Intl.DateTimeFormat('es', {
  ...{ timeZone: ZONE, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
} as const)
const integer = new Intl.NumberFormat('es', { useGrouping: 'always' } as Intl.NumberFormatOptions)
const decimal = new Intl.NumberFormat('es', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  useGrouping: 'always',
} as Intl.NumberFormatOptions)

const monthName = new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', month: 'long' })
/** The months of a year, «enero» first. */
export const MONTH_NAMES = Array.from({ length: 12 }, (_, n) => monthName.format(Date.UTC(2000, n)))

/** «martes 24 de noviembre de 2026», from a civil date `YYYY-MM-DD`. */
export function formatDay(day: string): string {
  return withoutComma(longDate.format(noonOf(day)))
}

/** «24 de noviembre de 2026», from a civil date `YYYY-MM-DD`. */
export function formatDate(day: string): string {
  return plainDate.format(noonOf(day))
}

/** «24 de noviembre de 2026», the day of an instant. */
export function formatDayOf(instant: Date | string): string {
  return plainDate.format(new Date(instant))
}

/** «24 de noviembre de 2026, 10:42». */
export function formatInstant(instant: Date | string): string {
  const at = new Date(instant)
  return `${plainDate.format(at)}, ${time.format(at)}`
}

/** «24 de noviembre de 2026, 10:42:05», where one of many in a minute is told. */
export function formatSecond(instant: Date | string): string {
  const at = new Date(instant)
  return `${plainDate.format(at)}, ${second.format(at)}`
}

/** «martes 24 de noviembre de 2026, 10:42». */
export function formatLongInstant(instant: Date | string): string {
  const at = new Date(instant)
  return `${withoutComma(longDate.format(at))}, ${time.format(at)}`
}

/** «2026-11-24 10:42», as a spreadsheet takes it for a date. */
export function formatSheetInstant(instant: Date | string): string {
  return `${bogotaDate(instant)} ${formatTime(instant)}`
}

/** «10:42». */
export function formatTime(instant: Date | string): string {
  return time.format(new Date(instant))
}

/** «338.142». */
export function formatNumber(value: number | bigint): string {
  return integer.format(value)
}

/** «1.204,50». */
export function formatDecimal(value: number): string {
  return decimal.format(value)
}

/** «27,36 %», from a share between 0 and 1. */
export function formatShare(share: number): string {
  return `${decimal.format(perCentOf(share))} %`
}

/** «1.204,5»: two places behind the comma at most. */
export function formatExact(value: Exact): string {
  const [whole = '0', places = ''] = roundedTo(value, 2).split('.')
  const [sign, kept] = [whole.startsWith('-') ? '-' : '', places.replace(/0+$/, '')]
  return `${sign}${integer.format(BigInt(whole.replace('-', '')))}${kept && `,${kept}`}`
}

/** «1,4 MB», in steps of a thousand. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB']
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const amount = bytes / 1000 ** power
  return `${power === 0 ? formatNumber(bytes) : amount.toFixed(1).replace('.', ',')} ${units[power]}`
}

/** «faltan 4 días hábiles», «vence hoy», «venció hace 2 días hábiles». */
export function formatDaysLeft(workingDays: number): string {
  const days = Math.abs(workingDays)
  const words = `${days} ${days === 1 ? 'día hábil' : 'días hábiles'}`
  if (workingDays === 0) return 'vence hoy'
  if (workingDays < 0) return `venció hace ${words}`
  return days === 1 ? `falta ${words}` : `faltan ${words}`
}

function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00-05:00`)
}

function withoutComma(text: string): string {
  return text.replace(', ', ' ')
}
