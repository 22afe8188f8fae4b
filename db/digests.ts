import { sql } from 'kysely'
import type { FollowUpKind } from '../domain/follow-ups.ts'
import { type ActionStatus, type Asked, askedBy } from '../domain/improvement.ts'
import type { Trx } from './client.ts'
import { DAY } from './improvement-pages.ts'
import { type MailKey, type NewMail, writeMail } from './mail.ts'

/** A mail still to leave that tells one person of one overdue step, of the day of one improvement action, or of one follow-up. */
export interface DigestPart {
  mailId: string
  personId: string
  /** Civil date the term ends or ended. */
  dueDate: string
  /** Earlier notices the one in this mail stands for. */
  catchesUp: number
  about:
    | { stepCode: string; procedureVersionId: string; vigencia: number }
    | { actionCode: string; asks: Asked }
    | { followUp: FollowUpKind; code: string }
}

/**
 * Mail to the same person that shares its day with this one, this one included: never yet handed to a server, held
 * until the transaction ends. Ordered by id; empty when another process was quicker.
 */
export async function holdDigestParts(trx: Trx, asked: MailKey): Promise<DigestPart[]> {
  const rows = await trx
    .selectFrom('mail')
    .innerJoin('mail as asked', (join) =>
      join.onRef('asked.person_id', '=', 'mail.person_id').onRef('asked.digest_on', '=', 'mail.digest_on'),
    )
    .innerJoin('notice', 'notice.id', 'mail.notice_id')
    .leftJoin('term', 'term.id', 'notice.term_id')
    .leftJoin('step', 'step.id', 'notice.step_id')
    .leftJoin('cycle', 'cycle.id', 'notice.cycle_id')
    .leftJoin('improvement_action as a', 'a.id', 'notice.action_id')
    .leftJoin('follow_up as u', 'u.id', 'notice.follow_up_id')
    .select(['mail.id as mailId', 'mail.person_id as personId', 'notice.catches_up as catchesUp'])
    .select(['step.code as stepCode', 'cycle.procedure_version_id as procedureVersionId', 'cycle.vigencia'])
    .select(['a.code as actionCode', 'a.status as actionStatus', 'u.kind as followUp', 'u.code as followUpCode'])
    .select(sql<string>`coalesce(term.due_date, u.due_on, ${DAY})`.as('dueDate'))
    .where('asked.id', '=', asked.id)
    .where('mail.entity_id', '=', asked.entity_id)
    .where('mail.status', '=', 'planned')
    .where('mail.attempts', '=', 0)
    .orderBy('mail.id')
    .forUpdate('mail')
    .execute()
  return rows.map(({ mailId, personId, catchesUp, dueDate, ...about }) => ({
    ...{ mailId, personId: personId ?? '', catchesUp, dueDate, about: aboutOf(about) },
  }))
}

interface About {
  stepCode: string | null
  procedureVersionId: string | null
  vigencia: number | null
  actionCode: string | null
  actionStatus: string | null
  followUp: string | null
  followUpCode: string | null
}

function aboutOf({ actionCode, actionStatus, followUp, followUpCode, ...step }: About): DigestPart['about'] {
  if (actionCode !== null) return { actionCode, asks: askedBy(actionStatus as ActionStatus) ?? 'carry_out' }
  if (followUp !== null) return { followUp: followUp as FollowUpKind, code: followUpCode ?? '' }
  const { stepCode, procedureVersionId, vigencia } = step
  return { stepCode: stepCode ?? '', procedureVersionId: procedureVersionId ?? '', vigencia: vigencia ?? 0 }
}

/** Writes the one mail that leaves in place of these. */
export async function storeDigest(trx: Trx, digest: NewMail, mailIds: string[]): Promise<void> {
  await writeMail(trx, digest)
  const gathered = await trx
    .updateTable('mail')
    .set({ status: 'gathered', digest_id: digest.id })
    .where('id', 'in', mailIds)
    .where('status', '=', 'planned')
    .executeTakeFirst()
  if (gathered.numUpdatedRows !== BigInt(mailIds.length)) throw new Error(`mail of digest ${digest.id} left by itself`)
}
