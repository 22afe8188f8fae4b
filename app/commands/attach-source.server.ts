import { idOf } from '../../db/ids.ts'
import { type Contract, insertSource } from '../../db/source-changes.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import {
  recordContinuation,
  recordSourceWork,
  requireConnection,
  requireEarlierSource,
  requireSourceWork,
  workOnSources,
} from './source-work.server.ts'

export interface SourceToAttach {
  cycleId: string
  /** Made anew for each rendered form: the same form sent twice attaches one source. */
  formKey: string
  contract: Contract
  /** From which it is to be fetched; absent where a file is uploaded. */
  connectionId?: string | null
  /** The source of an earlier exercise it goes on with, where a person said so. */
  continuesId?: string | null
}

/** Attaches a source with its contract (MM-GAC-P-008, actividad 3: Oficina TIC; features E1). Answers its id. */
export async function attachSource(context: AppContext, actor: Actor, request: SourceToAttach): Promise<string> {
  const { cycleId, formKey, contract, connectionId = null, continuesId = null } = request
  const id = idOf('source', cycleId, formKey)
  return await workOnSources(context, actor, { cycleId, objectId: cycleId }, async (trx) => {
    const cycle = await requireSourceWork(trx, actor, cycleId)
    const { entityId, personId } = actor
    if (connectionId !== null) await requireConnection(trx, actor, connectionId)
    const earlier = continuesId === null ? null : await requireEarlierSource(trx, cycleId, continuesId)
    const row = { id, entityId, cycleId, attachedBy: personId, contract, connectionId, continuesId }
    const added = await insertSource(trx, row)
    if (added === 'other') throw new Refused('body_differs')
    if (added === 'same') return id
    await recordSourceWork(trx, context, actor, cycle, { type: 'source.attached', objectId: id })
    if (earlier) await recordContinuation(trx, context, actor, cycle, { sourceId: id, before: null, after: earlier })
    return id
  })
}
