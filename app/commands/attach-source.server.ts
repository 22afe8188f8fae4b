import { idOf } from '../../db/ids.ts'
import { type Contract, insertSource } from '../../db/source-changes.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { recordSourceWork, requireConnection, requireSourceWork, workOnSources } from './source-work.server.ts'

export interface SourceToAttach {
  cycleId: string
  /** Made anew for each rendered form: the same form sent twice attaches one source. */
  formKey: string
  contract: Contract
  /** From which it is to be fetched; absent where a file is uploaded. */
  connectionId?: string | null
}

/** Attaches a source with its contract (MM-GAC-P-008, actividad 3: Oficina TIC; features E1). Answers its id. */
export async function attachSource(context: AppContext, actor: Actor, request: SourceToAttach): Promise<string> {
  const { cycleId, formKey, contract, connectionId = null } = request
  const id = idOf('source', cycleId, formKey)
  return await workOnSources(context, actor, { cycleId, objectId: cycleId }, async (trx) => {
    const cycle = await requireSourceWork(trx, actor, cycleId)
    const { entityId, personId } = actor
    if (connectionId !== null) await requireConnection(trx, actor, connectionId)
    const added = await insertSource(trx, { id, entityId, cycleId, attachedBy: personId, contract, connectionId })
    if (added === 'other') throw new Refused('body_differs')
    if (added === 'same') return id
    await recordSourceWork(trx, context, actor, cycle, { type: 'source.attached', objectId: id })
    return id
  })
}
