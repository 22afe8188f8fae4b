/** PostgreSQL and Temporal together, for tests: on free ports, in a folder of their own, quick instead of crash-proof. */

import { rmSync } from 'node:fs'
import { type Postgres, startPostgres } from './postgres.ts'
import { startTemporal, type Temporal } from './temporal.ts'
import { findTemporal, type Progress } from './temporal-programs.ts'

export interface TestServices {
  postgres: Postgres
  temporal: Temporal
  stop: () => Promise<void>
}

/** Nothing of it outlives the run, and nobody kills it: the disk may be late, and dead rows may lie. */
const HASTY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }

export async function startTestServices(dataDir: string, secret: string, progress: Progress): Promise<TestServices> {
  const programs = await findTemporal(progress)
  const postgres = await startPostgres({ dataDir, secret, settings: { ...HASTY, max_connections: '400' } })
  try {
    const temporal = await startTemporal({
      dataDir,
      programs,
      postgres: postgres.temporal,
      historyShards: 4,
      timeSkipping: true,
    })
    const stop = async () => {
      await temporal.stop()
      await postgres.stop()
      // It may stand outside `dataDir` (unprivileged.ts), where nobody else would clear it away.
      rmSync(postgres.folder, { recursive: true, force: true })
    }
    return { postgres, temporal, stop }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}
