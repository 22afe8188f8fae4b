/** States of a release (features H2): one word for each, everywhere. */
export const RELEASE_STATUSES = [
  'draft',
  'scheduled',
  'published',
  'corrected',
  'withdrawn',
  'recalled',
  'held',
] as const
export type ReleaseStatus = (typeof RELEASE_STATUSES)[number]

/** Never public, so far or for ever (`recalled`, `held`): shown to the people of step 7 alone (model.md §8). */
export const HIDDEN = ['draft', 'scheduled', 'recalled', 'held'] as const satisfies ReleaseStatus[]

export function isHidden(status: ReleaseStatus): boolean {
  return HIDDEN.some((one) => one === status)
}

/** Made, and not public yet: signed or not. */
export const isWaiting = (status: ReleaseStatus): boolean => status === 'draft' || status === 'scheduled'

/** Why a release is held although it was signed (decision 0035); whatever else ends a publication holds nothing back. */
export const HELD_REASONS = ['release_unsafe', 'release_unproven', 'release_differs'] as const
export type HeldReason = (typeof HELD_REASONS)[number]

/** Whether another release takes its place: of what is public a correction, of what is held one prepared again. */
export const isReplaceable = (status: ReleaseStatus): boolean => status === 'published' || status === 'held'

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
