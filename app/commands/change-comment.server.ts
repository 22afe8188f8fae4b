import { addCommentFile, addCommentVersion, markResolved } from '../../db/comments.ts'
import { requireContent } from '../../db/disposal-pages.ts'
import { holdContent } from '../../db/gone-content.ts'
import { objectionToResolving, objectionToRewriting } from '../../domain/comments.ts'
import { refuseIf } from '../../domain/refusals.ts'
import { type CommentPlace, requireComment } from '../comment-place.server.ts'
import type { AppContext } from '../context.server.ts'
import { tellMentioned } from '../mentions.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import type { Upload } from '../uploads.server.ts'

interface OneComment extends CommentPlace {
  id: string
}

/** Corrects one's own comment: a further version, and the earlier ones stay readable. */
export async function rewriteComment(
  context: AppContext,
  actor: Actor,
  comment: OneComment & { body: string },
): Promise<void> {
  const { id, body } = comment
  await recordingRefusals(context, actor, aboutOf(comment), async (trx, by) => {
    const { about, row, comment: standing } = await requireComment(trx, actor, comment, id)
    refuseIf(objectionToRewriting(standing, actor.personId))
    await addCommentVersion(trx, by, about, { id, body })
    await tellMentioned(trx, context, by, { about, row, commentId: id, body })
  })
}

/** Says that a conversation is resolved, or open again. */
export async function resolveComment(
  context: AppContext,
  actor: Actor,
  comment: OneComment & { resolved: boolean },
): Promise<void> {
  const { id, resolved } = comment
  await recordingRefusals(context, actor, aboutOf(comment), async (trx, by) => {
    const { about, row, comment: standing } = await requireComment(trx, actor, comment, id)
    refuseIf(objectionToResolving(standing, row, { personId: actor.personId, duty: actor.position.duty }))
    await markResolved(trx, by, about, { id: standing.parentId ?? id, resolved })
  })
}

/** Refuses before a file is received whoever may not add one to this comment. */
export async function requireOwnComment(context: AppContext, actor: Actor, comment: OneComment): Promise<void> {
  await recordingRefusals(context, actor, aboutOf(comment), async (trx) => {
    const { comment: standing } = await requireComment(trx, actor, comment, comment.id)
    refuseIf(objectionToRewriting(standing, actor.personId))
    await requireContent(trx, comment.cycleId)
  })
}

/** A file that comes with one's own comment, outside what is signed. */
export async function attachToComment(
  context: AppContext,
  actor: Actor,
  comment: OneComment & { file: Upload },
): Promise<void> {
  await recordingRefusals(context, actor, aboutOf(comment), async (trx, by) => {
    const { about, comment: standing } = await requireComment(trx, actor, comment, comment.id)
    refuseIf(objectionToRewriting(standing, actor.personId))
    await holdContent(trx, comment.cycleId, 'adding')
    await requireContent(trx, comment.cycleId)
    await addCommentFile(trx, by, about, comment)
  })
}

const aboutOf = ({ cycleId, stepCode }: OneComment) => ({ objectId: cycleId, cycleId, stepCode })
