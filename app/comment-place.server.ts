import type { Trx } from '../db/client.ts'
import { findComment } from '../db/comments.ts'
import { findCycle } from '../db/cycles.ts'
import { stepRow } from '../domain/permission-rows.ts'
import type { Rows } from '../domain/permission-subjects.ts'
import { whyNot } from '../domain/permissions.ts'
import type { StepCode } from '../domain/procedures.ts'
import { Refused, refuseIf } from '../domain/refusals.ts'
import { permitted } from './commands/permitted.server.ts'
import type { Actor } from './session.server.ts'

export interface CommentPlace {
  cycleId: string
  stepCode: StepCode
}

/** The step a comment stands on, for somebody who may comment there; what is not visible is 404. */
export async function requireCommented(trx: Trx, actor: Actor, { cycleId, stepCode }: CommentPlace) {
  const cycle = await findCycle(trx, cycleId)
  const stepId = cycle?.stepIds[stepCode]
  if (!cycle || !stepId) throw new Refused('not_visible')
  const row: Rows['Step'] = stepRow(cycle.entityId, cycle.version.procedure, stepCode)
  refuseIf(whyNot(permitted(actor), 'comment', 'Step', row))
  return { about: { cycleId, stepId, stepCode }, row, definitionVersion: cycle.formVersions[stepCode] }
}

/** One comment of that step. */
export async function requireComment(trx: Trx, actor: Actor, place: CommentPlace, id: string) {
  const step = await requireCommented(trx, actor, place)
  const comment = await findComment(trx, step.about.stepId, id)
  if (!comment) throw new Refused('not_visible')
  return { ...step, comment }
}
