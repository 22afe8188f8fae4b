/** When a risk is reviewed, and how often what it names really happened (features D10, D11; guía v7, monitoreo y revisión). */
import { type Calendar, workingDayFrom } from './calendar.ts'
import { addMonths } from './civil-dates.ts'
import { type Objection, objection } from './refusals.ts'
import type { Methodology } from './risk-methodology.ts'

/** It stays as it is rated, or is to be rated anew. */
export const REVIEW_CONCLUSIONS = ['kept', 'reassess'] as const
export type ReviewConclusion = (typeof REVIEW_CONCLUSIONS)[number]

/** Working days to rate a risk anew after a review, an event or an indicator asks for it. */
export const REASSESS_WITHIN = 10

/** Months between two reviews: those of its zone, or fewer where the risk says so. */
export function reviewMonthsOf(zoneMonths: number, own: number | null): number {
  return own === null ? zoneMonths : Math.min(zoneMonths, own)
}

/** Civil date by which it is reviewed, one on which people work; `last`: that of its last review or assessment. */
export function nextReviewOn(last: string, months: number, calendar: Calendar): string {
  return workingDayFrom(addMonths(last, months), calendar)
}

/** Why a year is not closed: risks whose review is overdue. Null when it is. */
export function objectionToOverdueReviews(codes: readonly string[]): Objection | null {
  return codes.length === 0 ? null : objection('reviews_overdue', { codes: codes.join(', ') })
}

/**
 * Index of the level of probability that the times it really happened in twelve months ask for, where that is above how it is
 * rated. The rate is the exposure of the activity (guide v7, Tabla 4): having failed less often never speaks for a lower one. Null
 * where nothing is outdone, and where the levels are chosen by words.
 */
export function levelOutdone({ probability }: Methodology, rated: number, times: number): number | null {
  const at = probability.findIndex(
    ({ times: range }) => range !== null && times >= range.min && (range.max === null || times < range.max),
  )
  return at > rated ? at : null
}
