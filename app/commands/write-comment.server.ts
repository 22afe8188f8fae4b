import { formDefinition } from '../../catalog/forms/index.ts'
import type { Trx } from '../../db/client.ts'
import { addComment, findComment } from '../../db/comments.ts'
import { idOf } from '../../db/ids.ts'
import { findField } from '../../domain/forms.ts'
import { Refused } from '../../domain/refusals.ts'
import { type CommentPlace, requireCommented } from '../comment-place.server.ts'
import type { AppContext } from '../context.server.ts'
import { tellMentioned } from '../mentions.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'

interface CommentToWrite extends CommentPlace {
  body: string
  /** Made anew for each rendered form: the same form sent twice writes one comment. */
  formKey: string
  /** The comment it answers. */
  parentId?: string | null
  /** Group or field of the step's form it is about. */
  anchor?: string | null
}

/** Writes a comment on a step, or an answer to one; it stands outside what is hashed and signed (model.md §2). */
export async function writeComment(context: AppContext, actor: Actor, comment: CommentToWrite): Promise<string> {
  const { cycleId, stepCode, body, formKey } = comment
  return await recordingRefusals(context, actor, { objectId: cycleId, cycleId, stepCode }, async (trx, by) => {
    const { about, row, definitionVersion } = await requireCommented(trx, actor, comment)
    const parentId = await conversationOf(trx, about.stepId, comment.parentId ?? null)
    const anchor = parentId === null ? placeIn(comment, definitionVersion) : null
    const id = idOf('comment', about.stepId, actor.personId, formKey)
    const isNew = await addComment(trx, by, about, { id, body, parentId, anchor })
    if (isNew) await tellMentioned(trx, context, by, { about, row, commentId: id, body })
    return id
  })
}

/** Answers stand under the first comment of their conversation, whichever of it they answer. */
async function conversationOf(trx: Trx, stepId: string, id: string | null): Promise<string | null> {
  if (id === null) return null
  const answered = await findComment(trx, stepId, id)
  if (!answered) throw new Refused('not_visible')
  return answered.parentId ?? answered.id
}

/** A place the form does not have is none: the comment is about the whole step. */
function placeIn({ stepCode, anchor }: CommentToWrite, version: number | undefined): string | null {
  const definition = formDefinition(stepCode, version)
  const [group = '', field] = (anchor ?? '').split('.')
  const known =
    field === undefined ? definition.groups.some((one) => one.code === group) : findField(definition, group, field)
  return known ? (anchor ?? null) : null
}
