/** What the indicators of delegated access are counted from (D6). */
import { sql } from 'kysely'
import type { Measure } from '../domain/access-indicators.ts'
import type { Trx } from './client.ts'

export interface AgencyAccesses {
  agencyName: string
  /** Granted, and their first day has come. */
  active: number
  /** Of those, without what a delegation needs. */
  undelegated: number
}

/**
 * Active accesses by organismo, and those of them without a valid delegation: nothing lets them in today (`grants_in_force`),
 * nobody signed them, or the commitment of their vigencia was never accepted.
 */
export async function countActiveAccesses(trx: Trx, entityId: string): Promise<AgencyAccesses[]> {
  const found = await sql<AgencyAccesses>`
    select a.name as "agencyName", count(*)::int as active, count(*) filter (where not (
        exists (select from grants_in_force(g.grantee_id) f where f.id = g.id)
        and exists (select from access_signature s where s.grant_id = g.id and s.kind = 'grant')
        and exists (select from confidentiality_acceptance c where c.person_id = g.grantee_id and c.vigencia = g.vigencia)
      ))::int as undelegated
    from access_grant g join agency a on a.id = g.agency_id
    where g.entity_id = ${entityId} and g.status = 'granted' and g.starts_on <= app_today()
    group by a.id, a.name order by a.name`.execute(trx)
  return found.rows
}

/**
 * Accesses of the last yearly campaign of a vigencia: those under review, and those of them answered by its cut-off, which is
 * the end of a day in Bogotá. Nothing where there was no campaign.
 */
export async function measureRecertified(trx: Trx, entityId: string, vigencia: number): Promise<Measure> {
  const found = await sql<Measure>`
    select count(*) filter (where v.answered_at < (c.due_date + 1)::timestamp at time zone 'America/Bogota'
        or (c.due_date is null and v.id is not null))::int as numerator,
      count(*)::int as denominator
    from (
      select id, due_date from access_campaign
      where entity_id = ${entityId} and vigencia = ${vigencia} and kind = 'yearly' and status in ('open', 'closing', 'closed')
      order by opened_at desc, n desc limit 1
    ) c join review_item i on i.campaign_id = c.id and i.left_at is null
    left join review_answer v on v.id = i.answer_id`.execute(trx)
  return onlyRow(found.rows)
}

/**
 * Hours from what ended an access (the fact recorded, or the day it took effect, or the act of revoking it) to the moment
 * it let nobody in; of the accesses of a vigencia that were revoked.
 */
export async function measureRevocations(trx: Trx, entityId: string, vigencia: number): Promise<Measure> {
  const found = await sql<Measure>`
    select coalesce(sum(greatest(extract(epoch from g.ended_at - ground.at), 0)) / 3600, 0)::float8 as numerator,
      count(*)::int as denominator
    from access_grant g cross join lateral (
      select coalesce(
        (select max(greatest(e.ordered_at, e.effective_on::timestamp at time zone 'America/Bogota')) from access_ending e
          where e.grant_id = g.id and e.outcome = 'revoked'),
        (select max(act.stored_at) from act where act.grant_id = g.id and act.kind = 'revoke' and act.status <> 'refused'),
        g.ended_at) as at
    ) ground
    where g.entity_id = ${entityId} and g.vigencia = ${vigencia} and g.status = 'revoked'`.execute(trx)
  return onlyRow(found.rows)
}

function onlyRow(rows: Measure[]): Measure {
  const measure = rows[0]
  if (!measure) throw new Error('an aggregate without groups has one row')
  return measure
}
