/** Indicators of delegated access for the risk map of the process (D6): what each measures, when it is met. */

export const ACCESS_INDICATORS = ['undelegated', 'recertified', 'revocation_hours'] as const
export type AccessIndicator = (typeof ACCESS_INDICATORS)[number]

/** Hours within which whoever lost the ground of an access is out: one day (D4, a value of the entity). */
export const REVOCATION_TARGET_HOURS = 24

/** What an indicator rests on; `denominator` 0 where there is nothing to measure yet. */
export interface Measure {
  numerator: number
  denominator: number
}

/** Numerator over denominator; null where there is nothing to measure. */
export function figureOf({ numerator, denominator }: Measure): number | null {
  return denominator === 0 ? null : numerator / denominator
}

/** Whether the goal is met; null where there is nothing to measure. */
export function isMet(indicator: AccessIndicator, measure: Measure): boolean | null {
  const value = figureOf(measure)
  if (value === null) return null
  if (indicator === 'undelegated') return value === 0
  return indicator === 'recertified' ? value === 1 : value <= REVOCATION_TARGET_HOURS
}
