import { noteTest } from '../../db/connection-changes.ts'
import { findConnection } from '../../db/connections.ts'
import { OutsideFailed } from '../../db/outside/failed.ts'
import { tryOutside } from '../../db/outside/outside.ts'
import { Refused } from '../../domain/refusals.ts'
import { asKeeper, targetOf } from '../connections.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'

/** Tries a connection and notes how it went: null when it works, else why not. No transaction waits for the other server. */
export async function tryConnection(context: AppContext, actor: Actor, id: string): Promise<OutsideFailed | null> {
  const target = await asKeeper(context, actor, { objectId: id }, async (trx) => {
    const connection = await findConnection(trx, id)
    if (!connection) throw new Refused('not_visible')
    return await targetOf(context, trx, connection).catch(failureOf)
  })
  const failure = target instanceof OutsideFailed ? target : await tryOutside(target).then(() => null, failureOf)
  await asKeeper(context, actor, { objectId: id }, (trx, by) => noteTest(trx, by, id, failure?.code ?? 'ok'))
  return failure
}

/** Anything else is ours, and thrown on. */
function failureOf(failure: unknown): OutsideFailed {
  if (failure instanceof OutsideFailed) return failure
  throw failure
}
