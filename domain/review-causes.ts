/** Why the accesses of one person are reviewed by themselves, outside a campaign (C11; D4, R8). */
import { type Calendar, isHoliday } from './calendar.ts'
import { UNUSED_DAYS } from './campaigns.ts'
import { bogotaClock, bogotaDate, daysBetween, weekday } from './civil-dates.ts'

/** In the order in which the first that holds is named. */
export const REVIEW_CAUSES = ['transfer', 'contract_end', 'odd_hours', 'unused'] as const
export type ReviewCause = (typeof REVIEW_CAUSES)[number]

/** Terms of a review of one person: values of the product, the circular sets none. */
export const SINGLE_REVIEW = { workingDays: 5, onSilence: 'retire' } as const

/** Civil days after which what happened to a person is no news. */
export const NEWS_DAYS = 7
/** Least civil days between two reviews of one person; of a cause that lasts, as long as it takes to arise. */
const INTERVAL_DAYS: Record<ReviewCause, number> = {
  ...{ transfer: 30, contract_end: 30, odd_hours: 30, unused: UNUSED_DAYS },
}

/** Hours, in Bogotá, outside of which nobody attends at a point: `from` included, `to` not. */
export const OFFICE_HOURS = { from: '05:00', to: '21:00' }
const SUNDAY = 0

/** Whether somebody came in when no point attends: at night, on a Sunday or on a holiday. `at`: ISO instant. */
export function isOddHour(at: string, calendar: Calendar): boolean {
  const [day, clock] = [bogotaDate(at), bogotaClock(at)]
  const isNight = clock < OFFICE_HOURS.from || clock >= OFFICE_HOURS.to
  return isNight || weekday(day) === SUNDAY || isHoliday(day, calendar)
}

/** What the record says of a person who holds accesses that go on. */
export interface SingleFacts {
  /** Of late they began in another organismo, or left a position in that of an access. */
  hasMoved: boolean
  hasLeft: boolean
  /** ISO instants of late at which they came in. */
  entries: readonly string[]
  /** One of their accesses stands unused (`isUnused`). */
  isUnused: boolean
  /** Civil date of the last review of theirs alone; null where there was none. */
  lastReviewOn: string | null
}

/** Why the accesses of this person are reviewed today, the first cause; null where they are not. */
export function causeOfReview(facts: SingleFacts, today: string, calendar: Calendar): ReviewCause | null {
  const holds: Record<ReviewCause, boolean> = {
    ...{ transfer: facts.hasMoved, contract_end: facts.hasLeft, unused: facts.isUnused },
    odd_hours: facts.entries.some((at) => isOddHour(at, calendar)),
  }
  const since = facts.lastReviewOn === null ? null : daysBetween(facts.lastReviewOn, today)
  return REVIEW_CAUSES.find((cause) => holds[cause] && (since === null || since >= INTERVAL_DAYS[cause])) ?? null
}
