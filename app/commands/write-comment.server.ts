import { recordEvent } from '../../db/audit.ts'
import type { Trx } from '../../db/client.ts'
import { findCycle } from '../../db/cycles.ts'
import { idOf } from '../../db/ids.ts'
import { stepRow, whyNot } from '../../domain/permissions.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

export interface CommentToWrite {
  cycleId: string
  stepCode: StepCode
  body: string
  /** Made anew for each rendered form: the same form sent twice writes one comment. */
  formKey: string
}

/** Writes a comment on a step; it stands outside what is hashed and signed (model.md §2). */
export async function writeComment(context: AppContext, actor: Actor, comment: CommentToWrite): Promise<string> {
  const { cycleId, stepCode } = comment
  return await recordingRefusals(context, actor, { objectId: cycleId, cycleId, stepCode }, (trx) =>
    write(trx, context, actor, comment),
  )
}

async function write(trx: Trx, context: AppContext, actor: Actor, comment: CommentToWrite): Promise<string> {
  const { cycleId, stepCode, body, formKey } = comment
  const cycle = await findCycle(trx, cycleId)
  const stepId = cycle?.stepIds[stepCode]
  if (!cycle || !stepId) throw new Refused('not_visible')
  refuseIf(whyNot(permitted(actor), 'comment', 'Step', stepRow(cycle.entityId, cycle.version.procedure, stepCode)))
  const id = idOf('comment', stepId, actor.personId, formKey)
  const by = { person_id: actor.personId, position_id: actor.position.id }
  const added = await trx
    .insertInto('comment')
    .values({ id, entity_id: cycle.entityId, cycle_id: cycleId, step_id: stepId, body, ...by })
    .onConflict((oc) => oc.column('id').doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) return await sameComment(trx, id, body)
  await recordEvent(trx, {
    entityId: cycle.entityId,
    type: 'comment.written',
    objectId: id,
    actorPerson: actor.personId,
    actorPosition: actor.position.id,
    cycleId,
    stepCode,
    origin: 'web',
    requestId: context.requestId,
  })
  return id
}

async function sameComment(trx: Trx, id: string, body: string): Promise<string> {
  const standing = await trx.selectFrom('comment').select('body').where('id', '=', id).executeTakeFirst()
  if (standing?.body !== body) throw new Refused('body_differs')
  return id
}
