/** PostgreSQL and Temporal as `npm start` runs them: every commit reaches the disk, as many shards. Tests use quicker ones. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../../scripts/postgres.ts'
import { onStop } from '../../scripts/processes.ts'
import { startTemporal } from '../../scripts/temporal.ts'
import { findTemporal } from '../../scripts/temporal-programs.ts'
import { TEST_SECRET } from '../support/services.ts'
import { type System, startSystem } from '../support/system.ts'

const clearing: (() => Promise<unknown>)[] = []

/** Newest first; whoever interrupts a bench leaves nothing running either. */
async function clearAway(): Promise<void> {
  for (const clear of clearing.splice(0).reverse()) await clear()
}

onStop(clearAway, 130)

/** Runs `work` on a whole system of its own and clears it away. */
export async function onRealSystem<T>(work: (system: System) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'caracteriza-bench-'))
  try {
    clearing.push(async () => rmSync(dataDir, { recursive: true, force: true }))
    const postgres = await startPostgres({ dataDir, secret: TEST_SECRET })
    clearing.push(async () => {
      await postgres.stop()
      rmSync(postgres.folder, { recursive: true, force: true })
    })
    const programs = await findTemporal(() => undefined)
    const stores = { dataDir, programs, postgres: postgres.temporal }
    const temporal = await startTemporal({ ...stores, historyShards: 32 })
    clearing.push(() => temporal.stop())
    process.env.TEST_POSTGRES_URL = postgres.superuserUrl()
    process.env.TEST_TEMPORAL_ADDRESS = temporal.address
    const system = await startSystem()
    clearing.push(() => system.stop())
    return await work(system)
  } finally {
    await clearAway()
  }
}

/** Runs `work` beside a PostgreSQL of its own whose commits reach the disk; tests' databases are made in it. */
export async function onRealPostgres<T>(work: () => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'caracteriza-bench-'))
  try {
    clearing.push(async () => rmSync(dataDir, { recursive: true, force: true }))
    const postgres = await startPostgres({ dataDir, secret: TEST_SECRET })
    clearing.push(async () => {
      await postgres.stop()
      rmSync(postgres.folder, { recursive: true, force: true })
    })
    process.env.TEST_POSTGRES_URL = postgres.superuserUrl()
    process.env.TEST_TEMPORAL_ADDRESS = 'nobody'
    return await work()
  } finally {
    await clearAway()
  }
}
