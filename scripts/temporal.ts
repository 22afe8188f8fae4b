/** The embedded Temporal server: its schema, its start, its namespace. Measured facts: server 1.32.x, variables below. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Connection } from '@temporalio/client'
import { msToTs } from '@temporalio/common/lib/time.js'
import { query } from './postgres.ts'
import {
  clearPid,
  Explained,
  eventually,
  keptPorts,
  lastLines,
  run,
  type Started,
  startProgram,
  stopOrphan,
  stopProgram,
  writePid,
} from './processes.ts'
import type { TemporalPrograms } from './temporal-programs.ts'

export const SEARCH_ATTRIBUTES = ['CaracterizaEntity', 'CaracterizaCycle']
/** Ten years, until histories are archived as evidence (model.md §3). */
const RETENTION_MS = 3650 * 24 * 3600 * 1000
const INDEXED_VALUE_TYPE_KEYWORD = 2
const GRPC_ALREADY_EXISTS = 6
const GRPC_NOT_FOUND = 5

export interface TemporalOptions {
  dataDir: string
  programs: TemporalPrograms
  postgres: { host: string; port: number; user: string; password: string }
  /** Fixed for ever at the first start of an installation. */
  historyShards: number
  /** Tests only: executions may be fast-forwarded, and the server of many short lives spends half of the processor. */
  timeSkipping?: boolean
  namespace?: string
}

export interface Temporal {
  address: string
  started: Started
  stop: () => Promise<void>
}

const DATABASES = { temporal: 'postgresql/v12/temporal', temporal_visibility: 'postgresql/v12/visibility' }
const SERVICES = ['frontend', 'history', 'matching', 'worker'] as const

export async function startTemporal(options: TemporalOptions): Promise<Temporal> {
  const dataDir = resolve(options.dataDir)
  await stopOrphan(join(dataDir, 'run'), 'temporal')
  await migrateSchema(options)
  const logFile = join(dataDir, 'logs', 'temporal.log')
  const names = SERVICES.flatMap((service) => [`${service}_grpc`, `${service}_membership`] as const)
  const ports = await keptPorts(join(dataDir, 'run', 'ports.json'), [...names, 'frontend_http'])
  const env = {
    ...process.env,
    ...serverVariables(options, ports),
    DYNAMIC_CONFIG_FILE_PATH: writeDynamicConfig(options),
  }
  const started = startProgram(options.programs.server, ['--allow-no-auth', 'start'], logFile, { env, cwd: dataDir })
  if (started.child.pid) writePid(join(dataDir, 'run'), 'temporal', started.child.pid)
  const address = `127.0.0.1:${ports.frontend_grpc}`
  const stop = async () => {
    await stopProgram(started, 'SIGTERM', 20_000)
    clearPid(join(dataDir, 'run'), 'temporal')
  }
  await eventually(
    () => ensureNamespace(address, options.namespace ?? 'caracteriza'),
    60,
    () =>
      started.child.exitCode === null
        ? undefined
        : `Temporal no arrancó. Últimas líneas de ${logFile}:\n${lastLines(logFile)}`,
  ).catch(async (error) => {
    await stop()
    throw error
  })
  return { address, started, stop }
}

function serverVariables(options: TemporalOptions, ports: Record<string, number>): Record<string, string> {
  const { host, port, user, password } = options.postgres
  const services = SERVICES.flatMap((service) => [
    [`${service.toUpperCase()}_GRPC_PORT`, String(ports[`${service}_grpc`])],
    [`${service.toUpperCase()}_MEMBERSHIP_PORT`, String(ports[`${service}_membership`])],
  ])
  return {
    ...Object.fromEntries(services),
    FRONTEND_HTTP_PORT: String(ports.frontend_http),
    DB: 'postgres12_pgx',
    POSTGRES_SEEDS: host,
    DB_PORT: String(port),
    POSTGRES_USER: user,
    POSTGRES_PWD: password,
    DBNAME: 'temporal',
    VISIBILITY_DBNAME: 'temporal_visibility',
    SQL_MAX_CONNS: '8',
    SQL_MAX_IDLE_CONNS: '8',
    SQL_VIS_MAX_CONNS: '4',
    SQL_VIS_MAX_IDLE_CONNS: '4',
    NUM_HISTORY_SHARDS: String(options.historyShards),
    BIND_ON_IP: '127.0.0.1',
    TEMPORAL_BROADCAST_ADDRESS: '127.0.0.1',
    LOG_LEVEL: 'warn',
    // Go clears away less often what it has plenty of memory for.
    ...(options.timeSkipping && { GOGC: '400' }),
  }
}

/** The server insists on an existing file; the values are those of model.md §3. */
function writeDynamicConfig(options: TemporalOptions): string {
  const values: Record<string, unknown> = { 'history.maxInFlightUpdates': 2000 }
  if (options.timeSkipping) {
    values['frontend.WorkflowTimeSkippingEnabled'] = true
    // Each test file registers a namespace and does not want to wait for it.
    values['system.namespaceCacheRefreshInterval'] = '200ms'
    values['system.forceSearchAttributesCacheRefreshOnRead'] = true
    // Its queues hold a handful of tasks: in four parts each, workers and tasks look for each other all the time.
    values['matching.numTaskqueueReadPartitions'] = 1
    values['matching.numTaskqueueWritePartitions'] = 1
  }
  const text = Object.entries(values).map(([key, value]) => `${key}:\n  - value: ${value}\n`)
  const file = join(resolve(options.dataDir), 'run', 'temporal-dynamic.yaml')
  mkdirSync(join(resolve(options.dataDir), 'run'), { recursive: true })
  writeFileSync(file, text.join(''))
  return file
}

/** Creates or upgrades Temporal's own tables with Temporal's own tool; nothing happens when they are current. */
async function migrateSchema(options: TemporalOptions): Promise<void> {
  const { host, port, user, password } = options.postgres
  for (const [database, schema] of Object.entries(DATABASES)) {
    const url = `postgres://${user}:${password}@${host}:${port}/${database}`
    const tool = async (...args: string[]) => {
      const connection = ['--plugin', 'postgres12_pgx', '--ep', host, '-p', String(port), '-u', user, '--db', database]
      const env = { ...process.env, SQL_PASSWORD: password }
      try {
        await run(options.programs.sqlTool, [...connection, ...args], { env, maxBuffer: 1 << 26 })
      } catch (error) {
        throw new Explained(`No fue posible preparar las tablas de Temporal (${args[0]}): ${(error as Error).message}`)
      }
    }
    const tables = await query<{ present: boolean }>(url, `select to_regclass('schema_version') is not null as present`)
    if (!tables[0]?.present) await tool('setup-schema', '-v', '0.0')
    await tool('update-schema', '--schema-name', schema)
  }
}

/** Registers the namespace and its search attributes where they are missing; works on a Temporal of any origin. */
export async function ensureNamespace(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: 5_000 })
  try {
    const exists = await connection.workflowService.describeNamespace({ namespace }).then(() => true, whenMissing)
    if (!exists) {
      const workflowExecutionRetentionPeriod = msToTs(RETENTION_MS)
      await connection.workflowService
        .registerNamespace({ namespace, workflowExecutionRetentionPeriod })
        .catch(whenPresent)
    }
    // A namespace just registered is unknown to parts of the server for up to two seconds.
    await eventually(() => ensureSearchAttributes(connection, namespace), 20)
  } finally {
    await connection.close()
  }
}

async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace })
  const missing = SEARCH_ATTRIBUTES.filter((name) => !(name in customAttributes))
  if (missing.length === 0) return
  const searchAttributes = Object.fromEntries(missing.map((name) => [name, INDEXED_VALUE_TYPE_KEYWORD]))
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes }).catch(whenPresent)
}

function whenMissing(error: { code?: number }): false {
  if (error.code === GRPC_NOT_FOUND) return false
  throw error
}

function whenPresent(error: { code?: number }): void {
  if (error.code !== GRPC_ALREADY_EXISTS) throw error
}
