/** Whether a source's data are still current: computed from its contract each time it is asked, never stored (E2). */
import { addDays, addMonths, daysBetween } from './civil-dates.ts'

/** How often the data are renewed, with the months between the ends of two periods. */
export const PERIODICITIES = { mensual: 1, trimestral: 3, semestral: 6, anual: 12 } as const
export type Periodicity = keyof typeof PERIODICITIES

/** Calendar days after a period ends within which its data are expected. */
export const DAYS_TO_DELIVER = 30

export type FreshnessState = 'fresh' | 'due' | 'overdue'

export interface Freshness {
  state: FreshnessState
  periodicity: Periodicity
  /** Last day of the declared period. */
  periodTo: string
  /** Last day of the period after it: from the day after, its data are due. */
  nextPeriodTo: string
  /** Last day on which they may arrive without being overdue. */
  expectedBy: string
  /** Calendar days from today to `expectedBy`; negative when it has passed. */
  daysLeft: number
}

/** Null where the contract declares no periodicity: then nothing newer is expected. Dates are civil, `YYYY-MM-DD`. */
export function freshnessOf(
  { periodTo, periodicity }: { periodTo: string; periodicity: Periodicity | null },
  today: string,
): Freshness | null {
  if (periodicity === null) return null
  const nextPeriodTo = addMonths(periodTo, PERIODICITIES[periodicity])
  const expectedBy = addDays(nextPeriodTo, DAYS_TO_DELIVER)
  const state = today <= nextPeriodTo ? 'fresh' : today <= expectedBy ? 'due' : 'overdue'
  return { state, periodicity, periodTo, nextPeriodTo, expectedBy, daysLeft: daysBetween(today, expectedBy) }
}

type Declared = { periodTo: string; periodicity: Periodicity | null }

/**
 * Of a source: by its own contract once a file of it is in use; before, by that of the source it continues, whose next
 * file this one's first is, if it declares a periodicity. `isOfEarlier` says which of the two.
 */
export function freshnessOfSource(
  source: Declared & { importId: string | null; continues: Declared | null },
  today: string,
): (Freshness & { isOfEarlier: boolean }) | null {
  const earlier = source.importId === null && source.continues ? freshnessOf(source.continues, today) : null
  if (earlier) return { ...earlier, isOfEarlier: true }
  const own = freshnessOf(source, today)
  return own && { ...own, isOfEarlier: false }
}
