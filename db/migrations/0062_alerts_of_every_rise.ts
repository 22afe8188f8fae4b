import { type Kysely, sql } from 'kysely'

/**
 * An alert says how probable and how harmful a risk was and is, not only its zone, and may come of anything that moves what is
 * demonstrated of it: also what people change on the web. Of earlier alerts only the zones are known.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
alter table standing_alert
  add column cause text not null default 'evidence' check (cause in ('evidence', 'control_added', 'control_retired',
    'reassessed', 'moved', 'overwritten', 'override_withdrawn')),
  add column p_before numeric, add column i_before numeric, add column p_after numeric, add column i_after numeric,
  alter column control_id drop not null, alter column state drop not null, alter column zone_before drop not null;
alter table standing_alert alter column cause drop default;
alter table standing_alert add check ((state is not null) = (cause = 'evidence')),
  add check ((control_id is not null) = (cause in ('evidence', 'control_added', 'control_retired')));
grant insert on standing_alert to caracteriza_web;
grant update (ended_at, zone_after, p_after, i_after, cause, state, control_id, raised_on) on standing_alert
  to caracteriza_web, caracteriza_worker;
`.execute(db)
}
