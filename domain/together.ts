/** Deciding several submitted steps at once (experience 24): each stays an act of its own. */
import type { StepCode } from './procedures.ts'
import { type Objection, objection } from './refusals.ts'
import type { TaskKind } from './tasks.ts'

/** Decisions in one form: each waits for its procedure, and the person for all of them. */
export const MAX_TOGETHER = 50

/**
 * The report and the publication are never decided in a list (docs/decisions/0026): what step 6 signs is read whole, and
 * what step 7 approves becomes public.
 */
const READ_ALONE: readonly StepCode[] = ['6', '7']

/** Tasks that wait for a verdict on what was submitted; the others ask for something of their own. */
export function asksForVerdict(kind: TaskKind): boolean {
  return kind === 'review' || kind === 'approve' || kind === 'consent'
}

export function objectionToTogether(step: StepCode): Objection | null {
  return READ_ALONE.includes(step) ? objection('decided_alone', { step }) : null
}
