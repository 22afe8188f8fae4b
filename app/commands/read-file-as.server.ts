import path from 'node:path'
import { changeSniff } from '../../db/import-changes.ts'
import { FileRefused } from '../../db/ingest/file-refused.ts'
import { readAs } from '../../db/ingest/sniff.ts'
import { headOfSealed } from '../../db/sealed-files.ts'
import { findImport, type ImportRow } from '../../db/sources.ts'
import { Refused } from '../../domain/refusals.ts'
import type { FileEncoding, FileRefusal, Separator } from '../../domain/sources.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { recordSourceWork, requireSource, requireSourceWork, workOnSources } from './source-work.server.ts'

export interface Reading {
  cycleId: string
  sourceId: string
  importId: string
  encoding: FileEncoding
  separator: Separator
}

/** Encoding and separator as a person corrects them, before the file is read; the refusal when it cannot be read so. */
export async function readFileAs(context: AppContext, actor: Actor, reading: Reading): Promise<FileRefusal | null> {
  const { cycleId, sourceId, importId, encoding, separator } = reading
  try {
    return await workOnSources(context, actor, { cycleId, objectId: importId }, async (trx) => {
      const cycle = await requireSourceWork(trx, actor, cycleId)
      await requireSource(trx, cycleId, sourceId)
      const row = await findImport(trx, importId)
      if (!row || row.sourceId !== sourceId) throw new Refused('not_visible')
      const { header } = readAs({ head: await headOf(context, actor, row), bytes: row.bytes, encoding }, separator)
      const sniff = { ...row.sniff, encoding, separator, header, columns: header.length }
      if (!(await changeSniff(trx, importId, sniff))) throw new Refused('import_running')
      const changes = [
        { field: 'encoding', before: row.sniff.encoding, after: encoding },
        { field: 'separator', before: row.sniff.separator, after: separator },
      ].filter((change) => change.before !== change.after)
      if (changes.length > 0)
        await recordSourceWork(trx, context, actor, cycle, { type: 'source.changed', objectId: sourceId, changes })
      return null
    })
  } catch (failure) {
    if (failure instanceof FileRefused) return failure.refusal
    throw failure
  }
}

/** First megabyte of a stored file. */
export function headOf(context: AppContext, actor: Actor, row: ImportRow): Promise<Buffer> {
  const { DATA_DIR, APP_SECRET } = context.config
  const ref = { dataDir: path.resolve(DATA_DIR), secret: APP_SECRET, entityId: actor.entityId, sha256: row.fileSha256 }
  return headOfSealed(ref)
}
