import type { Trx } from '../db/client.ts'
import { findCycle } from '../db/cycles.ts'
import { variableRow } from '../domain/permission-rows.ts'
import type { Rows } from '../domain/permission-subjects.ts'
import { whyNot } from '../domain/permissions.ts'
import { type Objection, Refused, refuseIf } from '../domain/refusals.ts'
import { permitted } from './commands/permitted.server.ts'
import type { Actor } from './session.server.ts'

/** The row rights on a variable are judged by: who works on step 2 of the exercise that brought the version. */
export async function variableRights(trx: Trx, cycleId: string): Promise<Rows['Variable']> {
  const cycle = await findCycle(trx, cycleId)
  if (!cycle) throw new Refused('not_visible')
  return variableRow(cycle.entityId, cycle.version.procedure)
}

/** Why this person may not propose or approve what joins its series, in each case; null where they may. */
export async function variableObjections(
  trx: Trx,
  actor: Actor,
  cycleId: string,
): Promise<{ propose: Objection | null; approve: Objection | null }> {
  const row = await variableRights(trx, cycleId)
  const against = (action: 'propose' | 'approve') => whyNot(permitted(actor), action, 'Variable', row)
  return { propose: against('propose'), approve: against('approve') }
}

/** In the transaction that acts: it may be done by this person. */
export async function requireVariableRight(
  trx: Trx,
  actor: Actor,
  cycleId: string,
  action: 'propose' | 'approve',
): Promise<void> {
  refuseIf((await variableObjections(trx, actor, cycleId))[action])
}
