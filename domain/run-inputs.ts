/** What people type of runs of controls and of what they come to. */
import { z } from 'zod'
import { isCivilDate } from './civil-dates.ts'
import { type InputCode, STALE, typedText } from './input-reading.ts'

const day = (missing: InputCode) => z.string(missing).refine(isCivilDate, missing)
const read = z.string(STALE).regex(/^([0-9a-f]{64})?$/, STALE)

/** A run executed; `read`: hash of what the page showed of it. */
export const ExecutionInput = z
  .object({
    runId: z.uuid(STALE),
    read,
    from: day('period_from_missing'),
    to: day('period_to_missing'),
    validUntil: day('valid_until_missing'),
    note: typedText(STALE, { min: 0, max: 2_000 }).default(''),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'period_to_missing' satisfies InputCode })
export type ExecutionInput = z.infer<typeof ExecutionInput>

/** Why a run was not executed, or what whoever checks it says; verifying needs no words. */
export const RunVerdictInput = z.discriminatedUnion('verdict', [
  z.object({
    runId: z.uuid(STALE),
    read,
    verdict: z.literal('verify'),
    reason: z
      .string()
      .default('')
      .transform(() => ''),
  }),
  z.object({
    ...{ runId: z.uuid(STALE), read, verdict: z.enum(['omit', 'reject']) },
    reason: typedText('reason_missing', { min: 10, max: 2_000 }),
  }),
])
export type RunVerdictInput = z.infer<typeof RunVerdictInput>

/** Why and until when nothing is asked of a control. */
export const PauseInput = z
  .object({
    formKey: z.uuid(STALE),
    from: day('period_from_missing'),
    until: day('pause_until_missing'),
    reason: typedText('reason_missing', { min: 10, max: 1_000 }),
  })
  .refine(({ from, until }) => from <= until, { path: ['until'], error: 'pause_until_missing' satisfies InputCode })
export type PauseInput = z.infer<typeof PauseInput>

/** From which day, and why, a control is asked for again before its pause ends. */
export const ResumptionInput = z.object({
  ...{ formKey: z.uuid(STALE), pauseId: z.uuid('pause_missing' satisfies InputCode) },
  resumesOn: day('resumes_on_missing'),
  reason: typedText('reason_missing', { min: 10, max: 1_000 }),
})
export type ResumptionInput = z.infer<typeof ResumptionInput>

/** What whoever answers for a risk will do about its demonstrated residual. */
export const StandingAnswerInput = z.object({
  alertId: z.uuid(STALE),
  answer: typedText('standing_answer_missing', { min: 10, max: 1_000 }),
})
export type StandingAnswerInput = z.infer<typeof StandingAnswerInput>
