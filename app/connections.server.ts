import type { Trx } from '../db/client.ts'
import { type ConnectionRow, findConnectionSecret } from '../db/connections.ts'
import { OutsideFailed } from '../db/outside/failed.ts'
import { PATIENCE } from '../db/outside/patience.ts'
import type { Target } from '../db/outside/target.ts'
import { whyNot } from '../domain/permissions.ts'
import { permitted } from './commands/permitted.server.ts'
import type { AppContext } from './context.server.ts'
import { guarded } from './guarded.server.ts'
import { requireActor } from './session.server.ts'

/** What the commands and pages about connections share: who may, and how one is opened. */

export const {
  within: asKeeper,
  load: loadAsKeeper,
  change: changeAsKeeper,
} = guarded({
  whyNot: (actor) => whyNot(permitted(actor), 'keep', 'Connection', { entityId: actor.entityId }),
  require: requireActor,
})

/** What the reader needs to use a connection. Throws `OutsideFailed` when its secret cannot be opened any more. */
export async function targetOf({ config }: AppContext, trx: Trx, connection: ConnectionRow): Promise<Target> {
  const secret = await findConnectionSecret(trx, config.APP_SECRET, connection)
  if (!secret) throw new OutsideFailed('secret_unreadable')
  return { place: connection, secret, allowedHosts: config.CONNECTION_HOSTS, patience: PATIENCE }
}
