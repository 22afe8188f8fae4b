import type { Trx } from '../../db/client.ts'
import { chooseMethodology as choose } from '../../db/methodology-choices.ts'
import {
  copyMethodology as copy,
  discardMethodologyDraft as discard,
  findMethodologyDraft,
  type MethodologyDraft,
  publishMethodology as publish,
  saveMethodologyDraft as save,
} from '../../db/methodology-drafts.ts'
import type { RiskKeeper } from '../../db/risks.ts'
import type { Fault } from '../../domain/methodology-faults.ts'
import type { ChoiceInput, DraftRead } from '../../domain/methodology-inputs.ts'
import { methodologyRow } from '../../domain/permission-rows.ts'
import type { Action } from '../../domain/permission-subjects.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { MethodologyKey } from '../../domain/risk-methodology.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

/** Copies a methodology to adapt it; false where a copy is being edited already, which stays as it is. */
export async function copyMethodology(context: AppContext, actor: Actor, base: MethodologyKey): Promise<boolean> {
  return await keeping(context, actor, (trx, by) => copy(trx, by, base))
}

/** Saves what was typed over a copy, all of it; answers everything that is wrong with it, and saves nothing then. */
export async function editMethodology(
  context: AppContext,
  actor: Actor,
  code: string,
  asked: { typed: Record<string, string>; read: DraftRead },
): Promise<Fault[]> {
  return await keepingDraft(context, actor, code, (trx, by, draft) => save(trx, by, draft, asked))
}

/** Publishes a copy as the next version, which nothing changes any more; answers its number. */
export async function publishMethodology(
  context: AppContext,
  actor: Actor,
  code: string,
  asked: { reason: string; read: DraftRead },
): Promise<number> {
  return await keepingDraft(context, actor, code, (trx, by, draft) => publish(trx, by, draft, asked))
}

/** Throws a copy away. */
export async function discardMethodology(
  context: AppContext,
  actor: Actor,
  code: string,
  read: DraftRead,
): Promise<void> {
  await keepingDraft(context, actor, code, (trx, by, draft) => discard(trx, by, draft, read))
}

/** Chooses what new assessments of a typology, or of the entity, use. */
export async function chooseMethodology(context: AppContext, actor: Actor, input: ChoiceInput): Promise<void> {
  await permittedTo('choose', context, actor, (trx, by) => choose(trx, by, input))
}

async function keeping<T>(
  context: AppContext,
  actor: Actor,
  work: (trx: Trx, by: RiskKeeper) => Promise<T>,
): Promise<T> {
  return await permittedTo('keep', context, actor, work)
}

async function permittedTo<T>(
  action: Action<'Methodology'>,
  context: AppContext,
  actor: Actor,
  work: (trx: Trx, by: RiskKeeper) => Promise<T>,
): Promise<T> {
  const { entityId } = actor
  return await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    refuseIf(whyNot(permitted(actor), action, 'Methodology', methodologyRow(entityId)))
    return await work(trx, by)
  })
}

async function keepingDraft<T>(
  context: AppContext,
  actor: Actor,
  code: string,
  work: (trx: Trx, by: RiskKeeper, draft: MethodologyDraft) => Promise<T>,
): Promise<T> {
  return await keeping(context, actor, async (trx, by) => {
    const draft = await findMethodologyDraft(trx, actor.entityId, code, { lock: true })
    if (!draft) throw new Refused('copy_gone')
    return await work(trx, by, draft)
  })
}
