/**
 * `npm run restore -- FILE`: puts a copy into an empty `DATA_DIR`, proves that its database starts, and removes again what was
 * erased or disposed of since it was taken (promises §4.5).
 */
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GONE_LIST } from '../activities/gone-list.ts'
import { parseStartConfig } from '../domain/config.ts'
import { CONTENT_FOLDERS, type Manifest } from './backup.ts'
import { query, startPostgres } from './postgres.ts'
import { Explained, run } from './processes.ts'
import { fail, say } from './progress.ts'
import { mergeGone, removeAgain } from './remove-again.ts'
import { secretFingerprint } from './secret.ts'
import { claimCluster, clusterFolder, RESTORING, unprivilegedOwner } from './unprivileged.ts'
import { root } from './web-build.ts'

export interface RestoreOptions {
  dataDir: string
  /** APP_SECRET; otherwise `DATA_DIR/secret` is read. It may be there already, and so may the list of what went. */
  secret?: string
  file: string
}

export async function restore(options: RestoreOptions): Promise<Manifest> {
  const dataDir = resolve(options.dataDir)
  const file = resolve(options.file)
  if (!existsSync(file)) throw new Explained(`No existe el archivo ${file}.`)
  const cluster = clusterFolder(dataDir, unprivilegedOwner())
  requireEmpty(dataDir, cluster)
  const manifest = await readManifest(file)
  const secret = requireSecret(dataDir, options.secret, manifest)
  const arriving = join(dataDir, RESTORING)
  mkdirSync(arriving, { recursive: true, mode: 0o700 })
  await run('tar', ['-xf', file, '-C', arriving])
  for (const name of CONTENT_FOLDERS)
    if (existsSync(join(arriving, name))) move(join(arriving, name), join(dataDir, name))
  giveToOwner(join(arriving, 'cluster'))
  move(join(arriving, 'cluster'), cluster)
  giveToOwner(cluster)
  claimCluster(dataDir, cluster)
  await mergeGone(join(dataDir, GONE_LIST), join(arriving, GONE_LIST))
  await proveItStarts(dataDir, secret)
  rmSync(arriving, { recursive: true, force: true })
  return manifest
}

const MAY_BE_THERE = ['secret', GONE_LIST]

function requireEmpty(dataDir: string, cluster: string): void {
  const found = existsSync(dataDir) ? readdirSync(dataDir).filter((name) => !MAY_BE_THERE.includes(name)) : []
  if (found.length > 0 || existsSync(cluster)) {
    throw new Explained(
      `La carpeta ${dataDir} no está vacía: una copia se restaura solo donde no hay datos (pueden estar allí los archivos secret y ${GONE_LIST}). Elija otra con DATA_DIR.`,
    )
  }
}

async function readManifest(file: string): Promise<Manifest> {
  try {
    const { stdout } = await run('tar', ['-xOf', file, './manifest.json'])
    const manifest = JSON.parse(stdout) as Manifest
    if (manifest.format === 1) return manifest
  } catch {
    // Not an archive, or not one of ours: the same sentence for both.
  }
  throw new Explained(`${file} no es una copia hecha con npm run backup.`)
}

function requireSecret(dataDir: string, given: string | undefined, manifest: Manifest): string {
  const kept = join(dataDir, 'secret')
  const secret = given ?? (existsSync(kept) ? readFileSync(kept, 'utf8').trim() : undefined)
  if (secret && secretFingerprint(secret) === manifest.secretFingerprint) return secret
  throw new Explained(
    `La copia pide el secreto de huella ${manifest.secretFingerprint} y ${secret ? 'el indicado es otro' : 'no hay ninguno'}: ` +
      `ponga el archivo secret original en ${dataDir} o indíquelo con APP_SECRET.`,
  )
}

/** The cluster may have to stand on another file system than the archive was unpacked on. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    cpSync(from, to, { recursive: true, verbatimSymlinks: true })
    rmSync(from, { recursive: true, force: true })
  }
}

function giveToOwner(folder: string): void {
  const owner = unprivilegedOwner()
  chmodSync(folder, 0o700)
  if (!owner) return
  chownSync(folder, owner.uid, owner.gid)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    chownSync(join(entry.parentPath, entry.name), owner.uid, owner.gid)
  }
}

async function proveItStarts(dataDir: string, secret: string): Promise<void> {
  const postgres = await startPostgres({ dataDir, secret })
  try {
    await query(postgres.superuserUrl('caracteriza'), 'select 1')
    await removeAgain(postgres.ownerUrl(), { dataDir, secret })
  } finally {
    await postgres.stop()
  }
}

async function main(): Promise<void> {
  const file = process.argv[2]
  if (!file) throw new Explained('Uso: DATA_DIR=carpeta-vacía npm run restore -- ARCHIVO.tar.gz')
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'))
  const config = parseStartConfig(process.env)
  const dataDir = resolve(root, config.DATA_DIR)
  const manifest = await restore({ dataDir, secret: config.APP_SECRET, file })
  say(`Restaurada en ${dataDir} la copia de ${manifest.takenAt}; la base de datos arranca. Siga con npm start.`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main().catch(fail)
