/**
 * The trail of an entity narrowed by person, position, step and kind among millions of events (issue 7, bench `trail`). Whoever acted is
 * in order by itself; steps and kinds are gone through matter by matter (db/trail.ts). A stored column, because row-level security lets
 * no expression into the condition of an index.
 */
import { type Kysely, sql } from 'kysely'

const matters = sql`
alter table event add column matter text not null
  generated always as (coalesce(step_code, '') || ' ' || split_part(type, '.', 1)) stored;
comment on column event.matter is 'Step, if any, a space, and the first word of the type.';
create index event_trail on event (entity_id, matter, at desc, id desc);
create index event_of_person on event (entity_id, actor_person, at desc, id desc) include (actor_position)
  where actor_person is not null;
create index event_of_position on event (entity_id, actor_position, at desc, id desc) where actor_position is not null;
create index event_trail_person on event (entity_id, actor_person, matter, at desc, id desc) include (actor_position)
  where actor_person is not null;
create index event_trail_position on event (entity_id, actor_position, matter, at desc, id desc) where actor_position is not null;
`

/** Counters of attempts to sign in, which stood under a plain hash of the address: they count anew, under a key of the installation. */
const attempts = sql`delete from auth_rate_limit where key like 'sign-in:%'`

export async function up(db: Kysely<unknown>): Promise<void> {
  await matters.execute(db)
  await attempts.execute(db)
}
