import type { Trx } from '../db/client.ts'
import { findCommentAnchor } from '../db/comments.ts'
import { idOf } from '../db/ids.ts'
import { toldBeside, writeMail } from '../db/mail.ts'
import { listHolders, type Mentionable, noteMention } from '../db/mentions.ts'
import { mentionedIn } from '../domain/comments.ts'
import type { Rows } from '../domain/permission-subjects.ts'
import { abilityFor, may } from '../domain/permissions.ts'
import type { StepCode } from '../domain/procedures.ts'
import type { AppContext } from './context.server.ts'
import { commentAddress } from './text/comment-address.ts'
import { mentionMail } from './text/mention-mail.ts'

interface Mentioning {
  about: { cycleId: string; stepId: string; stepCode: StepCode }
  row: Rows['Step']
  commentId: string
  body: string
}

/** Who can be mentioned on a step: whoever holds a position today and may see it, asked with the row in hand. */
export async function listMentionable(trx: Trx, entityId: string, row: Rows['Step']): Promise<Mentionable[]> {
  const holders = await listHolders(trx, entityId)
  return holders.filter((holder) => may(abilityFor({ ...holder, entityId }), 'read', 'Step', row))
}

/**
 * Whoever a comment names as `@cargo` gets a line in the inbox and one mail, without a word of the comment in it
 * (experience.md 27 and 40). Naming oneself, or somebody named before, tells nobody.
 */
export async function tellMentioned(
  trx: Trx,
  { config }: AppContext,
  by: { entityId: string; personId: string },
  { about, row, commentId, body }: Mentioning,
): Promise<void> {
  if (!body.includes('@')) return
  for (const { personId, positionId } of mentionedIn(body, await listMentionable(trx, by.entityId, row))) {
    if (personId === by.personId) continue
    if (!(await noteMention(trx, by.entityId, { commentId, personId, positionId }))) continue
    const found = await findCommentAnchor(trx, commentId)
    await writeMail(trx, {
      id: idOf('mail', 'mention', commentId, personId),
      entityId: by.entityId,
      noticeId: null,
      personId,
      ...mentionMail(about.stepCode),
      ...toldBeside(config.PUBLIC_URL, commentAddress({ ...about, commentId, anchor: found?.anchor ?? null })),
    })
  }
}
