/** Who signs a correction of what is published, and in which order: as step 7 is approved, and never who prepared it (H10). */
import { type Objection, objection } from './refusals.ts'
import { handsOf } from './substitutions.ts'

export interface SignedCorrection {
  status: 'preparing' | 'submitted' | 'approved' | 'published' | 'discarded' | 'withdrawn' | 'held'
  /** Whether what it corrects was withdrawn meanwhile. */
  isWithdrawn: boolean
  /** Whoever prepared it, in any round. */
  authors: string[]
  /** Approvals of the round that is open, in order. */
  approvals: { personId: string; duty: string }[]
}

/** The duty whose signature comes next; null once all have signed. */
export function nextSigner(
  { approvals }: Pick<SignedCorrection, 'approvals'>,
  signers: readonly string[],
): string | null {
  return signers[approvals.length] ?? null
}

/** The first reason why this person may not sign or return the correction now, or null. */
export function objectionToSigning(
  correction: SignedCorrection,
  person: { personId: string; actingFor?: string | null; duty: string },
  signers: readonly string[],
): Objection | null {
  if (correction.isWithdrawn) return objection('release_withdrawn')
  if (correction.status === 'preparing') return objection('not_submitted')
  if (correction.status !== 'submitted') return objection('already_decided')
  if (handsOf(person).some((hand) => correction.authors.includes(hand))) return objection('own_work')
  if (!signers.includes(person.duty)) return objection('not_in_charge', { duties: signers.join(',') })
  if (correction.approvals.some(({ personId }) => personId === person.personId)) return objection('already_signed')
  return nextSigner(correction, signers) === person.duty ? null : objection('not_your_turn')
}

/** Why a signed correction is not taken back now: before all have signed it is returned or discarded, once it is public it stands. */
export function objectionToTakingBack(status: SignedCorrection['status']): Objection | null {
  if (status === 'published') return objection('already_public')
  return status === 'approved' ? null : objection('not_approved')
}
