/** Snapshots on disk: content-addressed Parquet files that describe themselves and never change. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readlink, rename, rm, stat, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Mapping, SnapshotCounts } from '../domain/sources.ts'
import { type ConfinedDatabase, quoteText } from './duckdb.ts'

export const METADATA_KEY = 'caracteriza'

/** Stored inside the file, so that the hash of a snapshot covers how its columns were read. */
export interface SnapshotMetadata {
  schema: 1
  /** SHA-256 of the CSV file it was made from. */
  sourceHash: string
  mapping: Mapping
  /** Values of each category column by its code in the file, which is 1 for the first; 0 is an empty cell. */
  categories: Record<string, string[]>
  counts: SnapshotCounts
  notice: string | null
}

/** A snapshot is named by its folder and hash; nobody passes paths around. */
export interface SnapshotRef {
  dir: string
  /** SHA-256 in hexadecimal. */
  hash: string
}

/** Path of a snapshot. Throws `RangeError` on anything that is no hash, before it becomes a path. */
export function snapshotPath({ dir, hash }: SnapshotRef): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new RangeError('Not a snapshot hash')
  return join(dir, `${hash}.parquet`)
}

/** SHA-256 of a file, streamed. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}

/** Gives a finished file its content's name: synced before and after, so that a crash leaves all or nothing. */
export async function keepFile(path: string, dir: string, extension: string) {
  const hash = await hashFile(path)
  const target = join(dir, `${hash}${extension}`)
  await sync(path)
  await rename(path, target)
  await sync(dirname(target))
  return { hash, path: target, bytes: (await stat(target)).size }
}

/**
 * Puts a finished snapshot in the place of another, which goes by its hash from then on: a link under the old name, so that
 * whatever names the hash reads the new file. The old one is gone.
 */
export async function replaceSnapshot(old: SnapshotRef, made: { path: string; hash: string }): Promise<void> {
  const [from, to] = [snapshotPath(old), snapshotPath({ ...old, hash: made.hash })]
  const before = await readlink(from).catch(() => null)
  await rename(made.path, to)
  await rm(`${from}.link`, { force: true })
  await symlink(basename(to), `${from}.link`)
  await rename(`${from}.link`, from)
  await sync(old.dir)
  if (before !== null && before !== basename(to)) await rm(join(old.dir, before), { force: true })
}

async function sync(path: string) {
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}

/** What the snapshot says of itself. */
export async function readMetadata(database: ConfinedDatabase, ref: SnapshotRef): Promise<SnapshotMetadata> {
  const [row] = await database.rows(
    `SELECT decode(value) FROM parquet_kv_metadata(${quoteText(snapshotPath(ref))}) WHERE decode(key) = $1`,
    [METADATA_KEY],
  )
  return JSON.parse(String(row?.[0])) as SnapshotMetadata
}
