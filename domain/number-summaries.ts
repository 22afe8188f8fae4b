/** Mean and quartiles of a number variable, and when they may be shown: each rests on enough people, none on one (N5, N11). */

/** What was found in a snapshot, before anything is hidden. */
export interface FoundNumbers {
  /** Distinct persons with a value; records, where the source names no person key. */
  persons: number
  mean: number
  /** First quartile, median and third quartile. */
  quartiles: [number, number, number]
  /** Share of the records that the person with most of them has, 0 to 1. */
  mostRecords: number
  /** Share of the sum of absolute values that one person brings, 0 to 1. */
  mostOfSum: number
}

/** In the unit of the version it was counted with; null is hidden. */
export interface NumberSummary {
  mean: number | null
  quartiles: [number, number, number] | null
}

/** Persons with a value below which nothing is said of a number: then a quarter of them is a small group. */
export const leastPersons = (threshold: number) => 4 * threshold

const QUARTER = 0.25
const HALF = 0.5

/**
 * A quartile is shown where each quarter holds at least the threshold and nobody fills one alone; a mean where nobody
 * brings more than half of the sum besides.
 */
export function shownNumbers({ persons, mean, quartiles, ...most }: FoundNumbers, threshold: number): NumberSummary {
  const isEnough = persons >= leastPersons(threshold) && most.mostRecords <= QUARTER
  return {
    mean: isEnough && most.mostOfSum <= HALF ? mean : null,
    quartiles: isEnough ? quartiles : null,
  }
}

export const HIDDEN_NUMBERS: NumberSummary = { mean: null, quartiles: null }
