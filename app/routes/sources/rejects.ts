import path from 'node:path'
import { Readable } from 'node:stream'
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node'
import { recordEvent } from '../../../db/audit.ts'
import { findCycle } from '../../../db/cycles.ts'
import { readSealed } from '../../../db/sealed-files.ts'
import { findImport, findSource } from '../../../db/sources.ts'
import { sourceRow, whyNot } from '../../../domain/permissions.ts'
import { Refused, refuseIf } from '../../../domain/refusals.ts'
import { SANDBOX } from '../../answer.server.ts'
import { permitted } from '../../commands/permitted.server.ts'
import { workOnSources } from '../../commands/source-work.server.ts'
import type { AppContext } from '../../context.server.ts'
import { requireId } from '../../params.server.ts'
import { type Actor, requireActor } from '../../session.server.ts'
import { sourceText } from '../../text/sources.ts'

/** The rejected records with line, column and reason: for those who may analyse the source, and each time on record. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const sha256 = await recordExport(context, actor, {
    cycleId: requireId(params.ejercicio, context),
    sourceId: requireId(params.fuente, context),
    importId: requireId(params.importacion, context),
  })
  const { DATA_DIR, APP_SECRET } = context.config
  const ref = { dataDir: path.resolve(DATA_DIR), secret: APP_SECRET, entityId: actor.entityId, sha256 }
  return new Response(createReadableStreamFromReadable(Readable.from(readSealed(ref))), {
    headers: {
      ...SANDBOX,
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${sourceText.rejectsFile(sha256.slice(0, 8))}"`,
    },
  })
}

interface Wanted {
  cycleId: string
  sourceId: string
  importId: string
}

async function recordExport(context: AppContext, actor: Actor, wanted: Wanted): Promise<string> {
  const { cycleId, sourceId, importId } = wanted
  return await workOnSources(context, actor, { cycleId, objectId: importId }, async (trx) => {
    const cycle = await findCycle(trx, cycleId)
    const source = cycle && (await findSource(trx, cycleId, sourceId))
    const row = source && (await findImport(trx, importId))
    if (!cycle || !row?.rejectsSha256 || row.sourceId !== sourceId) throw new Refused('not_visible')
    refuseIf(whyNot(permitted(actor), 'analyse', 'Source', sourceRow(cycle.entityId, cycle.version.procedure)))
    await recordEvent(trx, {
      entityId: actor.entityId,
      type: 'export.made',
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
    return row.rejectsSha256
  })
}
