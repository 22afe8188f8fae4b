/** What people type about delegated accesses: one schema for the form and for the command. */
import { z } from 'zod'
import { isCivilDate } from './civil-dates.ts'
import { CAPTURE_FORMS, GRANT_VERDICTS, REVOCATION_CAUSES } from './grants.ts'
import { type InputCode, line, STALE, typedText } from './input-reading.ts'

const day = (missing: InputCode) => z.string(missing).refine(isCivilDate, missing)

const MAX_RADICADO = 60

/** A request of access; `today` is the civil date in Bogotá. It ends by 31 December of its vigencia (D1). */
export function grantInput(today: string) {
  return z
    .object({
      formKey: z.uuid(STALE),
      granteeId: z.uuid('grantee_missing' satisfies InputCode),
      pointId: z.uuid('point_missing' satisfies InputCode),
      form: z.enum(CAPTURE_FORMS, 'capture_form_missing' satisfies InputCode),
      startsOn: day('access_start_missing'),
      endsOn: day('access_end_missing'),
      radicado: line('communication_missing', { max: MAX_RADICADO }),
      radicadoOn: day('communication_date_missing'),
      reason: typedText('access_reason_missing', { min: 10, max: 500 }),
    })
    .superRefine((asked, issue) => {
      for (const [path, code] of faultsOf(asked, today)) issue.addIssue({ code: 'custom', path: [path], message: code })
    })
    .transform((asked) => ({ ...asked, vigencia: yearOf(asked.startsOn) }))
}
export type GrantInput = z.infer<ReturnType<typeof grantInput>>

interface Days {
  startsOn: string
  endsOn: string
  radicadoOn: string
}

function faultsOf({ startsOn, endsOn, radicadoOn }: Days, today: string): [keyof Days, InputCode][] {
  const faults: [keyof Days, InputCode][] = []
  if (startsOn < today) faults.push(['startsOn', 'access_start_past'])
  if (yearOf(startsOn) > yearOf(today) + 1) faults.push(['startsOn', 'access_start_far'])
  if (endsOn < startsOn) faults.push(['endsOn', 'access_end_early'])
  else if (yearOf(endsOn) !== yearOf(startsOn)) faults.push(['endsOn', 'access_beyond_vigencia'])
  if (radicadoOn > today) faults.push(['radicadoOn', 'communication_ahead'])
  return faults
}

const yearOf = (date: string) => Number(date.slice(0, 4))

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
