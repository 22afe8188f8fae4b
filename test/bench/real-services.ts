/** PostgreSQL and Temporal as `npm start` runs them: every commit reaches the disk, as many shards. Tests use quicker ones. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../../scripts/postgres.ts'
import { startTemporal } from '../../scripts/temporal.ts'
import { findTemporal } from '../../scripts/temporal-programs.ts'
import { TEST_SECRET } from '../support/services.ts'
import { type System, startSystem } from '../support/system.ts'

/** Runs `work` on a whole system of its own and clears it away. */
export async function onRealSystem<T>(work: (system: System) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'caracteriza-bench-'))
  const postgres = await startPostgres({ dataDir, secret: TEST_SECRET })
  const temporal = await startTemporal({
    dataDir,
    programs: await findTemporal(() => undefined),
    postgres: postgres.temporal,
    historyShards: 32,
  })
  process.env.TEST_POSTGRES_URL = postgres.superuserUrl()
  process.env.TEST_TEMPORAL_ADDRESS = temporal.address
  try {
    const system = await startSystem()
    try {
      return await work(system)
    } finally {
      await system.stop()
    }
  } finally {
    await temporal.stop()
    await postgres.stop()
    for (const folder of [dataDir, postgres.folder]) rmSync(folder, { recursive: true, force: true })
  }
}
