/** What people type about delegated accesses: one schema for the form and for the command. */
import { z } from 'zod'
import { isCivilDate } from './civil-dates.ts'
import { CAPTURE_FORMS, GRANT_VERDICTS, REVOCATION_CAUSES } from './grants.ts'
import { type InputCode, line, STALE, typedText } from './input-reading.ts'

const day = (missing: InputCode) => z.string(missing).refine(isCivilDate, missing)

const MAX_RADICADO = 60

/** Fields of a request, in the order of its form. */
export const GRANT_FIELDS = [
  ...(['granteeId', 'pointId', 'form', 'startsOn', 'endsOn', 'radicado', 'radicadoOn', 'reason'] as const),
] as const

/** The communication a request cites, and what it is for (R3): the same in a single request and for a whole list. */
function communication(today: string) {
  return {
    radicado: line('communication_missing', { max: MAX_RADICADO }),
    radicadoOn: day('communication_date_missing').refine(
      (on) => on <= today,
      'communication_ahead' satisfies InputCode,
    ),
    reason: typedText('access_reason_missing', { min: 10, max: 500 }),
  }
}

/**
 * A request of access; `today` is the civil date in Bogotá. It ends by 31 December of its vigencia (D1). Every fault is told
 * at once: what two fields say together is judged whatever is wrong with the others.
 */
export function grantInput(today: string) {
  return z
    .object({
      formKey: z.uuid(STALE),
      granteeId: z.uuid('grantee_missing' satisfies InputCode),
      pointId: z.uuid('point_missing' satisfies InputCode),
      form: z.enum(CAPTURE_FORMS, 'capture_form_missing' satisfies InputCode),
      startsOn: day('access_start_missing')
        .refine((on) => on >= today, 'access_start_past' satisfies InputCode)
        .refine((on) => yearOf(on) <= yearOf(today) + 1, 'access_start_far' satisfies InputCode),
      endsOn: day('access_end_missing'),
      ...communication(today),
    })
    .refine(
      hasDays(({ startsOn, endsOn }) => endsOn >= startsOn),
      {
        ...{ path: ['endsOn'], error: 'access_end_early' satisfies InputCode, when: () => true },
      },
    )
    .refine(
      hasDays(({ startsOn, endsOn }) => endsOn < startsOn || yearOf(endsOn) === yearOf(startsOn)),
      {
        ...{ path: ['endsOn'], error: 'access_beyond_vigencia' satisfies InputCode, when: () => true },
      },
    )
    .transform((asked) => ({ ...asked, vigencia: yearOf(asked.startsOn) }))
}
export type GrantInput = z.infer<ReturnType<typeof grantInput>>

interface Days {
  startsOn: string
  endsOn: string
}

/** A rule on both days; where one of them is no day that is said of it, and nothing else. */
const hasDays = (rule: (days: Days) => boolean) => (typed: unknown) => {
  const { startsOn, endsOn } = typed as Partial<Days>
  return !isCivilDate(startsOn ?? '') || !isCivilDate(endsOn ?? '') || rule({ startsOn, endsOn } as Days)
}

const yearOf = (date: string) => Number(date.slice(0, 4))

/** What a list of requests says once for all its rows (C1). */
export function grantListInput(today: string) {
  return z.object({ formKey: z.uuid(STALE), ...communication(today) })
}
export type GrantListInput = z.infer<ReturnType<typeof grantListInput>>

/** A verdict on a delegated access; revoking needs its cause (D4), accepting that the text was read. */
export const GrantVerdictInput = z
  .object({
    grantId: z.uuid(STALE),
    contentHash: z.string(STALE).regex(/^[0-9a-f]{64}$/, STALE),
    verdict: z.enum(GRANT_VERDICTS, STALE),
    cause: z
      .enum(REVOCATION_CAUSES, 'revocation_cause_missing' satisfies InputCode)
      .nullable()
      .default(null),
    reason: typedText('reason_missing', { min: 0 }).default(''),
    accepted: z
      .literal('si', 'duty_unread' satisfies InputCode)
      .nullable()
      .default(null),
  })
  .superRefine(({ verdict, cause, reason, accepted }, issue) => {
    const fault = (path: string, code: InputCode) => issue.addIssue({ code: 'custom', path: [path], message: code })
    if (verdict === 'revoke' && cause === null) fault('cause', 'revocation_cause_missing')
    if (verdict === 'accept' && accepted === null) fault('accepted', 'duty_unread')
    if (NEEDS_REASON.includes(verdict) && reason.trim().length < 10) fault('reason', 'reason_missing')
  })
export type GrantVerdictInput = z.infer<typeof GrantVerdictInput>

const NEEDS_REASON: readonly string[] = ['deny', 'decline', 'withdraw', 'revoke']
