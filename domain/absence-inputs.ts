/** What people type about an absence: one schema for the form and for the command. */
import { z } from 'zod'
import { isCivilDate } from './civil-dates.ts'
import { type InputCode, line, STALE } from './input-reading.ts'
import { ABSENCE_REASONS, lastDayOf, type NamedSubstitute, SUBSTITUTION_SCOPES } from './substitutions.ts'

const day = (missing: InputCode) => z.string(missing).refine(isCivilDate, missing)

const MAX_ACT = 120

/** Nobody, or the id of a person. */
const substitute = z
  .union([z.literal(''), z.uuid('substitute_missing' satisfies InputCode)], 'substitute_missing' satisfies InputCode)
  .default('')

/** An absence with whoever substitutes; `today` is the civil date in Bogotá. It does not reach into the past. */
export function absenceInput(today: string) {
  return z
    .object({
      formKey: z.uuid(STALE),
      personId: z.uuid(STALE),
      positionId: z.uuid('absence_position_missing' satisfies InputCode),
      from: day('absence_from_missing'),
      to: day('absence_to_missing'),
      reason: z.enum(ABSENCE_REASONS, 'absence_reason_missing' satisfies InputCode),
      actReference: line('absence_act_missing', { min: 4, max: MAX_ACT }),
      all: substitute,
      decisions: substitute,
      elaboration: substitute,
    })
    .superRefine((typed, issue) => {
      for (const [path, code] of faultsOf(typed, today)) issue.addIssue({ code: 'custom', path: [path], message: code })
    })
    .transform(({ all, decisions, elaboration, ...plan }) => ({
      ...plan,
      substitutes: named({ all, decisions, elaboration }),
    }))
}
export type AbsenceInput = z.infer<ReturnType<typeof absenceInput>>

type Named = Record<(typeof SUBSTITUTION_SCOPES)[number], string>

function named(typed: Named): NamedSubstitute[] {
  return SUBSTITUTION_SCOPES.flatMap((scope) => (typed[scope] ? [{ scope, personId: typed[scope] }] : []))
}

function faultsOf(typed: Named & { from: string; to: string }, today: string): [string, InputCode][] {
  const { from, to, all, decisions, elaboration } = typed
  const faults: [string, InputCode][] = []
  if (from < today) faults.push(['from', 'absence_past'])
  if (to < from) faults.push(['to', 'absence_to_early'])
  else if (to > lastDayOf(from)) faults.push(['to', 'absence_long'])
  if (!all && !decisions && !elaboration) faults.push(['all', 'substitute_missing'])
  if (all && (decisions || elaboration)) faults.push([decisions ? 'decisions' : 'elaboration', 'substitute_doubled'])
  return faults
}
