/** Snapshots on disk: content-addressed Parquet files that describe themselves and never change. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm, stat, symlink } from 'node:fs/promises'
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

/** Gives a finished snapshot its lasting place, beside whatever stands there; again is the same. */
export async function placeSnapshot(dir: string, made: { path: string; hash: string }): Promise<void> {
  await rename(made.path, snapshotPath({ dir, hash: made.hash }))
  await sync(dir)
}

/**
 * From now on the name of a snapshot leads to another file that stands beside it, in one step: whoever reads meanwhile reads
 * one or the other, whole. Where that file is not there, as beside an older copy, the name stays as it is.
 */
export async function leadTo(name: SnapshotRef, fileHash: string): Promise<void> {
  const [from, to] = [snapshotPath(name), snapshotPath({ ...name, hash: fileHash })]
  if (from === to || !(await stat(to).catch(() => null))) return
  await rm(`${from}.link`, { force: true })
  await symlink(basename(to), `${from}.link`)
  await rename(`${from}.link`, from)
  await sync(name.dir)
}

/** Where the profile of a snapshot is kept once it was worked out. */
export const profilePath = (ref: SnapshotRef) => snapshotPath(ref).replace(/\.parquet$/, '.profile.json')

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
