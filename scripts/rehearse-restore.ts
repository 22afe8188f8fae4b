/**
 * `node scripts/rehearse-restore.ts`, with DATA_DIR and APP_SECRET: takes a backup of the running installation, restores it aside, starts it,
 * and compares it with what stood when the copy began. The last line it writes is its answer (activities/rehearse-restore.ts).
 */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { filePath } from '../db/files.ts'
import type { Examination, Violation } from '../domain/controls.ts'
import { backup } from './backup.ts'
import { query, rolePassword, startPostgres } from './postgres.ts'
import { isAlive } from './processes.ts'
import { restore } from './restore.ts'
import { clusterFolder, unprivilegedOwner } from './unprivileged.ts'

export interface Rehearsal {
  dataDir: string
  secret: string
  /** Name of the database of the record, where the cluster has several. */
  database?: string
}

/** `own_server`: the database is not one that this installation backs up, so its administrator rehearses it. */
export async function rehearse({
  dataDir,
  secret,
  database = 'caracteriza',
}: Rehearsal): Promise<Examination | { failureCode: 'own_server' }> {
  const url = runningUrl({ dataDir, secret, database })
  if (url === undefined) return { failureCode: 'own_server' }
  const folder = join(resolve(dataDir), 'drill')
  const restored = join(folder, 'restored')
  clear(folder, restored)
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  try {
    const before = await standing(url)
    const file = join(folder, 'copy.tar')
    const manifest = await backup({ dataDir, secret, file })
    const { size } = statSync(file)
    await restore({ dataDir: restored, secret, file })
    const violations = await differences({ dataDir: restored, secret, database }, before)
    const facts = { taken_at: manifest.takenAt, megabytes: Math.ceil(size / 1_048_576), events: before.events }
    return { lookedAt: before.tables.length + before.files.length, found: violations.length, violations, facts }
  } finally {
    clear(folder, restored)
  }
}

/** Address of the cluster of this installation as superuser; undefined where none of its own runs. */
function runningUrl({ dataDir, secret, database }: Required<Rehearsal>): string | undefined {
  const pidFile = join(clusterFolder(dataDir, unprivilegedOwner()), 'postmaster.pid')
  if (!existsSync(pidFile)) return undefined
  const [pid, , , port] = readFileSync(pidFile, 'utf8').split('\n')
  if (!pid || !isAlive(Number(pid))) return undefined
  return `postgres://postgres:${rolePassword(secret, 'postgres')}@127.0.0.1:${port}/${database}`
}

/** A cluster may stand outside the folder of its installation. */
function clear(folder: string, restored: string): void {
  const cluster = existsSync(restored) ? clusterFolder(restored, unprivilegedOwner()) : restored
  rmSync(cluster, { recursive: true, force: true })
  if (!cluster.startsWith(folder)) rmSync(dirname(cluster), { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
}

interface Standing {
  events: number
  tables: { name: string; rows: number }[]
  /** Published files and issued reports: what the entity answers for. */
  files: { sha256: string; bytes: number }[]
}

/** Rows that are never removed, so that a copy taken later has at least as many. */
const NEVER_FEWER = [
  'event',
  'signature',
  'access_signature',
  'step_version',
  'act',
  'document',
  'release',
  'access_grant',
]

async function standing(url: string): Promise<Standing> {
  const tables: Standing['tables'] = []
  for (const name of NEVER_FEWER) {
    const [row] = await query<{ n: number }>(url, `select count(*)::int as n from ${name}`)
    tables.push({ name, rows: row?.n ?? 0 })
  }
  const files = await query<{ sha256: string; bytes: number }>(
    url,
    `select sha256, bytes::float8 as bytes from release_file union select sha256, bytes::float8 from document d
      where not exists (select from disposal_tombstone t where t.object_id = d.id)`,
  )
  return { events: tables[0]?.rows ?? 0, tables, files }
}

/** What an act of disposal took away, which the restore carried to its end where the installation had only begun. */
async function goneSince(url: string): Promise<Set<string>> {
  const rows = await query<{ sha256: string }>(url, `select sha256 from disposal_tombstone where kind = 'document'`)
  return new Set(rows.map(({ sha256 }) => sha256))
}

async function differences({ dataDir, secret, database }: Required<Rehearsal>, before: Standing): Promise<Violation[]> {
  const postgres = await startPostgres({ dataDir, secret })
  try {
    const after = await standing(postgres.superuserUrl(database))
    const fewer = before.tables.filter(
      ({ name, rows }) => (after.tables.find((one) => one.name === name)?.rows ?? 0) < rows,
    )
    const gone = await goneSince(postgres.superuserUrl(database))
    const missing = before.files.filter(({ sha256, bytes }) => {
      const path = filePath(dataDir, sha256)
      return !gone.has(sha256) && (!existsSync(path) || statSync(path).size !== bytes)
    })
    const about = { kind: 'none', id: '', place: null } as const
    return [
      ...fewer.map(({ name }) => ({ ...about, label: name, reason: 'rows_missing' })),
      ...missing.map(({ sha256 }) => ({ ...about, label: sha256.slice(0, 12), reason: 'file_missing' })),
    ]
  } finally {
    await postgres.stop()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { DATA_DIR = '', APP_SECRET = '' } = process.env
  console.log(JSON.stringify(await rehearse({ dataDir: DATA_DIR, secret: APP_SECRET })))
}
