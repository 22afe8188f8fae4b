/**
 * When reviews of accesses open by themselves (C4, C11): that of a vigencia on its day each year, and those of one person's
 * accesses on the morning after something happened. The rule of a day is the entity's: the circular sets none.
 */
import type { OnSilence } from './campaigns.ts'
import { type Objection, objection } from './refusals.ts'

export interface ReviewCalendar {
  /** Whether the review of each vigencia opens by itself, and those of one person. */
  yearly: boolean
  singles: boolean
  /** 1 to 12, and 1 to `LAST_DAY`: the day of each year, in Bogotá. */
  month: number
  day: number
  /** Working days of the review of a vigencia. */
  workingDays: number
  onSilence: OnSilence
}

/** Every month has it. */
export const LAST_DAY = 28

/** Until the office that leads the process says otherwise: the first day of the vigencia. */
export const USUAL_CALENDAR: ReviewCalendar = {
  ...{ yearly: true, singles: true, month: 1, day: 1, workingDays: 10, onSilence: 'retire' },
}

/** What a change is judged by: the calendar in force, with the number of its version and who made it. */
export interface StandingVersion extends ReviewCalendar {
  n: number
  changedAt: Date | null
  /** Their name. */
  changedBy: string | null
}

const FIELDS = ['yearly', 'singles', 'month', 'day', 'workingDays', 'onSilence'] as const

/** Why a change is not taken: it was made before another one it does not know, or it changes nothing. */
export function objectionToCalendar(
  standing: StandingVersion,
  change: ReviewCalendar & { seenN: number },
): Objection | null {
  const { n, changedBy, changedAt } = standing
  if (change.seenN !== n) return objection('calendar_moved', { by: changedBy, at: changedAt?.toISOString() ?? null })
  return FIELDS.every((field) => standing[field] === change[field]) ? objection('calendar_same') : null
}

/** What came of a day on which the calendar was to open the review of a vigencia. */
export const TURN_OUTCOMES = ['opened', 'under_review', 'reviewed', 'nothing'] as const
export type TurnOutcome = (typeof TURN_OUTCOMES)[number]

/** A vigencia that is or was under review is left alone, and one without accesses has nothing to review. */
export function turnOutcome(facts: { isUnderReview: boolean; wasReviewed: boolean; inScope: number }): TurnOutcome {
  if (facts.isUnderReview) return 'under_review'
  if (facts.wasReviewed) return 'reviewed'
  return facts.inScope === 0 ? 'nothing' : 'opened'
}

/** The next civil day on which it opens, `today` not among them: its hour has passed by the time anybody reads this. */
export function nextTurn({ month, day }: ReviewCalendar, today: string): string {
  const two = (n: number) => String(n).padStart(2, '0')
  const inYear = (year: number) => `${year}-${two(month)}-${two(day)}`
  const year = Number(today.slice(0, 4))
  return inYear(year) > today ? inYear(year) : inYear(year + 1)
}
