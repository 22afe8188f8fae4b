import type { ActRow } from '../../db/acts.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { faultPoint } from '../../db/fault-points.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordRefusalOf } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { type Receipt, settleAct, withParcels } from './conduct-act.server.ts'

/**
 * Carries an act that is not of a step through model.md §3: row first, then the Update under its id, then its end. `store`:
 * finds or stores the row, once. A refusal is one event about `objectId`, and is thrown.
 */
export async function conductStored(
  context: AppContext,
  actor: Actor,
  objectId: string,
  store: (trx: Trx) => Promise<ActRow>,
): Promise<Receipt> {
  try {
    faultPoint('web:before-store')
    const stored = await withActor(context.db, actor, async (trx) => withParcels(trx, await store(trx)))
    return await settleAct(context, actor, stored)
  } catch (failure) {
    if (failure instanceof Refused) await recordRefusalOf(context, actor, { objectId }, failure)
    throw failure
  }
}
