/** The one place where a file that is kept by its content is removed: once no row names it (decisions 0039 and 0061). */
import type { Stats } from 'node:fs'
import { lstat, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { appNow } from './clock.ts'
import type { NamedFile } from './content-names.ts'
import { filePath } from './files.ts'
import { sealedPath } from './sealed-files.ts'
import { profilePath, snapshotPath } from './snapshots.ts'

/** Whose file it is, and where. */
export interface Keeper {
  dataDir: string
  secret: string
  entityId: string
}

export interface Removing {
  /** Asked before the file is touched, and again once nobody finds it any more. */
  isNamed: () => Promise<boolean>
  /** How long ago it was stored at least. A file is stored before its row is: a younger one may be of somebody whose row is still to come. */
  restMs: number
}

/** `fresh`: somebody stored it a moment ago, or while it was being removed. */
export type Removal = 'gone' | 'named' | 'fresh'

/**
 * Removes a file unless a row names it. Whoever stores takes no lock: so it is put aside first, and put back where it is not the one
 * that was looked at any more, or a row names it by now. Who stores it after that finds its place free. Killed in between, the
 * next call puts it back and begins again.
 */
export async function removeUnnamed(keeper: Keeper, named: NamedFile, { isNamed, restMs }: Removing): Promise<Removal> {
  const { file, aside, profile } = placesOf(keeper, named)
  await putBack(aside, file)
  const seen = await look(file)
  if (await isNamed()) return 'named'
  if (seen) {
    // A name that leads to another file was stored by nobody: an erasure made it.
    if (!seen.isSymbolicLink() && appNow().getTime() - seen.mtimeMs < restMs) return 'fresh'
    await rename(file, aside)
    const moved = await look(aside)
    const isSame = moved?.ino === seen.ino && moved.mtimeMs === seen.mtimeMs
    if (!isSame || (await isNamed())) {
      await putBack(aside, file)
      return isSame ? 'named' : 'fresh'
    }
    await rm(aside, { force: true })
  }
  if (profile) await rm(profile, { force: true })
  return 'gone'
}

/** Whether anything of it lies there. */
export async function isToRemove(keeper: Keeper, named: NamedFile): Promise<boolean> {
  const { file, aside, profile } = placesOf(keeper, named)
  for (const place of [file, aside, ...(profile ? [profile] : [])]) if (await look(place)) return true
  return false
}

/** Where it lies, and what goes with it. */
function placesOf(keeper: Keeper, { store, sha256 }: NamedFile) {
  const snapshot = { dir: join(keeper.dataDir, 'snapshots'), hash: sha256 }
  const file = {
    files: () => filePath(keeper.dataDir, sha256),
    originals: () => sealedPath({ ...keeper, sha256 }),
    snapshots: () => snapshotPath(snapshot),
  }[store]()
  return { file, aside: `${file}.going`, profile: store === 'snapshots' ? profilePath(snapshot) : null }
}

/** What was stored in its place meanwhile has the same content, and stays. */
async function putBack(aside: string, file: string): Promise<void> {
  if (!(await look(aside))) return
  if (await look(file)) await rm(aside, { force: true })
  else await rename(aside, file)
}

/** The file itself, or what leads to another one. */
async function look(file: string): Promise<Stats | undefined> {
  return await lstat(file).catch(() => undefined)
}
