/** What people type about an improvement action (G4, N15). */
import { z } from 'zod'
import { isCivilDate } from './civil-dates.ts'
import { CAUSE_METHODS, MOST_CAUSES, originsFor, WHYS } from './findings.ts'
import { CHECK_AFTER_MONTHS, CHECK_VERDICTS, DROP_VERDICTS, REPORTABLE, VERIFICATION_VERDICTS } from './improvement.ts'
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
})
export type ActionResultInput = z.infer<typeof ActionResultInput>

export const ActionVerificationInput = z.object({
  ...entry,
  verdict: z.enum(VERIFICATION_VERDICTS, 'verification_missing' satisfies InputCode),
  body: typedText('check_grounds_missing', { min: 10 }),
  months: z.coerce.number(STALE).refine((n) => CHECK_AFTER_MONTHS.some((one) => one === n), STALE),
})
export type ActionVerificationInput = z.infer<typeof ActionVerificationInput>

export const ActionDropInput = z.object({
  ...entry,
  verdict: z.enum(DROP_VERDICTS, 'drop_verdict_missing' satisfies InputCode),
  body: typedText('check_grounds_missing', { min: 10 }),
})
export type ActionDropInput = z.infer<typeof ActionDropInput>

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

const dayFrom = (today: string) =>
  z
    .string(DUE)
    .refine(isCivilDate, DUE)
    .refine((day) => day > today, PAST)

/**
 * A finding with the four attributes auditors write (criterio, condición, causa, efecto). `today`: it is not of a day after
 * it. `duty`: of whoever records it.
 */
export const findingInput = (today: string, duty: string) =>
  z.object({
    /** Made anew for each rendered form: the same form sent twice is one finding. */
    findingId: z.uuid(STALE),
    origin: z.enum(originsFor(duty), 'finding_origin_missing' satisfies InputCode),
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
    /** Code of the risk it is about; empty where it is about none. */
    risk: line('finding_risk_long', { min: 0, max: 20 })
      .default('')
      .transform((code) => code.toUpperCase()),
    /** Position that says why it happened and what is done about it. */
    positionId: z.uuid('finding_owner_missing' satisfies InputCode),
  })
export type FindingInput = z.infer<ReturnType<typeof findingInput>>

const CAUSES: InputCode = 'causes_missing'

/** Lines that were left empty are none. */
const steps = z
  .string(CAUSES)
  .transform((typed) => typed.split(/\r?\n/).map((one) => one.trim()))
  .transform((lines) => lines.filter((one) => one !== ''))
  .refine((lines) => lines.every((one) => one.length <= 500), CAUSES)

/** Five whys, each answer a line, or a list of causes; and the one that is acted on. */
export const CauseAnalysisInput = z
  .object({
    formKey: z.uuid(STALE),
    method: z.enum(CAUSE_METHODS, 'cause_method_missing' satisfies InputCode),
    steps,
    root: typedText('root_missing', { min: 10, max: 1_000 }),
  })
  .refine(({ method, steps: { length } }) => method !== 'five_whys' || (length >= WHYS.min && length <= WHYS.max), {
    ...{ path: ['steps'], error: 'whys_missing' satisfies InputCode },
  })
  .refine(({ method, steps: { length } }) => method !== 'list' || (length >= 1 && length <= MOST_CAUSES), {
    ...{ path: ['steps'], error: CAUSES },
  })
export type CauseAnalysisInput = z.infer<typeof CauseAnalysisInput>

/** An action of a plan; due after `today`. */
export const planActionInput = (today: string) =>
  z.object({
    formKey: z.uuid(STALE),
    what: typedText('finding_action_missing', { min: 10 }),
    positionId: z.uuid('action_owner_missing' satisfies InputCode),
    dueDate: dayFrom(today),
    indicator: line('indicator_missing', { min: 5, max: 300 }),
  })
export type PlanActionInput = z.infer<ReturnType<typeof planActionInput>>

export const CloseFindingInput = z.object({ note: typedText('closing_missing', { min: 10, max: 1_000 }) })
export type CloseFindingInput = z.infer<typeof CloseFindingInput>
