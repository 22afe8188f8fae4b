/** The page of what leaves. */
import { sql } from 'kysely'
import type { Trx } from './client.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

export interface OutgoingMail {
  id: string
  subject: string
  body: string
  link: string | null
  status: string
  failure: string | null
  attempts: number
  writtenAt: Date
  settledAt: Date | null
  personName: string | null
  /** To a citizen: nobody's name or address stands in our rows. */
  isToCitizen: boolean
  /** How many overdue notices left in it; 0 where it is a mail of one thing. */
  gathers: number
}

/** "Correo saliente", newest first, 25 a page: what leaves. Mail that carries a secret is left out (model.md §1). */
export async function listOutgoingMail(
  trx: Trx,
  entityId: string,
  cursor: string | null = null,
  limit = 25,
): Promise<Page<OutgoingMail>> {
  const after = decodeCursor(cursor, ['instant', 'id'])
  let query = trx
    .selectFrom('mail')
    .leftJoin('person', 'person.id', 'mail.person_id')
    .select([
      'mail.id',
      'mail.subject',
      'mail.body',
      'mail.link',
      'mail.status',
      'mail.failure',
      'mail.attempts',
      'mail.written_at as writtenAt',
      'mail.settled_at as settledAt',
      'person.display_name as personName',
      sql<boolean>`mail.rights_id is not null or mail.record_id is not null`.as('isToCitizen'),
      sql<number>`(select count(*)::int from mail part where part.digest_id = mail.id)`.as('gathers'),
      sql<string>`mail.written_at::text`.as('key'),
    ])
    .where('mail.entity_id', '=', entityId)
    .where('mail.sensitive', '=', false)
    .where('mail.digest_id', 'is', null)
  if (after)
    query = query.where(sql<boolean>`(mail.written_at, mail.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  const rows = await query
    .orderBy('mail.written_at', 'desc')
    .orderBy('mail.id', 'desc')
    .limit(limit + 1)
    .execute()
  const { next, rows: page } = pageOf(rows, limit, (row) => [row.key, row.id])
  return { rows: page.map(({ key, ...row }) => row), next }
}
