import { sql } from 'kysely'
import type { Trx } from './client.ts'
import { CHECK_BY } from './improvement-pages.ts'
import { type MailKey, type NewMail, writeMail } from './mail.ts'

/** A mail still to leave that tells one person of one overdue step, or of the day of one improvement action. */
export interface DigestPart {
  mailId: string
  personId: string
  /** Civil date the term ends or ended. */
  dueDate: string
  /** Earlier notices the one in this mail stands for. */
  catchesUp: number
  about:
    | { stepCode: string; procedureVersionId: string; vigencia: number }
    /** `isCheck`: its effect is to be checked. */
    | { actionCode: string; isCheck: boolean }
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
    .select(['mail.id as mailId', 'mail.person_id as personId', 'notice.catches_up as catchesUp'])
    .select(['step.code as stepCode', 'cycle.procedure_version_id as procedureVersionId', 'cycle.vigencia'])
    .select(['a.code as actionCode', sql<boolean | null>`a.status = 'done'`.as('isCheck')])
    .select(
      sql<string>`coalesce(term.due_date, case when a.status = 'done' then ${CHECK_BY} else a.due_date end)`.as(
        'dueDate',
      ),
    )
    .where('asked.id', '=', asked.id)
    .where('mail.entity_id', '=', asked.entity_id)
    .where('mail.status', '=', 'planned')
    .where('mail.attempts', '=', 0)
    .orderBy('mail.id')
    .forUpdate('mail')
    .execute()
  return rows.map(({ stepCode, procedureVersionId, vigencia, actionCode, isCheck, ...row }) => ({
    ...{ ...row, personId: row.personId ?? '' },
    about:
      actionCode === null
        ? { stepCode: stepCode ?? '', procedureVersionId: procedureVersionId ?? '', vigencia: vigencia ?? 0 }
        : { actionCode, isCheck: isCheck ?? false },
  }))
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
