/** What people type about an improvement action (G4, N15). */
import { z } from 'zod'
import { isCivilDate } from './civil-dates.ts'
import { CHECK_AFTER_MONTHS, CHECK_VERDICTS, REPORTABLE } from './improvement.ts'
import { type InputCode, line, STALE, typedText } from './input-reading.ts'

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

const FOUND_ON: InputCode = 'finding_date_missing'
const FOUND_AHEAD: InputCode = 'finding_date_ahead'
const DUE: InputCode = 'commitment_due_missing'
const PAST: InputCode = 'commitment_due_past'

/**
 * A finding with the four attributes auditors write (criterio, condición, causa, efecto), and the action it asks for.
 * `today`: the finding is not of a day after it, and the action is due after it.
 */
export const findingInput = (today: string) =>
  z.object({
    /** Made anew for each rendered form: the same form sent twice is one finding. */
    findingId: z.uuid(STALE),
    /** Document it stems from, and its number where it was registered. */
    source: line('finding_source_missing', { min: 5, max: 300 }),
    radicado: line(STALE, { min: 0, max: 60 }),
    foundOn: z
      .string(FOUND_ON)
      .refine(isCivilDate, FOUND_ON)
      .refine((day) => day <= today, FOUND_AHEAD),
    criterion: typedText('criterion_missing', { min: 10 }),
    condition: typedText('condition_missing', { min: 10 }),
    cause: typedText('cause_missing', { min: 10 }),
    effect: typedText('effect_missing', { min: 10 }),
    what: typedText('finding_action_missing', { min: 10 }),
    /** Position that answers for the action. */
    positionId: z.uuid('finding_owner_missing' satisfies InputCode),
    dueDate: z
      .string(DUE)
      .refine(isCivilDate, DUE)
      .refine((day) => day > today, PAST),
    indicator: line('indicator_missing', { min: 5, max: 300 }),
  })
export type FindingInput = z.infer<ReturnType<typeof findingInput>>
