import type { Trx } from '../../db/client.ts'
import { listOpenAlerts } from '../../db/control-waiting.ts'
import type { Actor } from '../session.server.ts'
import { riseText } from '../text/standing-moves.ts'
import { firstOf, SHOWN } from './first-of.ts'

/** Alerts of risks, each as its sentence. */
export async function shownAlerts(
  trx: Trx,
  entityId: string,
  of: { positionId: string } | { risk: string },
  limit = 50,
) {
  return (await listOpenAlerts(trx, entityId, of, limit)).map((one) => ({
    ...{ id: one.id, risk: one.risk, line: riseText.line(one) },
    ...{ ownerPosition: one.ownerPosition, ownerName: one.ownerName },
  }))
}

export async function waitingAlerts(trx: Trx, { entityId, position }: Actor) {
  return firstOf(await shownAlerts(trx, entityId, { positionId: position.id }, SHOWN + 1), SHOWN)
}
