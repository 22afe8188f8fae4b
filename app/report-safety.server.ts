import path from 'node:path'
import { withActor } from '../db/client.ts'
import { findCycle } from '../db/cycles.ts'
import { findFigureGrounds, protectSafely } from '../db/public-figures.ts'
import { stepRow } from '../domain/permission-rows.ts'
import { whyNot } from '../domain/permissions.ts'
import { type StepCode, stepTemplate } from '../domain/procedures.ts'
import { type Objection, objection, Refused } from '../domain/refusals.ts'
import { permitted } from './commands/permitted.server.ts'
import type { AppContext } from './context.server.ts'
import type { Actor } from './session.server.ts'

interface About {
  cycleId: string
  stepCode: StepCode
  action: 'submit' | 'decide'
}

/**
 * Why nobody may sign the report of this step: its figures would show a few people, or nobody could tell in time. Null for
 * steps that yield none, and for whoever has no right. Asked before the act: it takes seconds, which no row is held for.
 */
export async function reportObjection(
  context: AppContext,
  actor: Actor,
  { cycleId, stepCode, action }: About,
): Promise<Objection | null> {
  const grounds = await withActor(context.db, actor, async (trx) => {
    const cycle = await findCycle(trx, cycleId)
    if (!cycle || stepTemplate(cycle.version.procedure, stepCode).yields !== 'report') return null
    const row = stepRow(cycle.entityId, cycle.version.procedure, stepCode)
    return whyNot(permitted(actor), action, 'Step', row) ? null : await findFigureGrounds(trx, cycleId)
  })
  if (!grounds) return null
  try {
    await protectSafely(path.resolve(context.config.DATA_DIR), grounds)
    return null
  } catch (failure) {
    if (!(failure instanceof Refused)) throw failure
    return objection(failure.code, failure.facts)
  }
}
