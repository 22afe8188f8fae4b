import type { Trx } from '../../db/client.ts'
import { machineDeadline } from '../../db/clock.ts'
import { askAgain, askForImport } from '../../db/import-changes.ts'
import { findImport, type ImportRow } from '../../db/imports.ts'
import { Refused } from '../../domain/refusals.ts'
import type { Mapping } from '../../domain/sources.ts'
import { startImport } from '../../workflows/tellings.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import {
  recordSourceWork,
  requireNoImport,
  requireSource,
  requireSourceWork,
  workOnSources,
} from './source-work.server.ts'

const PATIENCE_MS = 5_000

export interface ImportRequest {
  cycleId: string
  sourceId: string
  importId: string
  mapping: Mapping
}

/**
 * Asks for a received file to be read as the mapping says; a file already read is read anew. Answers the import's id.
 * With Temporal away the request stands, and the courier starts it.
 */
export async function requestImport(context: AppContext, actor: Actor, request: ImportRequest): Promise<string> {
  const { cycleId, sourceId } = request
  const id = await workOnSources(context, actor, { cycleId, objectId: sourceId }, async (trx) => {
    const cycle = await requireSourceWork(trx, actor, cycleId)
    await requireSource(trx, cycleId, sourceId)
    const row = await findImport(trx, request.importId)
    if (!row || row.sourceId !== sourceId) throw new Refused('not_visible')
    await requireNoImport(trx, sourceId)
    const importId = await ask(trx, actor, row, request.mapping)
    await recordSourceWork(trx, context, actor, cycle, {
      type: 'import.requested',
      objectId: importId,
      objectVersion: sourceId,
      contentHash: row.fileSha256,
    })
    return importId
  })
  await startReading(context, actor, id)
  return id
}

/** With Temporal away the courier starts it later. */
export async function startReading(context: AppContext, actor: Actor, importId: string): Promise<void> {
  await context.temporal
    .withDeadline(machineDeadline(PATIENCE_MS), () =>
      startImport(context.temporal, { entityId: actor.entityId, importId }),
    )
    .catch((error) => context.log.warn({ err: error, requestId: context.requestId }, 'import waits for the courier'))
}

async function ask(trx: Trx, actor: Actor, row: ImportRow, mapping: Mapping): Promise<string> {
  if (row.status === 'received') {
    if (!(await askForImport(trx, row.id, mapping, actor.personId))) throw new Refused('import_running')
    return row.id
  }
  // Corrections are read over what they correct; by themselves they are no source.
  if (row.baseImportId) throw new Refused('not_visible')
  const { entityId, personId } = actor
  const { sourceId, fileSha256: sha256, fileName: name, bytes, sniff } = row
  return await askAgain(trx, { entityId, sourceId, sha256, name, bytes, sniff, personId }, mapping)
}
