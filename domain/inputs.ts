/** What people type outside step forms (verdicts, observations, reasons): one schema for the form and for the command. */
import { z } from 'zod'
import { isCivilDate } from './calendar.ts'
import type { FieldError, FormDefinition } from './forms.ts'
import { SIGNATURE_ROLES, STEP_CODES } from './procedures.ts'
import { isStorable, UNSTORABLE } from './storable.ts'

const MAX_REASON = 2000

/** Text as typed, trimmed of nothing; U+0000 and lone surrogates are refused because no database keeps them. */
export function typedText(ask: string, limits: { min?: number; max?: number } = {}) {
  const { min = 1, max = MAX_REASON } = limits
  return z
    .string(ask)
    .transform((value) => value.replaceAll('\r\n', '\n'))
    .refine((value) => value.trim().length >= min, ask)
    .refine((value) => value.length <= max, `Use como máximo ${max} caracteres.`)
    .refine(isStorable, UNSTORABLE)
}

export const civilDate = z.string().refine(isCivilDate, 'Escriba una fecha válida, por ejemplo 2026-11-24.')

/** What a page fills in by itself: wrong only where the page is old or the form was not ours. */
const STALE = 'La página que usted tenía abierta ya no está al día. Recárguela y vuelva a intentarlo.'
const MAX_INTEGER = 2_147_483_647

const step = { cycleId: z.uuid(STALE), stepCode: z.enum(STEP_CODES, STALE) }
const reason = typedText('Escriba el motivo (al menos 10 letras).', { min: 10 })

export const ObservationInput = z.object({
  /** Code of the form group it is about. */
  section: z.string().regex(/^[a-z0-9_]{1,40}$/, STALE),
  body: typedText('Escriba la observación.', { max: 4000 }),
})
export type ObservationInput = z.infer<typeof ObservationInput>

/** A verdict on a frozen version; returning needs at least one observation (model.md §2). */
export const VerdictInput = z
  .object({
    ...step,
    versionId: z.uuid(STALE),
    contentHash: z.string(STALE).regex(/^[0-9a-f]{64}$/, STALE),
    verdict: z.enum(['approve', 'return'], 'Elija aprobar o devolver.'),
    role: z.enum(
      SIGNATURE_ROLES.filter((role) => role !== 'author'),
      STALE,
    ),
    observations: z.array(ObservationInput).max(60, STALE),
  })
  .refine((input) => input.verdict === 'approve' || input.observations.length > 0, {
    path: ['observations'],
    message: 'Escriba al menos una observación para devolver el paso.',
  })
export type VerdictInput = z.infer<typeof VerdictInput>

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
  verdict: z.enum(['reopen', 'decline_reopen'], 'Elija si reabre el paso o no.'),
  reason,
})
export type ReopeningAnswerInput = z.infer<typeof ReopeningAnswerInput>

export const CancellationInput = z.object({ cycleId: z.uuid(STALE), reason })
export type CancellationInput = z.infer<typeof CancellationInput>

export type ReadInput<T> = { ok: true; input: T } | { ok: false; errors: FieldError[] }

/** Reads an input, or says beside which field what to do; the first problem of each field only. */
export function readInput<T>(schema: z.ZodType<T>, raw: unknown): ReadInput<T> {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return { ok: true, input: parsed.data }
  const errors = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  return { ok: false, errors: errors.filter((one, i) => errors.findIndex((other) => other.path === one.path) === i) }
}

/** Observations typed under `observacion.<grupo>`, in form order; blank ones and unknown groups are left out. */
export function observationsFromEntries(
  definition: FormDefinition,
  entries: Iterable<readonly [string, string]>,
): ObservationInput[] {
  const typed = new Map(entries)
  return definition.groups
    .map((group) => ({ section: group.code, body: typed.get(`observacion.${group.code}`) ?? '' }))
    .filter((observation) => observation.body.trim() !== '')
}
