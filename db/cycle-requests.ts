/** A cycle from its request until it begins, or is refused before it began (model.md §3.6). */
import { newestForm } from '../catalog/forms/index.ts'
import type { CycleInput } from '../domain/inputs.ts'
import type { Procedure } from '../domain/procedures.ts'
import { Refused } from '../domain/refusals.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'

/**
 * The row of a cycle somebody asks for. Throws `Refused('cycle_exists')` where another one has that number, or where
 * `actId` is not the act that asked: the same form sent by somebody else, or in another position.
 */
export async function requestCycle(
  trx: Trx,
  request: CycleInput,
  by: { entityId: string; personId: string; cycleId: string; actId: string },
): Promise<void> {
  const { entityId, personId, cycleId, actId } = by
  await trx
    .insertInto('cycle')
    .values({
      id: cycleId,
      entity_id: entityId,
      procedure_version_id: request.procedureVersionId,
      vigencia: request.vigencia,
      name: request.name,
      radicado: request.radicado,
      trd: request.trd,
      administrative_act: request.administrativeAct || null,
      status: 'requested',
      requested_by: personId,
    })
    // The same form sent beside this one, or another cycle with that number: the row that stands tells.
    .onConflict((oc) => oc.doNothing())
    .execute()
  const standing = await trx.selectFrom('cycle').select('id').where('id', '=', cycleId).executeTakeFirst()
  const other = await trx
    .selectFrom('act')
    .select('id')
    .where('object_id', '=', cycleId)
    .where('kind', '=', 'start')
    .where('id', '!=', actId)
    .executeTakeFirst()
  if (!standing || other) throw new Refused('cycle_exists')
}

/** The cycle becomes active, with the steps of its procedure waiting, each in the newest form there is today (A6). */
export async function beginCycle(
  trx: Trx,
  cycle: { id: string; entityId: string },
  procedure: Procedure,
  startedAt: string,
): Promise<void> {
  await endRequest(trx, cycle.id, { status: 'active', started_at: startedAt })
  const key = { entity_id: cycle.entityId, cycle_id: cycle.id, status: 'not_started' }
  await trx
    .insertInto('step')
    .values(procedure.steps.map(({ code }) => ({ ...key, id: newId(), code, form_version: newestForm(code).version })))
    .execute()
}

/** The cycle ends before it began. */
export async function refuseCycle(trx: Trx, cycleId: string): Promise<void> {
  await endRequest(trx, cycleId, { status: 'refused' })
}

async function endRequest(trx: Trx, id: string, to: { status: string; started_at?: string }): Promise<void> {
  const ended = await trx
    .updateTable('cycle')
    .set(to)
    .where('id', '=', id)
    .where('status', '=', 'requested')
    .executeTakeFirst()
  if (ended.numUpdatedRows !== 1n) throw new Error(`cycle ${id} is no longer requested`)
}
