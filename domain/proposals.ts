/** Changes that one person proposes to a section of the report another one writes (G3). */
import { type CycleState, stepOf } from './cycle-state.ts'
import { type Objection, objection } from './refusals.ts'
import { handsOf } from './substitutions.ts'

export const PROPOSAL_ANSWERS = ['accepted', 'declined', 'withdrawn'] as const
export type ProposalAnswer = (typeof PROPOSAL_ANSWERS)[number]
export type ProposalStatus = 'open' | ProposalAnswer

/** From the opening of step 6 until it is approved, also while it is reviewed: reviewing is when others read it. */
export function objectionToProposing(cycle: CycleState): Objection | null {
  if (cycle.status !== 'active') return objection('cycle_over', { status: cycle.status })
  const { status } = stepOf(cycle, '6')
  return ['in_progress', 'in_review', 'in_approval', 'returned'].includes(status)
    ? null
    : objection('not_open', { step: '6', status })
}

/** Nobody accepts or declines their own, and nobody else takes it back; what was answered stays so. */
export function objectionToAnswer(
  proposal: { status: ProposalStatus; personId: string; actingFor: string | null },
  answer: ProposalAnswer,
  hands: readonly string[],
): Objection | null {
  if (proposal.status !== 'open') return objection('out_of_date')
  const isOwn = handsOf(proposal).some((hand) => hands.includes(hand))
  if (answer === 'withdrawn') return isOwn ? null : objection('no_right')
  return isOwn ? objection('own_work', { step: '6' }) : null
}
