import { Readable } from 'node:stream'
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node'
import { recordEvent } from '../../../db/audit.ts'
import { findCycle } from '../../../db/cycles.ts'
import { requireKept } from '../../../db/disposal-pages.ts'
import { findImport, type ImportRow, importChain } from '../../../db/imports.ts'
import { FileRefused } from '../../../db/ingest/file-refused.ts'
import { rejectBook } from '../../../db/reject-books.ts'
import { readSealed } from '../../../db/sealed-files.ts'
import { findSource } from '../../../db/sources.ts'
import { sourceRow } from '../../../domain/permission-rows.ts'
import { whyNot } from '../../../domain/permissions.ts'
import { Refused, refuseIf } from '../../../domain/refusals.ts'
import { permitted } from '../../commands/permitted.server.ts'
import { workOnSources } from '../../commands/source-work.server.ts'
import type { AppContext } from '../../context.server.ts'
import { asDownload } from '../../download.server.ts'
import { requireId } from '../../params.server.ts'
import { sealOwner } from '../../received-files.server.ts'
import { type Actor, requireActor } from '../../session.server.ts'
import { sourceText } from '../../text/sources.ts'

/**
 * The rejected records, for those who may analyse the source, and each time on record: in CSV line, column and reason,
 * in XLSX the whole records to correct (experience 45).
 */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const { chain, sha256, notice } = await recordExport(context, actor, {
    cycleId: requireId(params.ejercicio, context),
    sourceId: requireId(params.fuente, context),
    importId: requireId(params.importacion, context),
  })
  const owner = sealOwner(context, actor)
  const asCsv = () => download(Readable.from(readSealed({ ...owner, sha256 })), sha256, 'csv')
  if (new URL(request.url).searchParams.get('formato') !== 'xlsx') return asCsv()
  try {
    return download(await rejectBook(owner, chain, notice), sha256, 'xlsx')
  } catch (failure) {
    // Too much for a workbook; the CSV has no such limit.
    if (failure instanceof FileRefused) return asCsv()
    throw failure
  }
}

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

function download(content: Readable, sha256: string, format: keyof typeof TYPES): Response {
  const name = sourceText.rejectsFile(sha256.slice(0, 8), format)
  return asDownload(createReadableStreamFromReadable(content), { name, mediaType: TYPES[format] })
}

interface Wanted {
  cycleId: string
  sourceId: string
  importId: string
}

interface Rejects {
  chain: ImportRow[]
  sha256: string
  notice: string | undefined
}

async function recordExport(context: AppContext, actor: Actor, wanted: Wanted): Promise<Rejects> {
  const { cycleId, sourceId, importId } = wanted
  return await workOnSources(context, actor, { cycleId, objectId: importId }, async (trx) => {
    const cycle = await findCycle(trx, cycleId)
    const source = cycle && (await findSource(trx, cycleId, sourceId))
    const row = source && (await findImport(trx, importId))
    if (!cycle || !source || !row?.rejectsSha256 || row.sourceId !== sourceId) throw new Refused('not_visible')
    await requireKept(trx, importId, ['rejects'])
    refuseIf(whyNot(permitted(actor), 'analyse', 'Source', sourceRow(cycle.entityId, cycle.version.procedure)))
    await recordEvent(trx, {
      entityId: actor.entityId,
      type: 'source.rejects_taken',
      objectId: importId,
      objectVersion: sourceId,
      contentHash: row.rejectsSha256,
      actorPerson: actor.personId,
      actorPosition: actor.position.id,
      cycleId,
      stepCode: '3',
      origin: 'web',
      requestId: context.requestId,
    })
    return { chain: await importChain(trx, importId), sha256: row.rejectsSha256, notice: source.demoNote ?? undefined }
  })
}
