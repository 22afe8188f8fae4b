import { sql } from 'kysely'
import { expect, vi } from 'vitest'
import { type Database, withEntity } from '../../db/client.ts'

/** Waits until all that an entity recorded can be sealed at once: in a cluster with other work the oldest transaction may be anybody's. */
export async function untilSealable(owner: Database, entityId: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const { rows } = await withEntity(owner, entityId, (trx) =>
        sql<{ waits: boolean }>`
          select exists (select from event where entity_id = ${entityId} and xid >= pg_snapshot_xmin(pg_current_snapshot()))
            as waits`.execute(trx),
      )
      expect(rows[0]?.waits).toBe(false)
    },
    { timeout: 60_000, interval: 100 },
  )
}
