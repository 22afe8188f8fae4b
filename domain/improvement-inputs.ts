/** What people type about an improvement action (G4, N15). */
import { z } from 'zod'
import { CHECK_AFTER_MONTHS, CHECK_VERDICTS, REPORTABLE } from './improvement.ts'
import { type InputCode, line, STALE, typedText } from './inputs.ts'

const entry = {
  /** Made anew for each rendered form: the same form sent twice is one line. */
  entryId: z.uuid(STALE),
  /** Where the evidence is: an address, or the name or number of a document; may be empty. */
  evidence: line('progress_missing', { min: 0, max: 500 }).default(''),
}

export const ActionProgressInput = z.object({
  ...entry,
  status: z.enum(REPORTABLE, 'action_status_missing' satisfies InputCode),
  body: typedText('progress_missing', { min: 10 }),
})
export type ActionProgressInput = z.infer<typeof ActionProgressInput>

export const ActionResultInput = z.object({
  ...entry,
  /** What the indicator says now. */
  body: typedText('result_missing', { min: 3 }),
  months: z.coerce.number(STALE).refine((n) => CHECK_AFTER_MONTHS.some((one) => one === n), STALE),
})
export type ActionResultInput = z.infer<typeof ActionResultInput>

export const ActionCheckInput = z.object({
  ...entry,
  verdict: z.enum(CHECK_VERDICTS, 'check_verdict_missing' satisfies InputCode),
  body: typedText('check_grounds_missing', { min: 10 }),
})
export type ActionCheckInput = z.infer<typeof ActionCheckInput>
