import { noteColumnChanges } from '../../db/drift-check.ts'
import { changeSniff } from '../../db/import-changes.ts'
import { findImport } from '../../db/imports.ts'
import { FileRefused } from '../../db/ingest/file-refused.ts'
import { readAs } from '../../db/ingest/head.ts'
import type { Reading } from '../../domain/file-readings.ts'
import { Refused } from '../../domain/refusals.ts'
import type { FileRefusal } from '../../domain/sources.ts'
import type { AppContext } from '../context.server.ts'
import { headOf } from '../received-files.server.ts'
import type { Actor } from '../session.server.ts'
import { recordSourceWork, requireSource, requireSourceWork, workedBy, workOnSources } from './source-work.server.ts'

export interface ReadingToChange {
  cycleId: string
  sourceId: string
  importId: string
  /** What the person says; the rest stays as it was detected. */
  reading: Partial<Omit<Reading, 'format'>>
}

/** How a file is read, as a person corrects it before the import; the refusal when it cannot be read so (experience 44). */
export async function readFileAs(
  context: AppContext,
  actor: Actor,
  asked: ReadingToChange,
): Promise<FileRefusal | null> {
  const { cycleId, sourceId, importId } = asked
  try {
    return await workOnSources(context, actor, { cycleId, objectId: importId }, async (trx) => {
      const cycle = await requireSourceWork(trx, actor, cycleId)
      const source = await requireSource(trx, cycleId, sourceId)
      const row = await findImport(trx, importId)
      if (!row || row.sourceId !== sourceId) throw new Refused('not_visible')
      const reading = { ...row.sniff, ...asked.reading }
      const { header, sample } = readAs(await headOf(context, actor, row), reading)
      if (!(await changeSniff(trx, importId, { ...reading, header, columns: header.length })))
        throw new Refused('import_running')
      const changes = changesOf(row.sniff, reading)
      if (changes.length > 0)
        await recordSourceWork(trx, context, actor, cycle, { type: 'source.changed', objectId: sourceId, changes })
      const file = { header, sample: sample.map((record) => record.cells) }
      await noteColumnChanges(trx, workedBy(context, actor, { cycle, source }), importId, file)
      return null
    })
  } catch (failure) {
    if (failure instanceof FileRefused) return failure.refusal
    throw failure
  }
}

function changesOf(before: Reading, after: Reading) {
  const fields = { encoding: 'encoding', separator: 'separator', sheet: 'sheet' } as const
  const header = { headerLine: 'header_line', headerRows: 'header_rows' } as const
  return Object.entries({ ...fields, ...header })
    .map(([key, field]) => {
      const part = key as keyof Reading
      return { field, before: before[part], after: after[part] }
    })
    .filter((change) => change.before !== change.after)
}
