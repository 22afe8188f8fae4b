import { z } from 'zod'
import { type ActRow, findAct, recordRefusal, storeAct } from '../../db/acts.ts'
import { recordEvent } from '../../db/audit.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { faultPoint } from '../../db/fault-points.ts'
import { idOf } from '../../db/ids.ts'
import { requireProcedureVersion } from '../../db/procedures.ts'
import { cycleRow, whyNot } from '../../domain/permissions.ts'
import { Refused } from '../../domain/refusals.ts'
import { isStorable, UNSTORABLE } from '../../domain/storable.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { hashOf, type Receipt, receiptCode, sameBody, settleAct } from './conduct-act.server.ts'
import { permitted } from './permitted.server.ts'

export const CycleRequest = z.object({
  /** Made anew for each rendered form: the same form sent twice asks for one cycle. */
  formKey: z.uuid('Recargue la página y vuelva a intentarlo.'),
  procedureVersionId: z.uuid({ error: 'Elija el procedimiento.' }),
  vigencia: z.coerce
    .number({ error: 'Escriba la vigencia, por ejemplo 2026.' })
    .int('Escriba la vigencia, por ejemplo 2026.')
    .min(2020, 'Escriba una vigencia desde 2020.')
    .max(2100, 'Escriba una vigencia hasta 2100.'),
  name: z
    .string({ error: 'Escriba el nombre del ejercicio.' })
    .trim()
    .min(5, 'Escriba el nombre del ejercicio (al menos 5 letras).')
    .max(200, 'Use como máximo 200 letras.')
    .refine(isStorable, UNSTORABLE),
  radicado: z
    .string({ error: 'Escriba el número de radicado, por ejemplo 202441730100001504.' })
    .trim()
    .min(3, 'Escriba el número de radicado, por ejemplo 202441730100001504.')
    .max(60, 'Use como máximo 60 letras.')
    .refine(isStorable, UNSTORABLE),
  trd: z
    .string({ error: 'Escriba la serie documental (TRD), por ejemplo 4173.010.22.2.' })
    .trim()
    .min(1, 'Escriba la serie documental (TRD), por ejemplo 4173.010.22.2.')
    .max(60, 'Use como máximo 60 letras.')
    .refine(isStorable, UNSTORABLE),
  administrativeAct: z
    .string()
    .trim()
    .max(200, 'Use como máximo 200 letras.')
    .refine(isStorable, UNSTORABLE)
    .optional(),
})
export type CycleRequest = z.infer<typeof CycleRequest>

/** Asks for a new cycle: row `requested`, act, event; then the workflow starts under the cycle's id (model.md §3). */
export async function startCycle(
  context: AppContext,
  actor: Actor,
  request: CycleRequest,
): Promise<Receipt & { cycleId: string }> {
  const cycleId = idOf('cycle', actor.entityId, request.formKey)
  try {
    faultPoint('web:before-store')
    const act = await withActor(context.db, actor, (trx) => askOnce(trx, context, actor, request, cycleId))
    return { ...(await settleAct(context, actor, act)), cycleId }
  } catch (failure) {
    if (failure instanceof Refused) await refuse(context, actor, failure)
    throw failure
  }
}

async function askOnce(
  trx: Trx,
  context: AppContext,
  actor: Actor,
  request: CycleRequest,
  cycleId: string,
): Promise<ActRow> {
  const id = idOf(cycleId, 'start', '', actor.personId, actor.position.id, 0)
  const bodyHash = hashOf(request)
  const known = await findAct(trx, id)
  if (known) return sameBody(known, bodyHash)
  const { procedure } = await requireProcedureVersion(trx, request.procedureVersionId)
  const reason = whyNot(permitted(actor), 'start', 'Cycle', cycleRow(actor.entityId, procedure))
  if (reason) throw new Refused(reason)
  await insertRequested(trx, actor, request, cycleId)
  const { personId, entityId, position } = actor
  const isNew = await storeAct(trx, {
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
  if (isNew)
    await recordEvent(trx, {
      entityId,
      type: 'cycle.requested',
      objectId: cycleId,
      actorPerson: personId,
      actorPosition: position.id,
      cycleId,
      actId: id,
      origin: 'web',
      requestId: context.requestId,
    })
  const stored = await findAct(trx, id)
  if (!stored) throw new Error(`act ${id} was not stored`)
  return sameBody(stored, bodyHash)
}

async function insertRequested(trx: Trx, actor: Actor, request: CycleRequest, cycleId: string): Promise<void> {
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

async function refuse(context: AppContext, actor: Actor, refusal: Refused): Promise<void> {
  await withActor(context.db, actor, (trx) =>
    recordRefusal(trx, {
      entityId: actor.entityId,
      personId: actor.personId,
      positionId: actor.position.id,
      objectId: actor.entityId,
      code: refusal.code,
      origin: 'web',
      requestId: context.requestId,
    }),
  )
}
