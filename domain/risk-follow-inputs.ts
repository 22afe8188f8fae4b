/** What people type to follow a risk (features D10, D11): reviews, their cadence, indicators, readings and what happened. */
import { z } from 'zod'
import { isCivilDate } from './civil-dates.ts'
import { type InputCode, line, STALE, typedText } from './input-reading.ts'
import {
  AVAILABILITIES,
  areApart,
  FREQUENCY_CODES,
  INDICATOR_TRENDS,
  INDICATOR_UNITS,
  type IndicatorUnit,
  type Period,
} from './risk-indicators.ts'
import { REVIEW_CONCLUSIONS } from './risk-reviews.ts'

/** Times that a risk happened, in one report. */
export const MAX_EVENT_TIMES = 99_999

const formKey = z.uuid(STALE)

/** Fields of the forms of a risk's follow-up, in their order. */
export const RISK_FOLLOW_FIELDS = [
  ...(['lookedAt', 'conclusion', 'reason', 'months'] as const),
  ...(['occurredOn', 'endedOn', 'times', 'description', 'consequences', 'measures'] as const),
] as const

/** Fields of the sheet of an indicator, in their order. */
export const INDICATOR_FIELDS = [
  ...(['name', 'objective', 'unit', 'formula', 'numerator', 'denominator', 'frequency', 'firstPeriod'] as const),
  ...(['source', 'location', 'availability', 'positionId', 'trend', 'goal', 'critical', 'reason'] as const),
] as const

export const RiskReviewInput = z.object({
  formKey,
  lookedAt: typedText('looked_at_missing', { min: 10 }),
  conclusion: z.enum(REVIEW_CONCLUSIONS, 'conclusion_missing' satisfies InputCode),
  reason: typedText('reason_missing', { min: 10, max: 1_000 }),
})
export type RiskReviewInput = z.infer<typeof RiskReviewInput>

/** Fewer months than the zone asks for; empty: as the zone asks. */
export const cadenceInput = (zoneMonths: number) =>
  z.object({
    months: z
      .string()
      .trim()
      .default('')
      .refine((typed) => typed === '' || (/^\d{1,2}$/.test(typed) && Number(typed) >= 1), {
        error: 'cadence_missing' satisfies InputCode,
      })
      .refine((typed) => typed === '' || Number(typed) < zoneMonths, {
        ...{ error: 'cadence_long' satisfies InputCode, params: { max: zoneMonths } },
      })
      .transform((typed) => (typed === '' ? null : Number(typed))),
  })
export type CadenceInput = z.infer<ReturnType<typeof cadenceInput>>

/** A number of no less than 0 as it is written here: `1.234,5`. */
function amount(missing: InputCode) {
  return z
    .string(missing)
    .trim()
    .refine((typed) => /^(\d{1,12}|\d{1,3}(\.\d{3}){1,3})(,\d{1,4})?$/.test(typed), missing)
    .transform((typed) => Number(typed.replaceAll('.', '').replace(',', '.')))
}

const EVENT_DAY: InputCode = 'event_day_missing'

/** Something a risk names happened: not after `today`, and over no sooner than it began. */
export const riskEventInput = (today: string) =>
  z
    .object({
      formKey,
      occurredOn: z
        .string(EVENT_DAY)
        .refine(isCivilDate, EVENT_DAY)
        .refine((day) => day <= today, 'event_ahead' satisfies InputCode),
      endedOn: z
        .string()
        .default('')
        .refine((day) => day === '' || isCivilDate(day), 'event_end_missing' satisfies InputCode)
        .refine((day) => day <= today, 'event_ahead' satisfies InputCode),
      times: z
        .string('event_times_missing' satisfies InputCode)
        .trim()
        .refine(
          (typed) => /^\d+$/.test(typed) && Number(typed) > 0 && Number(typed) <= MAX_EVENT_TIMES,
          'event_times_missing' satisfies InputCode,
        )
        .transform(Number),
      description: typedText('event_missing', { min: 10 }),
      consequences: typedText('event_consequences_missing', { min: 10 }),
      measures: typedText('event_measures_missing', { min: 10 }),
      /** What an automatic control had opened; empty where something else showed it. */
      incidentId: z.union([z.literal(''), z.uuid(STALE)], STALE).default(''),
    })
    .refine(({ occurredOn, endedOn }) => endedOn === '' || endedOn >= occurredOn, {
      ...{ path: ['endedOn'], error: 'event_end_early' satisfies InputCode },
    })
export type RiskEventInput = z.infer<ReturnType<typeof riskEventInput>>

const MONTH: InputCode = 'first_period_missing'

/** What a sheet says and a correction may say otherwise. */
const SHEET = {
  name: line('indicator_name_missing', { min: 5, max: 200 }),
  objective: typedText('indicator_objective_missing', { min: 10, max: 1_000 }),
  formula: line('formula_missing', { min: 5, max: 500 }),
  numerator: line('numerator_missing', { min: 3, max: 300 }),
  denominator: line(STALE, { min: 0, max: 300 }).default(''),
  source: line('indicator_source_missing', { min: 3, max: 300 }),
  location: line('indicator_location_missing', { min: 3, max: 300 }),
  availability: z.enum(AVAILABILITIES, 'availability_missing' satisfies InputCode),
  trend: z.enum(INDICATOR_TRENDS, 'trend_missing' satisfies InputCode),
  goal: amount('goal_missing'),
  critical: amount('critical_missing'),
  positionId: z.uuid('indicator_owner_missing' satisfies InputCode),
}

const hasDenominator = (unit: IndicatorUnit, denominator: string) => unit === 'number' || denominator.length >= 3
const NO_DENOMINATOR = { path: ['denominator'], error: 'denominator_missing' satisfies InputCode }
const areSound = (sheet: { trend: 'increasing' | 'decreasing'; goal: number; critical: number }) =>
  ![sheet.goal, sheet.critical].every(Number.isFinite) || areApart(sheet)
const CROSSED = { path: ['critical'], error: 'critical_crossed' satisfies InputCode }

/** The sheet of an indicator; its first period begins with a month. */
export const IndicatorInput = z
  .object({
    formKey,
    ...SHEET,
    unit: z.enum(INDICATOR_UNITS, 'unit_missing' satisfies InputCode),
    frequency: z.enum(FREQUENCY_CODES, 'indicator_frequency_missing' satisfies InputCode),
    firstPeriod: z
      .string(MONTH)
      .transform((typed) => `${typed.slice(0, 7)}-01`)
      .refine(isCivilDate, MONTH),
  })
  .refine(({ unit, denominator }) => hasDenominator(unit, denominator), NO_DENOMINATOR)
  .refine(areSound, CROSSED)
export type IndicatorInput = z.infer<typeof IndicatorInput>

/** Unit, frequency and first period stay: with others it would be another series. `readVersion`: the one the page showed. */
export const indicatorCorrection = (unit: IndicatorUnit) =>
  z
    .object({
      formKey,
      ...SHEET,
      readVersion: z.coerce.number(STALE).int(STALE),
      reason: typedText('reason_missing', { min: 10, max: 1_000 }),
    })
    .refine(({ denominator }) => hasDenominator(unit, denominator), NO_DENOMINATOR)
    .refine(areSound, CROSSED)
export type IndicatorCorrection = z.infer<ReturnType<typeof indicatorCorrection>>

export const RetireIndicatorInput = z.object({ reason: typedText('reason_missing', { min: 10, max: 1_000 }) })

/** What was measured of a period that has ended and nobody has measured: `open`. */
export const readingInput = (unit: IndicatorUnit, open: readonly Period[]) =>
  z.object({
    formKey,
    period: z
      .string('period_missing' satisfies InputCode)
      .refine((from) => open.some((one) => one.from === from), 'period_missing' satisfies InputCode),
    numerator: amount('numerator_value_missing'),
    denominator:
      unit === 'number'
        ? z
            .string()
            .optional()
            .transform(() => null)
        : amount('denominator_value_missing').refine((n) => n > 0, 'denominator_value_missing' satisfies InputCode),
    note: line(STALE, { min: 0, max: 500 }).default(''),
  })
export type ReadingInput = z.infer<ReturnType<typeof readingInput>>
