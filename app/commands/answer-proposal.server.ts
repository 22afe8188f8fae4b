import type { Trx } from '../../db/client.ts'
import { findProposal, type Proposal, settleProposal } from '../../db/section-proposals.ts'
import { objectionToAnswer, type ProposalAnswer } from '../../domain/proposals.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { tellAnswered } from '../proposal-notices.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import { requireSection, type SectionPlace } from '../section-rights.server.ts'
import type { Actor } from '../session.server.ts'
import { handsOfActor } from './permitted.server.ts'
import { type SectionSaved, saveSectionIn } from './save-section.server.ts'

interface ProposalPlace extends SectionPlace {
  proposalId: string
}

/**
 * Puts the words proposed in the place of those the page showed, as a save by whoever accepts them, and settles the proposal
 * in the same transaction. Where the section changed meanwhile nothing does: the answer is the conflict.
 */
export async function acceptProposal(
  context: AppContext,
  actor: Actor,
  { base, ...place }: ProposalPlace & { base: string },
): Promise<{ value: string; saved: SectionSaved }> {
  return await recordingRefusals(context, actor, aboutIt(place), async (trx, by) => {
    const { cycleId, section } = place
    await requireSection(trx, actor, place)
    const proposal = await requireAnswerable(trx, actor, place, 'accepted')
    const { value } = proposal
    const saved = await saveSectionIn(trx, context, actor, { cycleId, section, bases: [base], value })
    if (!saved.saved) return { value, saved }
    await settleProposal(trx, by, { cycleId, section, id: proposal.id }, { status: 'accepted' })
    await tellAnswered(trx, context, { ...place, entityId: by.entityId }, proposal, 'accepted')
    return { value, saved }
  })
}

/** Leaves the section as it stands, and says why. */
export async function declineProposal(
  context: AppContext,
  actor: Actor,
  { reason, ...place }: ProposalPlace & { reason: string },
): Promise<void> {
  await recordingRefusals(context, actor, aboutIt(place), async (trx, by) => {
    await requireSection(trx, actor, place)
    const proposal = await requireAnswerable(trx, actor, place, 'declined')
    const { cycleId, section } = place
    await settleProposal(trx, by, { cycleId, section, id: proposal.id }, { status: 'declined', answer: reason })
    await tellAnswered(trx, context, { ...place, entityId: by.entityId }, proposal, 'declined')
  })
}

/** Whoever proposed it takes it back. */
export async function withdrawProposal(context: AppContext, actor: Actor, place: ProposalPlace): Promise<void> {
  await recordingRefusals(context, actor, aboutIt(place), async (trx, by) => {
    const proposal = await requireAnswerable(trx, actor, place, 'withdrawn')
    const { cycleId, section } = place
    await settleProposal(trx, by, { cycleId, section, id: proposal.id }, { status: 'withdrawn' })
  })
}

const aboutIt = ({ cycleId, proposalId }: ProposalPlace) => ({ objectId: proposalId, cycleId, stepCode: '6' }) as const

async function requireAnswerable(
  trx: Trx,
  actor: Actor,
  { cycleId, section, proposalId }: ProposalPlace,
  answer: ProposalAnswer,
): Promise<Proposal> {
  const proposal = await findProposal(trx, cycleId, proposalId)
  if (proposal?.section !== section) throw new Refused('not_visible')
  refuseIf(objectionToAnswer(proposal, answer, handsOfActor(actor)))
  return proposal
}
