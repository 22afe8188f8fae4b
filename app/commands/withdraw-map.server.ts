import { findMap, withdrawMap as withdraw } from '../../db/division-maps.ts'
import type { MapWithdrawalInput } from '../../domain/inputs.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'
import { mapObjection } from './receive-map.server.ts'

/** Withdraws a map that is wrong, with its reason (F1): by whoever brings maps along; figures drawn on it stay. */
export async function withdrawMap(
  context: AppContext,
  actor: Actor,
  { mapId, reason }: MapWithdrawalInput,
): Promise<void> {
  await recordingRefusals(context, actor, { objectId: mapId }, async (trx, by) => {
    const map = await findMap(trx, actor.entityId, mapId)
    if (!map) throw new Refused('not_visible')
    refuseIf(mapObjection(permitted(actor)))
    await withdraw(trx, by, { map, reason })
  })
}
