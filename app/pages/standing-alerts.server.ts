import type { Trx } from '../../db/client.ts'
import { listOpenAlerts } from '../../db/control-pages.ts'
import type { Actor } from '../session.server.ts'

/** Alerts of risks with their zones in words. */
export async function shownAlerts(trx: Trx, entityId: string, of: { positionId: string } | { risk: string }) {
  return (await listOpenAlerts(trx, entityId, of)).map((one) => ({
    ...{ id: one.id, risk: one.risk, control: one.control, raisedOn: one.raisedOn },
    ...{ ownerPosition: one.ownerPosition, ownerName: one.ownerName, before: one.zoneBefore, after: one.zoneAfter },
  }))
}

export async function waitingAlerts(trx: Trx, { entityId, position }: Actor) {
  return await shownAlerts(trx, entityId, { positionId: position.id })
}
