/** Snapshots open for questions; they never change, so what was read of one stays true. */
import { type ConfinedDatabase, openConfined, quoteText } from '../duckdb.ts'
import { recent } from '../recent.ts'
import { readMetadata, type SnapshotMetadata, type SnapshotRef, snapshotPath } from '../snapshots.ts'

export interface Opened {
  database: ConfinedDatabase
  metadata: SnapshotMetadata
  /** What stands behind FROM. */
  from: string
}

const snapshots = recent<Opened>(32)
/** One engine a folder, kept as long as the process. */
const databases = recent<ConfinedDatabase>(Number.POSITIVE_INFINITY)

/** `limits` hold where nothing of the folder was opened before in this process. */
export function openSnapshot(ref: SnapshotRef, limits: { memory?: string } = {}): Promise<Opened> {
  const path = snapshotPath(ref)
  return snapshots(path, async () => {
    const database = await databases(ref.dir, () => openConfined(ref.dir, limits))
    return { database, metadata: await readMetadata(database, ref), from: `read_parquet(${quoteText(path)})` }
  })
}
