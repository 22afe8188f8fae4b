import { recordEvent } from '../../db/audit.ts'
import type { Trx } from '../../db/client.ts'
import { idOf } from '../../db/ids.ts'
import { findRights, type LoadedRights, noteRightsMoved } from '../../db/rights.ts'
import { rightsDuties } from '../../db/rights-notices.ts'
import { insertRightsText } from '../../db/rights-texts.ts'
import { rightsRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import { tellRights } from '../../workflows/tellings.ts'
import type { AppContext } from '../context.server.ts'
import { type Followed, withFollowSecret } from '../follow-secret.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

const SIGNAL_MS = 3_000

/**
 * What the citizen adds to a claim that was incomplete (Ley 1581 de 2012, art. 15): sealed, and its workflow begins the term
 * anew. The same again is the same completion. Throws `Refused` where nothing was asked for.
 */
export async function completeRights(
  context: AppContext,
  place: Followed,
  { secret, text }: { secret: string; text: string },
): Promise<void> {
  await withFollowSecret(context, place, secret, (trx, request) => keep(trx, context, request, text, null))
  await wake(context, place)
}

/** The same, brought in person or told by telephone, by whoever answers for data protection. */
export async function registerCompletion(context: AppContext, actor: Actor, id: string, text: string): Promise<void> {
  await recordingRefusals(context, actor, { objectId: id }, async (trx) => {
    const request = await findRights(trx, id)
    if (!request) throw new Refused('not_visible')
    const row = rightsRow(request.entityId, await rightsDuties(trx, request.entityId), request.receivedBy)
    refuseIf(whyNot(permitted(actor), 'read', 'Rights', row))
    refuseIf(whyNot(permitted(actor), 'handle', 'Rights', row))
    await keep(trx, context, request, text, actor)
  })
  await wake(context, { id, entityId: actor.entityId })
}

async function keep(
  trx: Trx,
  context: AppContext,
  { state, entityId, number }: LoadedRights,
  text: string,
  by: Actor | null,
): Promise<void> {
  if (state.status !== 'incomplete') throw new Refused('nothing_to_complete')
  const id = idOf('completion', state.id, state.completeBy ?? '')
  const ring = { secret: context.config.APP_SECRET, entityId }
  await insertRightsText(trx, ring, { id, requestId: state.id, actId: null, kind: 'completion', text })
  await noteRightsMoved(trx, state.id)
  await recordEvent(trx, {
    ...{
      entityId,
      type: 'rights.completion_received',
      objectId: state.id,
      origin: 'web',
      requestId: context.requestId,
    },
    ...{ actorPerson: by?.personId ?? null, actorPosition: by?.position.id ?? null, purposeCode: 'citizen_request' },
    ...{ actingFor: by?.position.actingFor?.personId ?? null },
    changes: [{ field: 'code', before: null, after: number }],
  })
}

/** Its workflow reads it now, or when the courier tells it. */
async function wake(context: AppContext, { id, entityId }: { id: string; entityId: string }): Promise<void> {
  await tellRights(context.temporal, { entityId, requestId: id }, SIGNAL_MS).catch(() => undefined)
}
