import type { Saved } from '../../db/administration.ts'
import { proposeDisposal as propose } from '../../db/disposals.ts'
import { adoptRule } from '../../db/retention.ts'
import type { ProposalInput } from '../../domain/disposal.ts'
import { retentionRuleInput } from '../../domain/retention.ts'
import { actingPerson, administer, type Change, type Typed } from '../administration.server.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { requireRight } from './permitted.server.ts'

/** Adds a version of a series to the documentary table (features I4). */
export async function adoptRetentionRule(context: AppContext, actor: Actor, typed: Typed): Promise<Change<Saved>> {
  return await administer(context, actor, { schema: retentionRuleInput, typed }, adoptRule)
}

/** Proposes that the content of an ended cycle be eliminated; nothing goes until another person approves it. */
export async function proposeDisposal(context: AppContext, actor: Actor, input: ProposalInput): Promise<string> {
  return await recordingRefusals(
    context,
    actor,
    { objectId: input.cycleId, cycleId: input.cycleId },
    async (trx, by) => {
      requireRight(actor, 'dispose')
      return await propose(trx, { ...actingPerson(context, actor), actingFor: by.actingFor ?? null }, input)
    },
  )
}
