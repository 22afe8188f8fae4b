import type { Trx } from '../../db/client.ts'
import type { LoadedCycle } from '../../db/cycles.ts'
import { noteDrift } from '../../db/drifts.ts'
import type { SourceRow } from '../../db/sources.ts'
import type { ColumnChange, NewFile } from '../../domain/drift.ts'
import type { FieldChange } from '../../domain/events.ts'
import type { AppContext } from '../context.server.ts'
import { driftFrom } from '../drift.server.ts'
import type { Actor } from '../session.server.ts'
import { recordSourceWork } from './source-work.server.ts'

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
