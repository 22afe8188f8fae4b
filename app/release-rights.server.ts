import type { Trx } from '../db/client.ts'
import { listProcedures, requireProcedureVersion } from '../db/procedures.ts'
import { stepRow } from '../domain/permissions.ts'
import type { Procedure } from '../domain/procedures.ts'
import type { Actor } from './session.server.ts'

/** Whoever elaborates, reviews or approves step 7: only they see what is not published yet (model.md §8). */
export function seesDrafts(actor: Actor, procedure: Procedure): boolean {
  const row = stepRow(actor.entityId, procedure, '7')
  return [...row.authorDuties, ...row.deciderDuties].includes(actor.position.duty)
}

/** The same over every procedure the entity has adopted: for lists that mix cycles. */
export async function seesSomeDrafts(trx: Trx, actor: Actor): Promise<boolean> {
  for (const { id } of await listProcedures(trx, actor.entityId)) {
    const { procedure } = await requireProcedureVersion(trx, id)
    if (seesDrafts(actor, procedure)) return true
  }
  return false
}
