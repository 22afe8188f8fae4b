import { withEntity } from '../db/client.ts'
import { listExpired } from '../db/control-standings.ts'
import { requireControl } from '../db/run-controls.ts'
import { bogotaInstant } from '../domain/civil-dates.ts'
import { evidenceMoved } from './evidence-moved.ts'
import type { Tools } from './tools.ts'

export interface ExpireEvidence {
  entityId: string
  /** Civil date that begins. */
  day: string
}

/**
 * Evidence that ended before a day is in force no longer: what is demonstrated of its controls and risks follows the same day
 * (D4). Control by control, each in a transaction of its own; asked again it finds what is left.
 */
export async function expireEvidence(tools: Tools, { entityId, day }: ExpireEvidence): Promise<void> {
  const { database } = tools
  const at = new Date(bogotaInstant(day, '00:05'))
  for (const controlId of await withEntity(database, entityId, (trx) => listExpired(trx, entityId, day)))
    await withEntity(database, entityId, async (trx) =>
      evidenceMoved(trx, tools, { control: await requireControl(trx, controlId) }, at),
    )
}
