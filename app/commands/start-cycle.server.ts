import { type ActRow, findAct, storeAct } from '../../db/acts.ts'
import { recordEvent } from '../../db/audit.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { faultPoint } from '../../db/fault-points.ts'
import { idOf } from '../../db/ids.ts'
import { requireProcedureVersion } from '../../db/procedures.ts'
import type { CycleInput } from '../../domain/inputs.ts'
import { cycleRow, whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordRefusalOf } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import {
  hashOf,
  type Receipt,
  receiptCode,
  requireAct,
  sameBody,
  settleAct,
  withParcels,
} from './conduct-act.server.ts'
import { permitted } from './permitted.server.ts'

/** Asks for a new cycle: row `requested`, act, event; then the workflow starts under the cycle's id (model.md §3). */
export async function startCycle(
  context: AppContext,
  actor: Actor,
  request: CycleInput,
): Promise<Receipt & { cycleId: string }> {
  const cycleId = idOf('cycle', actor.entityId, request.formKey)
  try {
    faultPoint('web:before-store')
    const stored = await withActor(context.db, actor, async (trx) =>
      withParcels(trx, await askOnce(trx, context, actor, request, cycleId)),
    )
    return { ...(await settleAct(context, actor, stored)), cycleId }
  } catch (failure) {
    if (failure instanceof Refused) await recordRefusalOf(context, actor, { objectId: actor.entityId }, failure)
    throw failure
  }
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
  await insertRequested(trx, actor, request, cycleId)
  if (await isAskedByOther(trx, cycleId, id)) throw new Refused('cycle_exists')
  const { personId, entityId, position } = actor
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
    actingFor: null,
    k: 0,
    contentHash: null,
    bodyHash,
    provedAt: null,
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

async function insertRequested(trx: Trx, actor: Actor, request: CycleInput, cycleId: string): Promise<void> {
  await trx
    .insertInto('cycle')
    .values({
      id: cycleId,
      entity_id: actor.entityId,
      procedure_version_id: request.procedureVersionId,
      vigencia: request.vigencia,
      name: request.name,
      radicado: request.radicado,
      trd: request.trd,
      administrative_act: request.administrativeAct || null,
      status: 'requested',
      requested_by: actor.personId,
    })
    // The same form sent beside this one, or another cycle with that number: the row that stands tells.
    .onConflict((oc) => oc.doNothing())
    .execute()
  const standing = await trx.selectFrom('cycle').select('id').where('id', '=', cycleId).executeTakeFirst()
  if (!standing) throw new Refused('cycle_exists')
}

/** A form somebody else sent first, or its sender in another position: the cycle is already theirs. */
async function isAskedByOther(trx: Trx, cycleId: string, actId: string): Promise<boolean> {
  const other = await trx
    .selectFrom('act')
    .select('id')
    .where('object_id', '=', cycleId)
    .where('kind', '=', 'start')
    .where('id', '!=', actId)
    .executeTakeFirst()
  return other !== undefined
}
