/** States of a release (features H2): one word for each, everywhere. */
export const RELEASE_STATUSES = ['draft', 'scheduled', 'published', 'corrected', 'withdrawn', 'recalled'] as const
export type ReleaseStatus = (typeof RELEASE_STATUSES)[number]

/** Never public, so far or for ever (`recalled`): shown to the people of step 7 alone (model.md §8). */
export const HIDDEN = ['draft', 'scheduled', 'recalled'] as const satisfies ReleaseStatus[]

export function isHidden(status: ReleaseStatus): boolean {
  return HIDDEN.some((one) => one === status)
}

/** What a release says of itself, wherever it is told: its page, the catalogue, the feed. */
export interface ReleaseWords {
  title: string
  description: string
  licence: { code: string; label: string }
  /** Civil dates `YYYY-MM-DD`. */
  periodFrom: string
  periodTo: string
  frequency: string
  agency: string
  email: string
  keywords: string[]
}
