import { idOf } from '../../db/ids.ts'
import { makeProposal } from '../../db/section-proposals.ts'
import { answerText, checkShape, type FieldError } from '../../domain/forms.ts'
import type { AppContext } from '../context.server.ts'
import { tellProposed } from '../proposal-notices.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import { requireProposable, type SectionPlace } from '../section-rights.server.ts'
import type { Actor } from '../session.server.ts'

export interface ChangeToPropose extends SectionPlace {
  /** The words proposed, as stored in the draft. */
  value: string
  reason: string
  /** Made anew for each rendered form: the same form sent twice makes one proposal. */
  formKey: string
}

export type ProposedChange = { made: true; id: string } | { made: false; errors: FieldError[] | 'same' }

/** Proposes other words for a section of the report (G3); nothing of it changes until whoever writes it accepts. */
export async function proposeChange(
  context: AppContext,
  actor: Actor,
  input: ChangeToPropose,
): Promise<ProposedChange> {
  const { cycleId, section, value, reason, formKey } = input
  const about = { objectId: cycleId, cycleId, stepCode: '6' } as const
  return await recordingRefusals(context, actor, about, async (trx, by): Promise<ProposedChange> => {
    const { step, state, row } = await requireProposable(trx, actor, input)
    const { answers } = step.draft
    const base = answerText(answers, section, 'texto')
    if (value === base) return { made: false, errors: 'same' }
    const proposed = { ...answers, [section]: { ...answers[section], texto: value } }
    const shape = checkShape(step.definition, proposed)
    const errors = shape.ok ? [] : shape.errors.filter(({ path }) => path === `${section}.texto`)
    if (errors.length > 0) return { made: false, errors }
    const id = idOf('section_proposal', cycleId, actor.personId, formKey)
    const isNew = await makeProposal(trx, by, { id, cycleId, section, base, value, reason })
    if (!isNew) return { made: true, id }
    const place = { entityId: by.entityId, cycleId, section, proposalId: id }
    const to = { ownerId: state?.ownerId ?? null, authorDuties: row.authorDuties, except: by.personId }
    await tellProposed(trx, context, place, to)
    return { made: true, id }
  })
}
