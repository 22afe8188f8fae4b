import { type EventRecord, recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'

/** A report stands approved and is not issued: its figures would show a few people. */
export const REPORT_REFUSED = 'report_refused'

export interface Incident {
  entityId: string
  kind: string
  objectType: string
  objectId: string
  /** Who noticed. */
  origin: EventRecord['origin']
}

/** Opens an incident for an operator, with its event; a second one on the same object and kind adds nothing while open. */
export async function openIncident(
  trx: Trx,
  { entityId, kind, objectType, objectId, origin }: Incident,
): Promise<void> {
  const known = await trx
    .selectFrom('incident')
    .select('id')
    .where('kind', '=', kind)
    .where('object_id', '=', objectId)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  if (known) return
  const id = newId()
  await trx
    .insertInto('incident')
    .values({ id, entity_id: entityId, kind, object_type: objectType, object_id: objectId })
    .execute()
  await recordEvent(trx, { entityId, type: 'incident.opened', objectId: id, reasonCode: kind, origin })
}
