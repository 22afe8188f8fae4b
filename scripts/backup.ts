/** `npm run backup -- FILE`: the whole cluster and the files of the same point, taken while everything runs. */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { copyFile, link, readdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { GONE_LIST } from '../activities/gone-list.ts'
import { ADOPTED_KEYS } from '../db/adopted-keys.ts'
import { appNow } from '../db/clock.ts'
import { parseStartConfig } from '../domain/config.ts'
import { rolePassword, startPostgres } from './postgres.ts'
import { Explained, isAlive, run } from './processes.ts'
import { fail, say } from './progress.ts'
import { installationSecret, secretFingerprint } from './secret.ts'
import { clusterFolder, unprivilegedOwner } from './unprivileged.ts'
import { root } from './web-build.ts'

/** Folders of `DATA_DIR` whose files never change once they have their name. */
export const CONTENT_FOLDERS = ['files', 'snapshots', ADOPTED_KEYS]

export interface Manifest {
  format: 1
  takenAt: string
  postgresVersion: string
  stopLsn: string
  /** Every role's password derives from the installation's secret, so a restore needs that very secret. */
  secretFingerprint: string
}

// What a cluster makes anew at its start (PostgreSQL manual, "Backing up the data directory").
const EMPTIED = [
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]
const LEFT_OUT = ['postmaster.pid', 'postmaster.opts', 'current_logfiles']

export interface BackupOptions {
  dataDir: string
  secret: string
  file: string
}

/** Writes `file` (mode 0600) whole or not at all. The installation may be running or stopped. */
export async function backup(options: BackupOptions): Promise<Manifest> {
  const file = resolve(options.file)
  if (existsSync(file)) throw new Explained(`Ya existe ${file}: elija otro nombre, una copia no se sobrescribe.`)
  const staging = mkdtempSync(join(dirname(file), '.copia-'))
  try {
    const manifest = await withCluster(options, (url, folder) => copyAll(url, folder, options, staging))
    writeFileSync(join(staging, 'manifest.json'), JSON.stringify(manifest, null, 2))
    await run('tar', [/\.t?gz$/.test(file) ? '-czf' : '-cf', `${file}.partial`, '-C', staging, '.'])
    chmodSync(`${file}.partial`, 0o600)
    renameSync(`${file}.partial`, file)
    return manifest
  } finally {
    rmSync(staging, { recursive: true, force: true })
    rmSync(`${file}.partial`, { force: true })
  }
}

/** Uses the running server; starts it for the time of the work when there is none. */
export async function withCluster<T>(
  options: Pick<BackupOptions, 'dataDir' | 'secret'>,
  work: (url: string, folder: string) => Promise<T>,
): Promise<T> {
  const folder = clusterFolder(options.dataDir, unprivilegedOwner())
  if (!existsSync(join(folder, 'PG_VERSION'))) throw new Explained(`No hay base de datos en ${folder}.`)
  const pidFile = join(folder, 'postmaster.pid')
  const [pid, , , port] = existsSync(pidFile) ? readFileSync(pidFile, 'utf8').split('\n') : []
  if (pid && isAlive(Number(pid))) {
    return work(`postgres://postgres:${rolePassword(options.secret, 'postgres')}@127.0.0.1:${port}/postgres`, folder)
  }
  const postgres = await startPostgres(options)
  try {
    return await work(postgres.superuserUrl(), folder)
  } finally {
    await postgres.stop()
  }
}

async function copyAll(url: string, cluster: string, options: BackupOptions, staging: string): Promise<Manifest> {
  const content = async () => {
    for (const name of CONTENT_FOLDERS) await addMissing(join(resolve(options.dataDir), name), join(staging, name))
  }
  // Before and after: what a row of the copy names was there when the copy ended, what an act removed meanwhile too.
  await content()
  const stop = await copyCluster(url, cluster, join(staging, 'cluster'))
  await content()
  await copyIfThere(join(resolve(options.dataDir), GONE_LIST), join(staging, GONE_LIST))
  return { format: 1, takenAt: appNow().toISOString(), ...stop, secretFingerprint: secretFingerprint(options.secret) }
}

/** An online copy between `pg_backup_start` and `pg_backup_stop`, with the write-ahead log that makes it consistent. */
async function copyCluster(
  url: string,
  cluster: string,
  to: string,
): Promise<{ postgresVersion: string; stopLsn: string }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    // The slot keeps the log of the whole copy from being recycled; being temporary, it ends with this session.
    await client.query(`select pg_create_physical_replication_slot('copia_' || pg_backend_pid(), true, true)`)
    await client.query(`select pg_backup_start('caracteriza', true)`)
    await copyFolder(cluster, to)
    // Last, as pg_basebackup does it.
    await copyIfThere(join(cluster, 'global', 'pg_control'), join(to, 'global', 'pg_control'))
    const stop = await client.query<{ lsn: string; labelfile: string; spcmapfile: string; last: string }>(
      'select lsn::text, labelfile, spcmapfile, pg_walfile_name(lsn) as last from pg_backup_stop(false)',
    )
    const { lsn, labelfile, spcmapfile, last } = stop.rows[0] ?? { lsn: '', labelfile: '', spcmapfile: '', last: '' }
    writeFileSync(join(to, 'backup_label'), labelfile, { mode: 0o600 })
    if (spcmapfile.trim()) writeFileSync(join(to, 'tablespace_map'), spcmapfile, { mode: 0o600 })
    copyLog(join(cluster, 'pg_wal'), join(to, 'pg_wal'), labelfile, last)
    const version = await client.query<{ server_version: string }>('show server_version')
    return { postgresVersion: version.rows[0]?.server_version ?? '', stopLsn: lsn }
  } finally {
    await client.end()
  }
}

async function copyFolder(from: string, to: string): Promise<void> {
  mkdirSync(to, { recursive: true, mode: 0o700 })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (LEFT_OUT.includes(entry.name) || entry.name.startsWith('pgsql_tmp')) continue
    if (EMPTIED.includes(entry.name)) mkdirSync(join(to, entry.name), { recursive: true, mode: 0o700 })
    else if (entry.isDirectory()) await copyFolder(join(from, entry.name), join(to, entry.name))
    else await copyIfThere(join(from, entry.name), join(to, entry.name))
  }
}

/** A table dropped meanwhile takes its file away; the log says so too. */
async function copyIfThere(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/** Segments from the one the label names to the one of the stop, and the history of time lines. */
function copyLog(from: string, to: string, label: string, last: string): void {
  const first = /START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)/.exec(label)?.[1]
  if (!first) throw new Error('pg_backup_stop answered a label without a start segment')
  const names = readdirSync(from).filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last)
  if (!names.includes(first) || !names.includes(last))
    throw new Error(`write-ahead log ${first} to ${last} is not complete`)
  for (const name of [...names, ...readdirSync(from).filter((file) => file.endsWith('.history'))]) {
    cpSync(join(from, name), join(to, name))
  }
}

async function addMissing(from: string, to: string): Promise<void> {
  if (!existsSync(from)) return
  mkdirSync(to, { recursive: true, mode: 0o700 })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await addMissing(source, target)
    // Another file system cannot be linked to; a file that is gone meanwhile is left out either way.
    else if (!existsSync(target)) await link(source, target).catch(() => copyIfThere(source, target))
  }
}

async function main(): Promise<void> {
  const file = process.argv[2]
  if (!file) throw new Explained('Uso: npm run backup -- ARCHIVO.tar.gz')
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'))
  const config = parseStartConfig(process.env)
  if (config.DATABASE_URL) {
    throw new Explained(
      'Esta instalación usa un PostgreSQL propio (DATABASE_URL): haga su copia con pg_basebackup, y copie además DATA_DIR/files y DATA_DIR/snapshots.',
    )
  }
  const dataDir = resolve(root, config.DATA_DIR)
  const secret = installationSecret(dataDir, config.APP_SECRET)
  const manifest = await backup({ dataDir, secret, file })
  say(`Copia terminada en ${resolve(file)}, estado de ${manifest.takenAt}.`)
  say(
    `El secreto de la instalación no va en ella (huella ${manifest.secretFingerprint}): guárdelo aparte, sin él no se restaura.`,
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main().catch(fail)
