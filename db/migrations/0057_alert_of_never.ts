import { type Kysely, sql } from 'kysely'

/**
 * Where an entity counts a failure for more than nothing, a failure that a reason excuses raises the zone of its risk: an alert
 * about a control of which nothing was ever shown again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
alter table standing_alert drop constraint standing_alert_state_check,
  add constraint standing_alert_state_check check (state in ('current', 'expired', 'failed', 'never'));
`.execute(db)
}
