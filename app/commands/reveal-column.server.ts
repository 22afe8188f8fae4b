import { createHash } from 'node:crypto'
import { recordEvent } from '../../db/audit.ts'
import { insertReveal } from '../../db/column-reveals.ts'
import { findCycle } from '../../db/cycles.ts'
import { importChain } from '../../db/imports.ts'
import { readAs } from '../../db/ingest/head.ts'
import { sourceRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { isPersonal, type RevealPurpose, sampleOf } from '../../domain/profiles.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { headOf } from '../received-files.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'
import { requireSource, workOnSources } from './source-work.server.ts'

export interface RevealRequest {
  cycleId: string
  sourceId: string
  /** Name of the column in the file. */
  column: string
  purpose: RevealPurpose
  reason: string
}

/**
 * The first cells of a personal column, from the sealed original, for whoever keeps the source. Each time is on record
 * with its purpose and the hash of its reason (Ley 1581 de 2012, artículo 4); the cells are kept nowhere.
 */
export async function revealColumn(context: AppContext, actor: Actor, request: RevealRequest): Promise<string[]> {
  const { cycleId, sourceId, column, purpose, reason } = request
  return await workOnSources(context, actor, { cycleId, objectId: sourceId }, async (trx) => {
    const cycle = await findCycle(trx, cycleId)
    if (!cycle) throw new Refused('not_visible')
    const source = await requireSource(trx, cycleId, sourceId)
    refuseIf(whyNot(permitted(actor), 'reveal', 'Source', sourceRow(cycle.entityId, cycle.version.procedure)))
    const [original] = source.importId ? await importChain(trx, source.importId) : []
    if (!original?.mapping.some((one) => one.column === column && isPersonal(one))) throw new Refused('not_visible')
    const { header, sample } = readAs(await headOf(context, actor, original), original.sniff)
    const { entityId, personId, position } = actor
    const who = { personId, positionId: position.id }
    await insertReveal(trx, { entityId, sourceId, importId: original.id, column, purpose, reason, ...who })
    await recordEvent(trx, {
      ...{ entityId, type: 'source.column_revealed', objectId: sourceId, objectVersion: original.id, cycleId },
      ...{ contentHash: createHash('sha256').update(reason).digest('hex'), purposeCode: purpose },
      changes: [{ field: 'column', before: null, after: column }],
      ...{ actorPerson: personId, actorPosition: position.id, stepCode: '3', origin: 'web' },
      requestId: context.requestId,
    })
    const records = sample.map(({ cells }) => cells)
    return sampleOf(header, records, column)
  })
}
