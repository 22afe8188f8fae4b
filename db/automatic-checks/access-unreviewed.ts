import { sql } from 'kysely'
import { anyOf, type Examine, examine, sumOf } from './examination.ts'

/**
 * No access is left unreviewed after the last day of a review (circular 4173.010.22.2.1020.000150; D2, D3): the review closed, each of its
 * cases was carried out, and no access of its vigencia was left out of it.
 */
export const accessUnreviewed: Examine = (trx, { entityId }) => {
  const over = sql`c.entity_id = ${entityId} and c.status <> 'refused' and c.due_date < app_today() - 1`
  const cases = sql`review_item i join access_campaign c on c.id = i.campaign_id where ${over} and i.left_at is null`
  const leftOut = sql`access_grant g join access_campaign c on c.entity_id = g.entity_id and c.vigencia = g.vigencia
    where ${over} and c.kind = 'yearly' and c.status = 'closed' and g.status = 'granted' and g.asked_at < c.opened_at
      and g.begun_at < c.opened_at`
  return examine(trx, {
    looked: sumOf(
      sql`select count(*) from access_campaign c where ${over}`,
      sql`select count(*) from ${cases}`,
      sql`select count(*) from ${leftOut}`,
    ),
    violating: anyOf(
      sql`select 'campaign' as kind, c.id, null::text as place, c.code as label, 'not_closed' as reason
        from access_campaign c where ${over} and c.status <> 'closed'`,
      sql`select 'grant' as kind, g.id, null as place, g.code as label, 'not_carried_out' as reason
        from access_grant g where g.id in (select i.grant_id from ${cases} and i.executed_at is null)`,
      sql`select 'grant' as kind, g.id, null as place, g.code as label, 'left_out' as reason from ${leftOut}
        and not exists (select from review_item i where i.grant_id = g.id and i.executed_at >= c.opened_at)`,
    ),
  })
}
