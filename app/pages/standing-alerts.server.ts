import { methodologyOf } from '../../catalog/methodologies/index.ts'
import type { Trx } from '../../db/client.ts'
import { listOpenAlerts } from '../../db/control-pages.ts'
import { zoneOf } from '../../domain/risks.ts'
import type { Actor } from '../session.server.ts'

/** Alerts of risks with their zones in words. */
export async function shownAlerts(trx: Trx, entityId: string, of: { positionId: string } | { risk: string }) {
  return (await listOpenAlerts(trx, entityId, of)).map((one) => {
    const methodology = methodologyOf({ code: one.methodology, n: one.n })
    const name = (zone: string) => zoneOf(methodology, zone).name
    return {
      ...{ id: one.id, risk: one.risk, control: one.control, raisedOn: one.raisedOn },
      ...{ ownerPosition: one.ownerPosition, ownerName: one.ownerName },
      ...{ before: name(one.zoneBefore), after: name(one.zoneAfter) },
    }
  })
}

export async function waitingAlerts(trx: Trx, { entityId, position }: Actor) {
  return await shownAlerts(trx, entityId, { positionId: position.id })
}
