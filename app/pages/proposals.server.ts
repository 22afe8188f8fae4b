import type { Trx } from '../../db/client.ts'
import type { SectionState } from '../../db/report-sections.ts'
import { countOpenProposals, listProposals, type Proposal } from '../../db/section-proposals.ts'
import type { StepContext } from '../../db/step-context.ts'
import { richHtml } from '../../documents/rich-html.ts'
import { diffBlocks } from '../../documents/text-diff.ts'
import { answerText } from '../../domain/forms.ts'
import { objectionToAnswer } from '../../domain/proposals.ts'
import { plainText, richOf } from '../../domain/rich-text.ts'
import { handsOfActor } from '../commands/permitted.server.ts'
import type { AnsweredProposal, ShownProposal } from '../components/report/proposals.tsx'
import { proposalObjection, sectionObjection } from '../section-rights.server.ts'
import type { Actor } from '../session.server.ts'
import { sentenceOf } from '../text/refusals.ts'

/** Changes proposed to a section: those open against what it says now, and what became of the others. */
export async function findProposals(
  trx: Trx,
  actor: Actor,
  { step, states }: { step: StepContext; states: SectionState[] },
  section: string,
) {
  const own = states.find((one) => one.section === section)
  const objection = sectionObjection(actor, step.cycle, own)
  const standing = answerText(step.draft.answers, section, 'texto')
  const all = await listProposals(trx, step.cycle.state.id, section)
  const open = all.filter(({ status }) => status === 'open')
  return {
    open: open.map((one) => openOne(one, { standing, hands: handsOfActor(actor), mayWrite: objection === null })),
    answered: all.flatMap(answeredOne),
    whyNotPropose: sentenceOf(proposalObjection(actor, step.cycle, states), actor),
    /** Whoever would answer them has to wait until the step is written again. */
    isWaiting: objection?.code === 'not_open',
  }
}

function openOne(
  { id, by, proposedAt, reason, base, value, ...rest }: Proposal,
  { standing, hands, mayWrite }: { standing: string; hands: string[]; mayWrite: boolean },
): ShownProposal {
  return {
    ...{ id, by, proposedAt, reason, isMoved: base !== standing },
    blocks: diffBlocks(plainText(richOf(standing)), plainText(richOf(value))),
    html: richHtml(richOf(value)),
    mayAnswer: mayWrite && objectionToAnswer(rest, 'accepted', hands) === null,
    mayWithdraw: objectionToAnswer(rest, 'withdrawn', hands) === null,
  }
}

function answeredOne({
  id,
  by,
  proposedAt,
  reason,
  status,
  answeredAt,
  answeredBy,
  answer,
}: Proposal): AnsweredProposal[] {
  if (status === 'open' || !answeredAt) return []
  return [{ id, by, proposedAt, reason, status, answeredAt, answeredBy: answeredBy ?? '', answer }]
}

/** Sections with proposals nobody has answered, by the title of the section. */
export async function openProposalsOf(trx: Trx, { cycle, definition }: StepContext) {
  const counted = await countOpenProposals(trx, cycle.state.id)
  return counted.map(({ section, n }) => ({
    ...{ section, n },
    title: definition.groups.find(({ code }) => code === section)?.title ?? section,
  }))
}
