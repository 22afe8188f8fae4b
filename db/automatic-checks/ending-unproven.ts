import { sql } from 'kysely'
import { anyOf, type Examine, examine } from './examination.ts'

/**
 * The end of every access was tried at the door (C10, N2): a day after it ended, a session of its person was let in nowhere.
 * One that never began opened nothing.
 */
export const endingUnproven: Examine = (trx, { entityId }) => {
  const ended = sql`access_grant g where g.entity_id = ${entityId} and g.begun_at is not null
    and g.status in ('revoked', 'expired', 'retired', 'suspended')`
  const after = (outcome: string) => sql`exists (select from access_probe p
    where p.grant_id = g.id and p.moment = 'after' and p.outcome = ${outcome})`
  return examine(trx, {
    looked: sql`select count(*) from ${ended}`,
    violating: anyOf(
      sql`select 'grant' as kind, g.id, null::text as place, g.code as label, 'still_opens' as reason
        from ${ended} and ${after('allowed')}`,
      sql`select 'grant' as kind, g.id, null as place, g.code as label, 'not_proved' as reason
        from ${ended} and g.ended_at < app_now() - interval '1 day' and not ${after('denied')} and not ${after('allowed')}`,
    ),
  })
}
