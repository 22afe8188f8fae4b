/** Profiles of snapshots: facts about each column, computed when the import ends and kept beside the file under its hash. */
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ColumnFacts, hasOrder, type SnapshotProfile } from '../../domain/profiles.ts'
import type { MappedColumn } from '../../domain/sources.ts'
import { isOutOfMemory, quoteName } from '../duckdb.ts'
import { newId } from '../ids.ts'
import { eachReject } from '../ingest/reject-lines.ts'
import { recent } from '../recent.ts'
import { type SealedRef, unsealFile } from '../sealed-files.ts'
import { profilePath, type SnapshotRef } from '../snapshots.ts'
import { type Opened, openSnapshot } from './opened.ts'

const profiles = recent<SnapshotProfile>(50)

/** The reject file of the import that made the snapshot, sealed or as the import has it before it seals it. */
type Rejects = SealedRef | { path: string }

/** `rejects` is null when nothing was rejected. */
export function profileOf(ref: SnapshotRef, rejects: Rejects | null): Promise<SnapshotProfile> {
  return profiles(profilePath(ref), () => keptOrMade(ref, rejects))
}

async function keptOrMade(
  ref: SnapshotRef,
  rejects: Rejects | null,
  limits?: { memory: string },
): Promise<SnapshotProfile> {
  const kept = profilePath(ref)
  const before = await readFile(kept, 'utf8').catch(() => null)
  if (before !== null) return JSON.parse(before) as SnapshotProfile
  const profile = await profileAfresh(ref, rejects, limits)
  await keep(kept, JSON.stringify(profile))
  return profile
}

/** So that the whole process stays under 512 MB with ten million records: 385 to 460 MB, where the usual limit takes 540 to 650 MB. */
const IN_A_PROCESS_OF_ITS_OWN = { memory: '176MB' }

/**
 * When an import ends, from its plain rejects; it stands beside the snapshot then, whatever this process remembers. What
 * is too large for the engine is left to whoever asks.
 */
export async function keepProfile(ref: SnapshotRef, rejects: string | null): Promise<void> {
  await keptOrMade(ref, rejects === null ? null : { path: rejects }, IN_A_PROCESS_OF_ITS_OWN).catch((failure) => {
    if (!isOutOfMemory(failure)) throw failure
  })
}

/** Whole or not at all; two at once write the same. */
async function keep(path: string, text: string): Promise<void> {
  const partial = `${path}.${newId()}.part`
  await writeFile(partial, text, { mode: 0o600 })
  await rename(partial, path)
}

async function profileAfresh(
  ref: SnapshotRef,
  rejects: Rejects | null,
  limits?: { memory: string },
): Promise<SnapshotProfile> {
  const opened = await openSnapshot(ref, limits)
  const invalid = await rejectedCells(ref.dir, rejects)
  const columns: ColumnFacts[] = []
  let rows = 0
  for (const column of opened.metadata.mapping.filter(({ role }) => role !== 'ignore')) {
    const { total, ...facts } = await factsOf(opened, column)
    rows = total
    columns.push({ ...facts, invalid: invalid.get(column.column) ?? {} })
  }
  return { schema: 1, snapshotHash: ref.hash, rows, columns }
}

async function factsOf(opened: Opened, column: MappedColumn) {
  const name = quoteName(column.code)
  // An empty cell of a category is the code 0.
  const isCategory = column.role === 'variable' && column.type === 'category'
  const value = isCategory ? `nullif(${name}, 0)` : name
  const ends = hasOrder(column) ? `min(${name})::VARCHAR, max(${name})::VARCHAR` : 'NULL, NULL'
  const [row = []] = await opened.database.rows(
    `SELECT count(*), count(*) - count(${value}), count(DISTINCT ${value}), ${ends} FROM ${opened.from}`,
  )
  const [total, empty, distinct] = row.map(Number)
  const text = (end: unknown) => (end === null || end === undefined ? null : String(end))
  return {
    ...{ code: column.code, total: total ?? 0, empty: empty ?? 0, distinct: distinct ?? 0 },
    ...{ min: text(row[3]), max: text(row[4]) },
  }
}

/** Reasons by name of the column; those of whole records stand under ''. */
async function rejectedCells(dir: string, rejects: Rejects | null): Promise<Map<string, ColumnFacts['invalid']>> {
  if (!rejects) return new Map()
  if ('path' in rejects) return await countRejects(rejects.path)
  const work = await mkdtemp(join(dir, '.profile-'))
  try {
    const plain = join(work, 'rejects.csv')
    await unsealFile(rejects, plain)
    return await countRejects(plain)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function countRejects(path: string) {
  const found = new Map<string, ColumnFacts['invalid']>()
  await eachReject(path, ({ column, reason }) => {
    const counts = found.get(column) ?? {}
    counts[reason] = (counts[reason] ?? 0) + 1
    found.set(column, counts)
  })
  return found
}
