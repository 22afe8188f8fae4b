/** What people type outside step forms (verdicts, observations, reasons): one schema for the form and for the command. */
import { z } from 'zod'
import { bogotaInstant, isCivilDate } from './civil-dates.ts'
import type { FormDefinition } from './forms.ts'
import { BAD_CHARACTERS, type InputCode, line, STALE, TOO_LONG, typedText } from './input-reading.ts'
import { SIGNATURE_ROLES, STEP_CODES } from './procedures.ts'
import { REVEAL_PURPOSES } from './profiles.ts'
import { isStorable } from './storable.ts'
import { MAX_TOGETHER } from './together.ts'

const MAX_INTEGER = 2_147_483_647

const step = { cycleId: z.uuid(STALE), stepCode: z.enum(STEP_CODES, STALE) }
const reason = typedText('reason_missing', { min: 10 })

export const ObservationInput = z.object({
  /** Code of the form group it is about. */
  section: z.string().regex(/^[a-z0-9_]{1,40}$/, STALE),
  body: typedText('observation_missing', { max: 4000 }),
})
export type ObservationInput = z.infer<typeof ObservationInput>

/** What a verdict is about, and in which role it is given. */
const judged = {
  ...step,
  versionId: z.uuid(STALE),
  contentHash: z.string(STALE).regex(/^[0-9a-f]{64}$/, STALE),
  role: z.enum(
    SIGNATURE_ROLES.filter((role) => role !== 'author'),
    STALE,
  ),
}

/** A verdict on a frozen version; returning needs at least one observation (model.md §2). */
export const VerdictInput = z
  .object({
    ...judged,
    verdict: z.enum(['approve', 'return'], 'verdict_missing' satisfies InputCode),
    observations: z.array(ObservationInput).max(60, STALE),
    /** The list of figures typed into the report was read. */
    readTyped: z.boolean().default(false),
  })
  .refine((input) => input.verdict === 'approve' || input.observations.length > 0, {
    path: ['observations'],
    message: 'observations_missing' satisfies InputCode,
  })
export type VerdictInput = z.infer<typeof VerdictInput>

/** Several approvals in one form (experience 24). */
export const TogetherInput = z.array(z.object(judged)).min(1, STALE).max(MAX_TOGETHER, STALE)

export const SubmissionInput = z.object({
  ...step,
  draftRev: z.coerce.number(STALE).int(STALE).min(0, STALE).max(MAX_INTEGER, STALE),
})
export type SubmissionInput = z.infer<typeof SubmissionInput>

export const ReopeningInput = z.object({ ...step, reason })
export type ReopeningInput = z.infer<typeof ReopeningInput>

export const ReopeningAnswerInput = z.object({
  ...step,
  reopeningId: z.uuid(STALE),
  verdict: z.enum(['reopen', 'decline_reopen'], 'reopening_verdict_missing' satisfies InputCode),
  reason,
})
export type ReopeningAnswerInput = z.infer<typeof ReopeningAnswerInput>

export const CancellationInput = z.object({ cycleId: z.uuid(STALE), reason })
export type CancellationInput = z.infer<typeof CancellationInput>

/** Why other words are proposed, or not taken over. */
export const ProposalInput = z.object({ reason })

export const CommentInput = z.object({ body: typedText('comment_missing') })

export const ReleaseWithdrawalInput = z.object({
  releaseId: z.uuid(STALE),
  reason: typedText('public_reason_missing', { min: 10 }),
})
export type ReleaseWithdrawalInput = z.infer<typeof ReleaseWithdrawalInput>

export const MapWithdrawalInput = z.object({ mapId: z.uuid(STALE), reason })
export type MapWithdrawalInput = z.infer<typeof MapWithdrawalInput>

/** Which personal column somebody looks at, and what for (Ley 1581 de 2012, artículo 4). */
export const RevealInput = z.object({
  column: z.string('column_missing' satisfies InputCode).min(1, 'column_missing' satisfies InputCode),
  purpose: z.enum(REVEAL_PURPOSES, 'purpose_missing' satisfies InputCode),
  reason: line('reveal_reason_missing', { min: 10, max: 500 }),
})
export type RevealInput = z.infer<typeof RevealInput>

/** Why a correction that all have signed is taken back before its hour. */
export const CorrectionWithdrawalInput = z.object({ releaseId: z.uuid(STALE), reason })
export type CorrectionWithdrawalInput = z.infer<typeof CorrectionWithdrawalInput>

export interface ReleaseHourInput {
  releaseId: string
  hour: Date | 'now' | null
}

const PUBLISH_DATE: InputCode = 'publish_date_missing'
const PUBLISH_TIME: InputCode = 'publish_time_missing'
const PUBLISH_PAST: InputCode = 'publish_past'

/** When a release becomes public: an instant to come, typed as day and hour of Colombia; at once; or not until said. */
export function releaseHourInput(choice: string | undefined, now: Date): z.ZodType<ReleaseHourInput> {
  if (choice !== 'at')
    return z
      .object({ releaseId: z.uuid(STALE), choice: z.enum(['now', 'none'], STALE) })
      .transform((typed) => ({ releaseId: typed.releaseId, hour: typed.choice === 'now' ? ('now' as const) : null }))
  return z
    .object({
      releaseId: z.uuid(STALE),
      date: z.string(PUBLISH_DATE).refine(isCivilDate, PUBLISH_DATE),
      time: z.string(PUBLISH_TIME).regex(/^([01]\d|2[0-3]):[0-5]\d$/, PUBLISH_TIME),
    })
    .transform(({ releaseId, date, time }) => ({ releaseId, hour: new Date(bogotaInstant(date, time)) }))
    .refine(({ hour }) => hour > now, { error: PUBLISH_PAST, path: ['date'] })
}

const VIGENCIA_MISSING: InputCode = 'vigencia_missing'

export const CycleInput = z.object({
  /** Made anew for each rendered form: the same form sent twice asks for one cycle. */
  formKey: z.uuid(STALE),
  procedureVersionId: z.uuid('procedure_missing' satisfies InputCode),
  vigencia: z.coerce
    .number(VIGENCIA_MISSING)
    .int(VIGENCIA_MISSING)
    .min(2020, 'vigencia_early' satisfies InputCode)
    .max(2100, 'vigencia_late' satisfies InputCode),
  name: line('name_missing', { min: 5, max: 200 }),
  radicado: line('radicado_missing', { min: 3, max: 60 }),
  trd: line('trd_missing', { max: 60 }),
  administrativeAct: z.string(STALE).trim().max(200, TOO_LONG).refine(isStorable, BAD_CHARACTERS).optional(),
})
export type CycleInput = z.infer<typeof CycleInput>

/** Observations typed under `observacion.<grupo>`, in form order; blank ones and unknown groups are left out. */
export function observationsFromEntries(
  definition: Pick<FormDefinition, 'groups'>,
  entries: Iterable<readonly [string, string]>,
): ObservationInput[] {
  const typed = new Map(entries)
  return definition.groups
    .map((group) => ({ section: group.code, body: typed.get(`observacion.${group.code}`) ?? '' }))
    .filter((observation) => observation.body.trim() !== '')
}
