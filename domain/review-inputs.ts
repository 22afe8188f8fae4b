/** What people type about reviews of accesses: one schema for the form and for the command. */
import { z } from 'zod'
import { CAMPAIGN_DAYS, type Change, MAX_BATCH, ON_SILENCE, REVIEW_VERDICTS, type ReviewVerdict } from './campaigns.ts'
import { isCivilDate } from './civil-dates.ts'
import { type InputCode, line, STALE, typedText } from './input-reading.ts'
import { LAST_DAY } from './review-calendar.ts'

const VIGENCIA: InputCode = 'vigencia_missing'
const DAYS: InputCode = 'review_days_missing'

/** A campaign opened by hand; `year`: that of today in Bogotá, the vigencia that runs. */
export function campaignInput(year: number) {
  return z.object({
    formKey: z.uuid(STALE),
    vigencia: z.coerce
      .number(VIGENCIA)
      .int(VIGENCIA)
      .min(year, 'vigencia_early' satisfies InputCode)
      .max(year, 'vigencia_late' satisfies InputCode),
    workingDays: z.coerce.number(DAYS).int(DAYS).min(CAMPAIGN_DAYS.least, DAYS).max(CAMPAIGN_DAYS.most, DAYS),
    onSilence: z.enum(ON_SILENCE, 'on_silence_missing' satisfies InputCode),
  })
}
export type CampaignInput = z.infer<ReturnType<typeof campaignInput>>

const MONTH: InputCode = 'review_month_missing'
const DAY: InputCode = 'review_day_missing'
const ticked = z.preprocess((value) => value === 'si', z.boolean())

/**
 * When reviews open by themselves, and why that changes; a box that is not ticked is off. `seenN`: version that was changed.
 */
export const ReviewCalendarInput = z.object({
  seenN: z.coerce.number(STALE).int(STALE).min(0, STALE),
  yearly: ticked,
  singles: ticked,
  month: z.coerce.number(MONTH).int(MONTH).min(1, MONTH).max(12, MONTH),
  day: z.coerce.number(DAY).int(DAY).min(1, DAY).max(LAST_DAY, DAY),
  workingDays: z.coerce.number(DAYS).int(DAYS).min(CAMPAIGN_DAYS.least, DAYS).max(CAMPAIGN_DAYS.most, DAYS),
  onSilence: z.enum(ON_SILENCE, 'on_silence_missing' satisfies InputCode),
  reason: typedText('calendar_reason_missing', { min: 10, max: 500 }),
})
export type ReviewCalendarInput = z.infer<typeof ReviewCalendarInput>

const MAX_TICKET = 40

/** The case of the service desk for the bulk act (R7): number and date. */
export function ticketInput(today: string) {
  return z.object({
    campaignId: z.uuid(STALE),
    ticket: line('ticket_missing', { max: MAX_TICKET }),
    ticketOn: z
      .string('ticket_date_missing' satisfies InputCode)
      .refine(isCivilDate, 'ticket_date_missing' satisfies InputCode)
      .refine((day) => day <= today, 'ticket_ahead' satisfies InputCode),
  })
}
export type TicketInput = z.infer<ReturnType<typeof ticketInput>>

/** One answer of a batch. `seenN`: number of the answer the reviewer had before them, 0 for none. */
export interface TypedAnswer {
  itemId: string
  verdict: ReviewVerdict
  reason: string
  change: Change
  seenN: number
  /** Milliseconds the case was before the reviewer, as their page counted; null where it could not. */
  seenMs: number | null
}

const blank = (value: unknown) => (value === '' ? null : value)

const Answer = z.object({
  itemId: z.uuid(STALE),
  verdict: z.enum(REVIEW_VERDICTS, STALE),
  reason: typedText(STALE, { min: 0, max: 500 }).default(''),
  change: z.object({
    endsOn: z.preprocess(
      blank,
      z
        .string()
        .refine(isCivilDate, 'access_end_missing' satisfies InputCode)
        .nullable()
        .default(null),
    ),
  }),
  seenN: z.coerce.number(STALE).int(STALE).min(0, STALE),
  seenMs: z.preprocess(
    blank,
    z.coerce.number(STALE).int(STALE).min(0, STALE).max(86_400_000, STALE).nullable().default(null),
  ),
})

/** A batch of answers of one list; those without a verdict are not in it. */
export const ReviewInput = z.object({
  listId: z.uuid(STALE),
  formKey: z.uuid(STALE),
  answers: z
    .array(Answer)
    .min(1, 'review_answer_missing' satisfies InputCode)
    .max(MAX_BATCH, STALE),
})
export type ReviewInput = z.infer<typeof ReviewInput>

/** What the affected person says, and whoever reviews reads (C12). */
export const StatementInput = z.object({
  grantId: z.uuid(STALE),
  body: typedText('statement_missing', { min: 10, max: 1000 }),
})
export type StatementInput = z.infer<typeof StatementInput>
