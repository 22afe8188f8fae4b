import type { Trx } from '../../db/client.ts'
import { noteColumnChanges } from '../../db/drift-check.ts'
import { changeContinued } from '../../db/earlier-sources.ts'
import { listImports } from '../../db/imports.ts'
import { readAs } from '../../db/ingest/head.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { headOf } from '../received-files.server.ts'
import type { Actor } from '../session.server.ts'
import {
  recordContinuation,
  requireEarlierSource,
  requireNoImport,
  requireSource,
  requireSourceWork,
  workedBy,
  workOnSources,
} from './source-work.server.ts'

export interface Continuation {
  cycleId: string
  sourceId: string
  /** Of an earlier exercise; null where it goes on with none after all. */
  continuesId: string | null
}

/**
 * Says which source of an earlier exercise a source goes on with (E2): how that one was read is remembered, and its
 * accepted columns are what the first file here is compared with, a file that waits already included. No more once a
 * file of its own is in use.
 */
export async function continueSource(context: AppContext, actor: Actor, asked: Continuation): Promise<void> {
  const { cycleId, sourceId, continuesId } = asked
  await workOnSources(context, actor, { cycleId, objectId: sourceId }, async (trx) => {
    const cycle = await requireSourceWork(trx, actor, cycleId)
    const { continues: before } = await requireSource(trx, cycleId, sourceId)
    if ((before?.id ?? null) === continuesId) return
    await requireNoImport(trx, sourceId)
    const after = continuesId === null ? null : await requireEarlierSource(trx, cycleId, continuesId)
    if (!(await changeContinued(trx, sourceId, continuesId))) throw new Refused('out_of_date')
    await recordContinuation(trx, context, actor, cycle, { sourceId, before, after })
    const source = await requireSource(trx, cycleId, sourceId)
    const file = await waitingFile(trx, context, actor, sourceId)
    if (file) await noteColumnChanges(trx, workedBy(context, actor, { cycle, source }), file.importId, file)
  })
}

/** The received file that nobody has confirmed yet, as it is read now. */
async function waitingFile(trx: Trx, context: AppContext, actor: Actor, sourceId: string) {
  const row = (await listImports(trx, sourceId)).find(({ status, isAsked }) => status === 'received' && !isAsked)
  if (!row) return null
  const { header, sample } = readAs(await headOf(context, actor, row), row.sniff)
  return { importId: row.id, header, sample: sample.map((record) => record.cells) }
}
