import { addComment } from '../../db/comments.ts'
import { findCycle } from '../../db/cycles.ts'
import { idOf } from '../../db/ids.ts'
import { stepRow, whyNot } from '../../domain/permissions.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

interface CommentToWrite {
  cycleId: string
  stepCode: StepCode
  body: string
  /** Made anew for each rendered form: the same form sent twice writes one comment. */
  formKey: string
}

/** Writes a comment on a step; it stands outside what is hashed and signed (model.md §2). */
export async function writeComment(context: AppContext, actor: Actor, comment: CommentToWrite): Promise<string> {
  const { cycleId, stepCode, body, formKey } = comment
  return await recordingRefusals(context, actor, { objectId: cycleId, cycleId, stepCode }, async (trx, by) => {
    const cycle = await findCycle(trx, cycleId)
    const stepId = cycle?.stepIds[stepCode]
    if (!cycle || !stepId) throw new Refused('not_visible')
    refuseIf(whyNot(permitted(actor), 'comment', 'Step', stepRow(cycle.entityId, cycle.version.procedure, stepCode)))
    const id = idOf('comment', stepId, actor.personId, formKey)
    await addComment(trx, by, { cycleId, stepId, stepCode }, { id, body })
    return id
  })
}
