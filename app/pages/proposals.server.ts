import type { Trx } from '../../db/client.ts'
import { countOpenProposals, listProposals, type Proposal } from '../../db/section-proposals.ts'
import type { StepContext } from '../../db/step-context.ts'
import { richHtml } from '../../documents/rich-html.ts'
import { diffBlocks } from '../../documents/text-diff.ts'
import { answerText } from '../../domain/forms.ts'
import { objectionToAnswer } from '../../domain/proposals.ts'
import { plainText, richOf } from '../../domain/rich-text.ts'
import type { AnsweredProposal, ShownProposal } from '../components/report/proposals.tsx'
import type { Actor } from '../session.server.ts'

/** Changes proposed to a section: those open against what it says now, and what became of the others. */
export async function findProposals(
  trx: Trx,
  actor: Actor,
  step: StepContext,
  { section, mayWrite }: { section: string; mayWrite: boolean },
): Promise<{ open: ShownProposal[]; answered: AnsweredProposal[] }> {
  const standing = answerText(step.draft.answers, section, 'texto')
  const all = await listProposals(trx, step.cycle.state.id, section)
  return {
    open: all
      .filter(({ status }) => status === 'open')
      .map(({ id, by, proposedAt, reason, base, value, ...rest }) => ({
        ...{ id, by, proposedAt, reason, isMoved: base !== standing },
        blocks: diffBlocks(plainText(richOf(standing)), plainText(richOf(value))),
        html: richHtml(richOf(value)),
        mayAnswer: mayWrite && objectionToAnswer(rest, 'accepted', actor.personId) === null,
        mayWithdraw: objectionToAnswer(rest, 'withdrawn', actor.personId) === null,
      })),
    answered: all.flatMap(answeredOne),
  }
}

function answeredOne({ id, by, proposedAt, reason, status, answeredAt, answeredBy, answer }: Proposal) {
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
