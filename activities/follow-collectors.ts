import type { Client } from '@temporalio/client'
import { type Database, withoutEntity } from '../db/client.ts'
import { listStandingCollectors } from '../db/forwarding.ts'
import { tellCollector } from '../workflows/tellings.ts'

const SIGNAL_MS = 5_000

/** Every collector that is sent events has its workflow, whatever became of it while no worker ran. */
export async function followCollectors(database: Database, client: Client): Promise<void> {
  for (const { id, entity_id: entityId } of await withoutEntity(database, listStandingCollectors))
    await tellCollector(client, { entityId, collectorId: id }, SIGNAL_MS)
}
