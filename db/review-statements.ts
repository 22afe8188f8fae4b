/** What the person whose access is under review says to it; whoever reviews reads it first (C12). */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { CampaignStatus, Outcome, OutcomeBy } from '../domain/campaigns.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'

export interface GrantReview {
  itemId: string
  campaignId: string
  code: string
  status: CampaignStatus
  dueOn: string | null
  /** Civil date in Bogotá; null while it is open. */
  closedOn: string | null
  /** Case of the service desk; null until it is noted. */
  ticket: string | null
  ticketOn: string | null
  hasLeft: boolean
  outcome: Outcome | null
  by: OutcomeBy | null
  statements: { at: string; body: string }[]
}

/** The last review an access came under; undefined where it never did. */
export async function findGrantReview(trx: Trx, grantId: string): Promise<GrantReview | undefined> {
  const found = await sql<GrantReview>`
    select i.id as "itemId", c.id as "campaignId", c.code, c.status, c.due_date as "dueOn",
      (c.closed_at at time zone 'America/Bogota')::date::text as "closedOn", c.ticket, c.ticket_on as "ticketOn",
      i.outcome,
      -- An access that ended by itself is asked about no more, whether or not the review has taken note of it.
      i.left_at is not null or (i.outcome is null and g.status <> 'granted') as "hasLeft", i.outcome_by as by, coalesce((select jsonb_agg(jsonb_build_object('at', w.stated_at, 'body', w.body) order by w.stated_at)
        from review_statement w where w.item_id = i.id), '[]') as statements
    from review_item i join access_campaign c on c.id = i.campaign_id
      join access_grant g on g.id = i.grant_id where i.grant_id = ${grantId}
    order by i.joined_at desc, i.id desc limit 1`.execute(trx)
  return found.rows[0]
}

/** Keeps the statement with its event, which holds the hash of what was said. */
export async function insertStatement(
  trx: Trx,
  by: ActingPerson,
  { grantId, itemId, code, body }: { grantId: string; itemId: string; code: string; body: string },
): Promise<void> {
  await trx
    .insertInto('review_statement')
    .values({ id: newId(), entity_id: by.entityId, item_id: itemId, person_id: by.personId, body })
    .execute()
  const hash = createHash('sha256').update(body).digest('hex')
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'review.stated', objectId: grantId },
    changes: [
      { field: 'campaign', before: null, after: code },
      { field: 'body_hash', before: null, after: hash },
    ],
  })
}
