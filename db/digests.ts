import type { Trx } from './client.ts'
import { type MailKey, type NewMail, writeMail } from './mail.ts'

/** A mail still to leave that tells one person of one overdue step. */
export interface OverdueMail {
  mailId: string
  personId: string
  stepCode: string
  procedureVersionId: string
  vigencia: number
  /** Civil date the term ended. */
  dueDate: string
  /** Earlier notices the one in this mail stands for. */
  catchesUp: number
}

/**
 * Mail to the same person of what is overdue on the same day, this one included: never yet handed to a server, held
 * until the transaction ends. Ordered by id; empty when another process was quicker.
 */
export async function holdOverdueMail(trx: Trx, asked: MailKey): Promise<OverdueMail[]> {
  const rows = await trx
    .selectFrom('mail')
    .innerJoin('mail as asked', (join) =>
      join.onRef('asked.person_id', '=', 'mail.person_id').onRef('asked.digest_on', '=', 'mail.digest_on'),
    )
    .innerJoin('notice', 'notice.id', 'mail.notice_id')
    .innerJoin('term', 'term.id', 'notice.term_id')
    .innerJoin('step', 'step.id', 'notice.step_id')
    .innerJoin('cycle', 'cycle.id', 'notice.cycle_id')
    .select([
      'mail.id as mailId',
      'mail.person_id as personId',
      'step.code as stepCode',
      'cycle.procedure_version_id as procedureVersionId',
      'cycle.vigencia',
      'term.due_date as dueDate',
      'notice.catches_up as catchesUp',
    ])
    .where('asked.id', '=', asked.id)
    .where('mail.entity_id', '=', asked.entity_id)
    .where('mail.status', '=', 'planned')
    .where('mail.attempts', '=', 0)
    .orderBy('mail.id')
    .forUpdate('mail')
    .execute()
  return rows.map((row) => ({ ...row, personId: row.personId ?? '' }))
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
