/**
 * A log that came from another installation (decision 0065): its event `entity.imported` says from where on transactions are this cluster's.
 * Asked for at every round of the sealer.
 */
import { type Kysely, sql } from 'kysely'

const imported = sql`create index event_imported on event (entity_id, at) where type = 'entity.imported'`

export async function up(db: Kysely<unknown>): Promise<void> {
  await imported.execute(db)
}
