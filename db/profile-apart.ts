/** The profile of a snapshot is made apart: its engine would stay in the worker, beside what the worker has (docs/decisions/0008). */
import { runApart } from './ingest/apart.ts'
import { FileRefused } from './ingest/file-refused.ts'
import type { SnapshotRef } from './snapshots.ts'

const SCRIPT = new URL('./aggregates/profile-process.ts', import.meta.url)
const DEADLINE_MS = 600_000

export interface ProfileTask {
  ref: SnapshotRef
  /** The reject file in plain text; null when nothing was rejected. */
  rejects: string | null
}

/** Keeps the profile beside its snapshot. One that takes too long, or is stopped by `signal`, is left to whoever asks for it. */
export async function keepProfileApart(task: ProfileTask, signal: AbortSignal): Promise<void> {
  await runApart<true>(SCRIPT, task, { signal, deadlineMs: DEADLINE_MS }).catch((failure: unknown) => {
    if (!(failure instanceof FileRefused)) throw failure
  })
}
