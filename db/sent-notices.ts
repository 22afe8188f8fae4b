/** What was told of a subject and to whom, by position: what the ledger of notices planned, and any other mail that leads to its page. */
import { type RawBuilder, sql } from 'kysely'
import type { NoticeOutcome, NoticeSubject } from '../domain/sent-notices.ts'
import type { Trx } from './client.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

export interface SentNotice {
  id: string
  at: Date
  /** Of the mail; null where nobody was there to write to. */
  subject: string | null
  /** Code of the notice in the ledger, and the duty it was for; null of what the ledger does not plan. */
  kind: string | null
  duty: string | null
  /** What its addressee held that day, by name; null where they held nothing. */
  positions: string | null
  outcome: NoticeOutcome
}

interface Told {
  entityId: string
  kind: NoticeSubject
  id: string
  /** Path of its page. */
  path: string
}

const SCOPES: Record<NoticeSubject, (id: string) => RawBuilder<unknown>> = {
  cycle: (id) => sql`n.cycle_id = ${id}`,
  grant: (id) => sql`n.grant_id = ${id}`,
  campaign: (id) => sql`n.list_id in (select id from review_list where campaign_id = ${id})`,
  run: (id) => sql`n.run_id = ${id}`,
}

const MAIL = sql`select m.id, m.written_at as at, m.subject, m.person_id, m.notice_id, coalesce(d.status, m.status) as outcome
  from mail m left join mail d on d.id = m.digest_id`

/** The newest first; one row for each addressee. A mail that left in one with others came out as that one did. */
export async function listSentNotices(
  trx: Trx,
  { entityId, kind, id, path }: Told,
  { cursor, limit = 25 }: { cursor?: string | null; limit?: number } = {},
): Promise<Page<SentNotice>> {
  const after = decodeCursor(cursor, ['instant', 'id'])
  const found = await sql<SentNotice & { key: string }>`
    with own as (
      select n.id, n.kind, n.duty, n.settled_at, n.status from notice n
      where ${SCOPES[kind](id)} and n.status in ('sent', 'attempted', 'failed')
    ), written as (
      ${MAIL} where m.notice_id in (select id from own)
      union all
      ${MAIL} where m.notice_id is null and m.entity_id = ${entityId} and m.path >= ${path} and m.path < ${`${path}~`}
    ), line as (
      select w.id, w.at, w.subject, own.kind, own.duty, w.person_id, w.outcome
      from written w left join own on own.id = w.notice_id
      union all
      select own.id, own.settled_at, null, own.kind, own.duty, null, 'nobody' from own
      where own.status = 'failed' and not exists (select from mail m where m.notice_id = own.id)
    )
    select id, at, subject, kind, duty, outcome, at::text as key, (
      select string_agg(distinct p.name, ', ') from tenure t join position p on p.id = t.position_id
      where t.person_id = line.person_id and t.from_date <= (line.at at time zone 'America/Bogota')::date
        and (t.to_date is null or t.to_date >= (line.at at time zone 'America/Bogota')::date)) as positions
    from line
    where ${after?.[0] ?? null}::text is null or (at, id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid)
    order by at desc, id desc limit ${limit + 1}`.execute(trx)
  const { rows, next } = pageOf(found.rows, limit, (row) => [row.key, row.id])
  return { next, rows: rows.map(({ key: _key, ...row }) => row) }
}
