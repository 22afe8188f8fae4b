/** Why one access is reviewed by itself, outside a campaign (C11; D4, R8). */

export const REVIEW_CAUSES = ['transfer', 'contract_end', 'unused', 'odd_hours'] as const
export type ReviewCause = (typeof REVIEW_CAUSES)[number]
