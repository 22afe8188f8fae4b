/** PostgreSQL refuses to run as root: which user it runs as then, and which folders that user can reach. */
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Explained } from './processes.ts'

/** In the folder of the data while a copy is put there: it may still hold what went since it was taken. */
export const RESTORING = 'restoring'

export interface Owner {
  uid: number
  gid: number
}

/** The user PostgreSQL runs as when we are root; undefined when we are an ordinary user (or on Windows). */
export function unprivilegedOwner(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined
  const users = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const fields = users.find((line) => line.startsWith(`${name}:`))?.split(':')
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) }
  }
  throw new Explained(
    'PostgreSQL no puede ejecutarse como root y no existe el usuario "postgres" ni "nobody": cree uno de los dos.',
  )
}

const SHARED = '/var/lib/caracteriza'

/** Whether everybody may pass through every folder above `path`. */
export function isReachable(path: string): boolean {
  let folder = dirname(resolve(path))
  for (;;) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
    folder = dirname(folder)
  }
}

/** Folder for the cluster: inside `dataDir`, or outside when the unprivileged user cannot get there. */
export function clusterFolder(dataDir: string, owner: Owner | undefined): string {
  const inside = join(resolve(dataDir), 'postgres')
  if (!owner) return inside
  mkdirSync(resolve(dataDir), { recursive: true })
  if (isReachable(resolve(dataDir))) {
    chmodSync(resolve(dataDir), 0o711)
    return inside
  }
  const hash = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16)
  mkdirSync(join(SHARED, hash), { recursive: true, mode: 0o755 })
  return join(SHARED, hash, 'postgres')
}

const mark = (dataDir: string) => join(resolve(dataDir), 'cluster')

/** Notes in `dataDir` that the cluster standing outside it is its own. */
export function claimCluster(dataDir: string, folder: string): void {
  if (!folder.startsWith(resolve(dataDir))) writeFileSync(mark(dataDir), `${folder}\n`)
}

/** A cluster outside whose `dataDir` was removed has lost its secret too: put aside, so that a new one can begin. */
export function putAsideUnclaimed(dataDir: string, folder: string): void {
  if (folder.startsWith(resolve(dataDir)) || existsSync(mark(dataDir)) || !existsSync(folder)) return
  renameSync(folder, `${folder}.abandoned-${Math.round(performance.timeOrigin)}`)
}

/** The programs of PostgreSQL, copied to an open folder when the unprivileged user cannot reach `native`. */
export function reachablePrograms(native: string, version: string, owner: Owner | undefined): string {
  if (!owner || isReachable(join(native, 'bin', 'postgres'))) return native
  const copy = join(SHARED, `programs-${version}`)
  if (existsSync(copy)) return copy
  const partial = `${copy}.${process.pid}`
  mkdirSync(SHARED, { recursive: true, mode: 0o755 })
  cpSync(native, partial, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(partial, copy)
  } catch (error) {
    // Another start finished the same copy first: theirs is as good.
    rmSync(partial, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
  return copy
}
