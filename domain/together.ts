/** Deciding several submitted steps at once (experience 24): each stays an act of its own. */
import type { StepCode } from './procedures.ts'
import { type Objection, objection } from './refusals.ts'

/** Decisions in one form: each waits for its procedure, and the person for all of them. */
export const MAX_TOGETHER = 50

/**
 * The report and the publication are never decided in a list (docs/decisions/0026): what step 6 signs is read whole, and
 * what step 7 approves becomes public.
 */
const READ_ALONE: readonly StepCode[] = ['6', '7']

export function objectionToTogether(step: StepCode): Objection | null {
  return READ_ALONE.includes(step) ? objection('decided_alone', { step }) : null
}
