import { type ActRow, findAct, requireAct, storeAct } from '../../db/acts.ts'
import { recordEvent } from '../../db/audit.ts'
import type { Trx } from '../../db/client.ts'
import { hashOf } from '../../db/content-hash.ts'
import { requestCycle } from '../../db/cycle-requests.ts'
import { idOf } from '../../db/ids.ts'
import { requireProcedureVersion } from '../../db/procedures.ts'
import type { CycleInput } from '../../domain/inputs.ts'
import { cycleRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { type Receipt, receiptCode, sameBody } from './conduct-act.server.ts'
import { conductStored } from './conduct-stored.server.ts'
import { permitted } from './permitted.server.ts'

/** Asks for a new cycle: row `requested`, act, event; then the workflow starts under the cycle's id (model.md §3). */
export async function startCycle(
  context: AppContext,
  actor: Actor,
  request: CycleInput,
): Promise<Receipt & { cycleId: string }> {
  const cycleId = idOf('cycle', actor.entityId, request.formKey)
  const receipt = await conductStored(context, actor, actor.entityId, (trx) =>
    askOnce(trx, context, actor, request, cycleId),
  )
  return { ...receipt, cycleId }
}

async function askOnce(
  trx: Trx,
  context: AppContext,
  actor: Actor,
  request: CycleInput,
  cycleId: string,
): Promise<ActRow> {
  const id = idOf(cycleId, 'start', '', actor.personId, actor.position.id, 0)
  const bodyHash = hashOf(request)
  const known = await findAct(trx, id)
  if (known) return sameBody(known, bodyHash)
  const { procedure } = await requireProcedureVersion(trx, request.procedureVersionId)
  refuseIf(whyNot(permitted(actor), 'start', 'Cycle', cycleRow(actor.entityId, procedure)))
  const { personId, entityId, position } = actor
  await requestCycle(trx, request, { entityId, personId, cycleId, actId: id })
  const stored = await storeAct(trx, {
    id,
    entityId,
    cycleId,
    stepCode: null,
    kind: 'start',
    objectType: 'cycle',
    objectId: cycleId,
    signatureRole: null,
    personId,
    positionId: position.id,
    duty: position.duty,
    actingFor: position.actingFor?.personId ?? null,
    k: 0,
    contentHash: null,
    bodyHash,
    proved: null,
    requestId: context.requestId,
    receiptCode: receiptCode(id),
    observations: [],
  })
  if (stored)
    await recordEvent(trx, {
      entityId,
      type: 'cycle.requested',
      objectId: cycleId,
      actorPerson: personId,
      actorPosition: position.id,
      cycleId,
      actId: id,
      changes: [{ field: 'body_hash', before: null, after: bodyHash }],
      origin: 'web',
      requestId: context.requestId,
    })
  return sameBody(stored ?? (await requireAct(trx, id)), bodyHash)
}
