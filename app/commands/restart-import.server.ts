import type { Trx } from '../../db/client.ts'
import { noteColumnChanges } from '../../db/drift-check.ts'
import { askAgain, insertReceived } from '../../db/import-changes.ts'
import { findImport, type ImportRow, listImports } from '../../db/imports.ts'
import { readAs } from '../../db/ingest/head.ts'
import { isSealed } from '../../db/sealed-files.ts'
import type { SourceRow } from '../../db/sources.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { headOf, sealOwner } from '../received-files.server.ts'
import type { Actor } from '../session.server.ts'
import { startReading } from './request-import.server.ts'
import {
  recordSourceWork,
  requireNoImport,
  requireSource,
  requireSourceWork,
  workedBy,
  workOnSources,
} from './source-work.server.ts'

export interface ImportToRestart {
  cycleId: string
  sourceId: string
  /** The import that was cancelled, or failed. */
  importId: string
  /** A person looks first at how it is read; else it is read at once, as it was to be. */
  review: boolean
}

/** Takes up the kept file of an import that made no snapshot, so that nobody sends it again. */
export async function restartImport(context: AppContext, actor: Actor, asked: ImportToRestart): Promise<void> {
  const { cycleId, sourceId, importId, review } = asked
  const started = await workOnSources(context, actor, { cycleId, objectId: importId }, async (trx) => {
    const cycle = await requireSourceWork(trx, actor, cycleId)
    const source = await requireSource(trx, cycleId, sourceId)
    const row = await requireKept(trx, context, actor, { source, importId })
    await requireNoImport(trx, sourceId)
    if (await waitsAlready(trx, row)) return null
    const { fileSha256: sha256, fileName: name, bytes, sniff } = row
    const file = { entityId: actor.entityId, sourceId, sha256, name, bytes, sniff, personId: actor.personId }
    // Corrections are read over what they correct, as that was read.
    const isReviewed = row.baseImportId === null && (review || !row.isAsked)
    const id = isReviewed ? await insertReceived(trx, file) : await askAgain(trx, file, row.mapping, row.baseImportId)
    const event = { type: 'import.restarted', objectId: id, objectVersion: sourceId, contentHash: sha256 } as const
    await recordSourceWork(trx, context, actor, cycle, event)
    if (!isReviewed) return id
    const { header, sample } = readAs(await headOf(context, actor, row), sniff)
    const read = { header, sample: sample.map((record) => record.cells) }
    await noteColumnChanges(trx, workedBy(context, actor, { cycle, source }), id, read)
    return null
  })
  if (started !== null) await startReading(context, actor, started)
}

/** An import that ended without a snapshot and whose file is still here; corrections, over what they correct alone. */
async function requireKept(
  trx: Trx,
  context: AppContext,
  actor: Actor,
  { source, importId }: { source: SourceRow; importId: string },
): Promise<ImportRow> {
  const row = await findImport(trx, importId)
  if (row?.sourceId !== source.id) throw new Refused('not_visible')
  const isOver = row.status === 'failed' || row.status === 'cancelled'
  const isOfNow = row.baseImportId === null || row.baseImportId === source.importId
  if (!isOver || !isOfNow || !(await isSealed({ ...sealOwner(context, actor), sha256: row.fileSha256 })))
    throw new Refused('out_of_date')
  return row
}

/** A form that was sent twice. */
async function waitsAlready(trx: Trx, { sourceId, fileSha256 }: ImportRow): Promise<boolean> {
  const imports = await listImports(trx, sourceId)
  return imports.some((one) => one.status === 'received' && !one.isAsked && one.fileSha256 === fileSha256)
}
