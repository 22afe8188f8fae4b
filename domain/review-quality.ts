/** The thought that the answers of a review show, graded by their pace (features C9, N3). */

/** An answer by which an access goes on, as it was given. */
export interface Keep {
  /** Milliseconds for each case of its batch. */
  paceMs: number
  /** Cases in its batch. */
  batchSize: number
  /** Its access stood unused (`isUnused`). */
  wasUnused: boolean
}

export const QUALITY_GRADES = ['high', 'medium', 'low'] as const
export type QualityGrade = (typeof QUALITY_GRADES)[number]

/** How much thought the answers show that keep accesses (C9, N3); figures of the product, no norm sets any. */
export interface ReviewQuality {
  grade: QualityGrade
  /** 0 to 100. */
  points: number
  keeps: number
  /** Of them, those that count nothing, and those that count half. */
  hasty: number
  doubtful: number
}

/**
 * Answers below which there is no grade: a few say nothing of how somebody reviews. Milliseconds in which nobody reads a card;
 * cases that make a batch one in bulk, and milliseconds for each of it.
 */
export const QUALITY = { least: 5, hastyMs: 3_000, bulk: 10, bulkMs: 6_000, high: 80, medium: 50 }

/**
 * The grade of a review: the mean of its keeps, each 1; 0 where it took no time to read the card, one half where it was given
 * in bulk with little time for each or keeps what nobody uses. Null where fewer than
 * `QUALITY.least` answers keep an access.
 */
export function qualityOf(keeps: readonly Keep[]): ReviewQuality | null {
  if (keeps.length < QUALITY.least) return null
  const hasty = keeps.filter(isHasty).length
  const doubtful = keeps.filter((keep) => !isHasty(keep) && isDoubtful(keep)).length
  const points = Math.floor((100 * (keeps.length - hasty - doubtful / 2)) / keeps.length)
  const grade = points >= QUALITY.high ? 'high' : points >= QUALITY.medium ? 'medium' : 'low'
  return { grade, points, keeps: keeps.length, hasty, doubtful }
}

function isHasty({ paceMs }: Keep): boolean {
  return paceMs < QUALITY.hastyMs
}

function isDoubtful({ paceMs, batchSize, wasUnused }: Keep): boolean {
  return wasUnused || (batchSize >= QUALITY.bulk && paceMs < QUALITY.bulkMs)
}
