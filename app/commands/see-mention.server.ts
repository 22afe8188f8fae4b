import { markMentionSeen } from '../../db/mentions.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'

/** The line leaves the inbox of whoever is mentioned; one that is not theirs is not there. */
export async function seeMention(context: AppContext, actor: Actor, commentId: string): Promise<void> {
  await recordingRefusals(context, actor, { objectId: commentId }, async (trx, by) => {
    if (!(await markMentionSeen(trx, by, commentId))) throw new Refused('not_visible')
  })
}
