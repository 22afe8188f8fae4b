import { withEntity } from '../db/client.ts'
import { openIncident } from '../db/incidents.ts'
import type { Tools } from './tools.ts'

/** Nothing was published although step 7 stands approved: whoever operates the system is told. */
export async function reportUnpublished(
  { database }: Tools,
  { entityId, cycleId }: { entityId: string; cycleId: string },
): Promise<void> {
  await withEntity(database, entityId, (trx) =>
    openIncident(trx, {
      entityId,
      kind: 'release_not_published',
      objectType: 'cycle',
      objectId: cycleId,
      origin: 'workflow',
    }),
  )
}
