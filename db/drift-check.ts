/** What changed between the columns of a source’s file and the accepted ones, found and noted (E2). */
import path from 'node:path'
import { type ColumnChange, type Drift, driftOf, type KnownValues, type NewFile } from '../domain/drift.ts'
import type { FieldChange } from '../domain/events.ts'
import { snapshotVariables } from './aggregates.ts'
import type { Trx } from './client.ts'
import type { LoadedCycle } from './cycles.ts'
import { noteDrift, syncColumnTasks } from './drifts.ts'
import { findAccepted } from './earlier-sources.ts'
import { recordSourceChange, type SourceWorker } from './source-work.ts'
import type { SourceRow } from './sources.ts'

/**
 * What changed in the columns of a new file against the one they were accepted for; null where no file was yet, neither
 * here nor in a source of an earlier exercise that this one continues (E2).
 */
export async function driftFrom(dataDir: string, trx: Trx, source: SourceRow, file: NewFile): Promise<Drift | null> {
  const accepted = await findAccepted(trx, source)
  if (!accepted?.snapshotHash) return null
  return driftOf(accepted.mapping, file, await knownValues(dataDir, accepted.snapshotHash))
}

/** Values of the categories of a snapshot; none when it is no longer kept, and then names alone tell. */
async function knownValues(dataDir: string, hash: string): Promise<KnownValues> {
  const dir = path.resolve(dataDir, 'snapshots')
  const known = await snapshotVariables({ dir, hash }).catch(() => null)
  return Object.fromEntries((known?.variables ?? []).map(({ code, values }) => [code, values]))
}

/** A source of a cycle that somebody works on. */
export interface WorkedSource {
  dataDir: string
  by: SourceWorker
  cycle: LoadedCycle
  source: SourceRow
}

/**
 * Compares a received file with the accepted one. Changed columns are noted on it, and whoever keeps the source is asked
 * to confirm them; until then the earlier snapshot stays in use, or there is none (E2).
 */
export async function noteColumnChanges(
  trx: Trx,
  worked: WorkedSource,
  importId: string,
  file: NewFile,
): Promise<void> {
  const { dataDir, by, cycle, source } = worked
  const drift = await driftFrom(dataDir, trx, source, file)
  await noteDrift(trx, importId, drift?.changes ?? null)
  // What was asked of somebody before may be asked no more.
  if (!drift) return await syncColumnTasks(trx, cycle)
  const event = { type: 'source.columns_changed', objectId: source.id, objectVersion: importId } as const
  await recordSourceChange(trx, cycle, by, { ...event, changes: drift.changes.map(recorded) })
}

/** Names of columns and types alone (model.md §5); a name out of a file is never that of a field. */
function recorded(change: ColumnChange): FieldChange {
  const of = (type: string) => `${change.column}: ${type}`
  if (change.kind === 'renamed') return { field: 'renamed', before: change.before, after: change.column }
  if (change.kind === 'retyped') return { field: 'retyped', before: of(change.before), after: of(change.after) }
  if (change.kind === 'removed') return { field: 'removed', before: change.column, after: null }
  return { field: 'added', before: null, after: change.column }
}
