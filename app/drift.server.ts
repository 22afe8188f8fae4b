/** What changed between the columns of a source's file and those of the one in use, found and noted (E2). */
import path from 'node:path'
import { snapshotVariables } from '../db/aggregates.ts'
import type { Trx } from '../db/client.ts'
import type { LoadedCycle } from '../db/cycles.ts'
import { noteDrift } from '../db/drifts.ts'
import { findImport, type SourceRow } from '../db/sources.ts'
import { type ColumnChange, type Drift, driftOf, type KnownValues, type NewFile } from '../domain/drift.ts'
import type { FieldChange } from '../domain/events.ts'
import { recordSourceWork } from './commands/source-work.server.ts'
import type { AppContext } from './context.server.ts'
import type { Actor } from './session.server.ts'

/** What changed in the columns of a new file against the one in use; null for the first file of a source (E2). */
export async function driftFrom(
  context: AppContext,
  trx: Trx,
  source: SourceRow,
  file: NewFile,
): Promise<Drift | null> {
  const inUse = source.importId === null ? undefined : await findImport(trx, source.importId)
  if (!inUse?.snapshotHash) return null
  return driftOf(inUse.mapping, file, await knownValues(context, inUse.snapshotHash))
}

/** Values of the categories of a snapshot; none when it is no longer kept, and then names alone tell. */
async function knownValues({ config }: AppContext, hash: string): Promise<KnownValues> {
  const dir = path.resolve(config.DATA_DIR, 'snapshots')
  const known = await snapshotVariables({ dir, hash }).catch(() => null)
  return Object.fromEntries((known?.variables ?? []).map(({ code, values }) => [code, values]))
}

interface Received {
  actor: Actor
  cycle: LoadedCycle
  source: SourceRow
  importId: string
}

/**
 * Compares a received file with the one in use. Changed columns are noted on it, and whoever keeps the source is asked
 * to confirm them; until then the earlier snapshot stays in use (E2).
 */
export async function compareColumns(context: AppContext, trx: Trx, received: Received, file: NewFile): Promise<void> {
  const { actor, cycle, source, importId } = received
  const drift = await driftFrom(context, trx, source, file)
  await noteDrift(trx, importId, drift?.changes ?? null)
  if (!drift) return
  const event = { type: 'source.columns_changed', objectId: source.id, objectVersion: importId } as const
  await recordSourceWork(trx, context, actor, cycle, { ...event, changes: drift.changes.map(recorded) })
}

/** Names of columns and types alone (model.md §5). */
function recorded(change: ColumnChange): FieldChange {
  if (change.kind === 'renamed') return { field: 'renamed', before: change.before, after: change.column }
  if (change.kind === 'retyped') return { field: change.column, before: change.before, after: change.after }
  if (change.kind === 'removed') return { field: 'removed', before: change.column, after: null }
  return { field: 'added', before: null, after: change.column }
}
