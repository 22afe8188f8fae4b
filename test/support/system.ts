/** The whole product for one test: real worker and web on a database and a Temporal namespace of its own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Environment, migrate, startOurs, untilReady } from '../../scripts/application.ts'
import type { Running } from '../../scripts/keep-running.ts'
import { type Postgres, startPostgres } from '../../scripts/postgres.ts'
import { freePort, lastLines } from '../../scripts/processes.ts'
import { startTemporal, type Temporal } from '../../scripts/temporal.ts'
import { findTemporal } from '../../scripts/temporal-programs.ts'
import { buildWeb } from '../../scripts/web-build.ts'
import { freshDatabase } from './database.ts'
import { TEST_SECRET } from './services.ts'
import { testTemporal } from './temporal.ts'

export interface SystemOptions {
  port?: number
  /** Added to the environment of worker and web, for example `{ INSTALLATION: 'production' }`. */
  env?: Environment
}

export type OurPart = 'worker' | 'web'
export type Part = OurPart | 'postgres' | 'temporal'

export interface System {
  url: string
  port: number
  dataDir: string
  /** What worker and web were started with. */
  env: Environment
  ownerUrl: string
  superuserUrl: string
  temporalAddress: string
  namespace: string
  /** `kill -9`, and waits until it is gone. */
  kill: (part: OurPart) => Promise<void>
  start: (part: OurPart) => Promise<void>
  untilReady: () => Promise<void>
  stop: () => Promise<void>
}

export interface OwnSystem extends Omit<System, 'kill' | 'start'> {
  kill: (part: Part) => Promise<void>
  start: (part: Part) => Promise<void>
}

interface Stores {
  ownerUrl: string
  superuserUrl: string
  temporalAddress: string
  namespace: string
  release: () => Promise<void>
}

const ENTRY: Record<OurPart, string> = { worker: 'activities/worker.ts', web: 'app/server.ts' }

/** On the tests' shared PostgreSQL and Temporal (time may be fast-forwarded there). */
export async function startSystem(options: SystemOptions = {}): Promise<System> {
  const database = await freshDatabase()
  const { address, namespace, close } = await testTemporal()
  const release = async () => {
    await close()
    await database.drop()
  }
  return startOn({ ...database, temporalAddress: address, namespace, release }, temporaryFolder(), options)
}

/** With a PostgreSQL and a Temporal nobody else uses, so that those may be killed too. */
export async function startOwnSystem(options: SystemOptions = {}): Promise<OwnSystem> {
  const dataDir = temporaryFolder()
  const programs = await findTemporal(() => undefined)
  const stores: { postgres?: Postgres; temporal?: Temporal } = {}
  const starting = {
    postgres: async () => {
      stores.postgres = await startPostgres({ dataDir, secret: TEST_SECRET, settings: { fsync: 'off' } })
    },
    temporal: async () => {
      if (!stores.postgres) throw new Error('PostgreSQL is started first')
      const { temporal: postgres } = stores.postgres
      stores.temporal = await startTemporal({ dataDir, programs, postgres, historyShards: 4, timeSkipping: true })
    },
  }
  await starting.postgres()
  await starting.temporal()
  const release = async () => {
    await stores.temporal?.stop()
    await stores.postgres?.stop()
    if (stores.postgres) rmSync(stores.postgres.folder, { recursive: true, force: true })
  }
  const ownerUrl = stores.postgres?.ownerUrl() ?? ''
  const superuserUrl = stores.postgres?.superuserUrl('caracteriza') ?? ''
  const temporalAddress = stores.temporal?.address ?? ''
  const given = { ownerUrl, superuserUrl, temporalAddress, namespace: 'caracteriza', release }
  const system = await startOn(given, dataDir, options)
  return {
    ...system,
    start: (part) => (part === 'postgres' || part === 'temporal' ? starting[part]() : system.start(part)),
    kill: async (part) => {
      if (part === 'worker' || part === 'web') return system.kill(part)
      const started = stores[part]?.started
      started?.child.kill('SIGKILL')
      await started?.exited
    },
  }
}

/** PostgreSQL's own user must be able to pass, see scripts/unprivileged.ts. */
function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'caracteriza-system-'))
}

async function startOn(stores: Stores, dataDir: string, options: SystemOptions): Promise<System> {
  const port = options.port ?? (await freePort())
  const url = `http://localhost:${port}`
  const env: Environment = {
    PORT: String(port),
    PUBLIC_URL: url,
    DATA_DIR: dataDir,
    DATABASE_URL: stores.ownerUrl,
    TEMPORAL_ADDRESS: stores.temporalAddress,
    TEMPORAL_NAMESPACE: stores.namespace,
    APP_SECRET: TEST_SECRET,
    NODE_ENV: 'production',
    INSTALLATION: 'demo',
    ...options.env,
  }
  const running: Partial<Record<OurPart, Running>> = {}
  const start = async (part: OurPart) => {
    running[part] = await startOurs(part, ENTRY[part], env, dataDir)
  }
  const stop = async () => {
    await running.web?.stop()
    await running.worker?.stop()
    await stores.release()
    rmSync(dataDir, { recursive: true, force: true })
  }
  const ready = () =>
    untilReady(
      port,
      120,
      () => undefined,
      () => endedEarly(running, dataDir),
    )
  try {
    await migrate(env)
    await buildWeb()
    await start('worker')
    await start('web')
    await ready()
  } catch (error) {
    await stop()
    throw error
  }
  const kill = async (part: OurPart) => {
    running[part]?.started.child.kill('SIGKILL')
    await running[part]?.started.exited
  }
  const { ownerUrl, superuserUrl, temporalAddress, namespace } = stores
  return {
    url,
    port,
    dataDir,
    env,
    ownerUrl,
    superuserUrl,
    temporalAddress,
    namespace,
    kill,
    start,
    untilReady: ready,
    stop,
  }
}

function endedEarly(running: Partial<Record<OurPart, Running>>, dataDir: string): string | undefined {
  for (const part of ['worker', 'web'] as const) {
    const child = running[part]?.started.child
    if (child?.exitCode)
      return `${part} ended with code ${child.exitCode}:\n${lastLines(join(dataDir, 'logs', `${part}.log`))}`
  }
  return undefined
}
