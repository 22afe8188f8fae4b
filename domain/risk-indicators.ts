/** Key risk indicators (features D11; ME-SIG-F-006, hoja de vida de indicadores): periods, values and thresholds. */
import { addDays, addMonths } from './civil-dates.ts'

export const INDICATOR_UNITS = ['number', 'percent'] as const
export type IndicatorUnit = (typeof INDICATOR_UNITS)[number]

/** Months of a period. */
export const INDICATOR_FREQUENCIES = {
  ...{ mensual: 1, bimestral: 2, trimestral: 3, cuatrimestral: 4, semestral: 6, anual: 12 },
} as const
export type IndicatorFrequency = keyof typeof INDICATOR_FREQUENCIES
export const FREQUENCY_CODES = Object.keys(INDICATOR_FREQUENCIES) as IndicatorFrequency[]

export const INDICATOR_TRENDS = ['decreasing', 'increasing'] as const
export type IndicatorTrend = (typeof INDICATOR_TRENDS)[number]

export const AVAILABILITIES = ['digital', 'physical'] as const
export type Availability = (typeof AVAILABILITIES)[number]

export const READING_LEVELS = ['on_goal', 'warning', 'critical'] as const
export type ReadingLevel = (typeof READING_LEVELS)[number]

/** Calendar days after the end of a period in which it is measured. */
export const MEASURE_WITHIN_DAYS = 10

export interface Thresholds {
  trend: IndicatorTrend
  goal: number
  critical: number
}

/** `increasing`: the goal is reached from below, and what is below the critical value is critical; `decreasing` the other way. */
export function readingLevel({ trend, goal, critical }: Thresholds, value: number): ReadingLevel {
  const sign = trend === 'increasing' ? 1 : -1
  if (sign * value >= sign * goal) return 'on_goal'
  return sign * value >= sign * critical ? 'warning' : 'critical'
}

/** Whether the critical value lies on the bad side of the goal. */
export function areApart({ trend, goal, critical }: Thresholds): boolean {
  return trend === 'increasing' ? critical < goal : critical > goal
}

/** In its unit, to four decimals. `denominator` is above 0 and only of a percentage. */
export function indicatorValue(unit: IndicatorUnit, numerator: number, denominator: number | null): number {
  const value = unit === 'number' || denominator === null ? numerator : (numerator * 100) / denominator
  return Math.round(value * 10_000) / 10_000
}

export interface Period {
  /** Civil dates, both included. */
  from: string
  to: string
}

/** Period that begins so many periods after the first. */
export function periodAt(frequency: IndicatorFrequency, first: string, at: number): Period {
  const months = INDICATOR_FREQUENCIES[frequency]
  const from = addMonths(first, at * months)
  return { from, to: addDays(addMonths(from, months), -1) }
}

/** More than half a century of months. */
const MOST_PERIODS = 700

/** Periods that have ended by `today`, the oldest first. */
export function endedPeriods(frequency: IndicatorFrequency, first: string, today: string): Period[] {
  const ended: Period[] = []
  for (let at = 0; at < MOST_PERIODS; at += 1) {
    const period = periodAt(frequency, first, at)
    if (period.to >= today) break
    ended.push(period)
  }
  return ended
}

/** The first period nobody has measured, ended or not. */
export function nextPeriod(frequency: IndicatorFrequency, first: string, measured: readonly string[]): Period {
  for (let at = 0; ; at += 1) {
    const period = periodAt(frequency, first, at)
    if (!measured.includes(period.from)) return period
  }
}
