import path from 'node:path'
import { snapshotVariables } from '../db/aggregates.ts'
import type { Trx } from '../db/client.ts'
import { findImport, type SourceRow } from '../db/sources.ts'
import { type Drift, driftOf, type KnownValues, type NewFile } from '../domain/drift.ts'
import type { AppContext } from './context.server.ts'

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
