import { type Kysely, sql } from 'kysely'

/**
 * What follows where rules that stand changed: what automatic controls show of a risk follows where it is rated; an action of a plan
 * is given up by the word of somebody who never reported on it; giving one up is told by mail and asked of nobody; and what was asked
 * by a day that nobody works is asked by the Monday after it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
grant insert, update on control_standing to caracteriza_web;

create or replace function guard_improvement_drop() returns trigger language plpgsql as $$
begin
  if new.status = 'dropped' and old.status <> 'dropped' and new.finding_id is not null
      and not exists (select 1 from improvement_entry e
        where e.action_id = new.id and e.kind = 'verification' and e.status = 'dropped'
          and not exists (select 1 from improvement_entry r where r.action_id = new.id and r.kind in ('progress', 'result')
            and array[r.person_id, r.acting_for] && array[e.person_id, e.acting_for])) then
    raise exception 'nobody gives up an action of a plan alone' using errcode = 'CZ001';
  end if;
  return new;
end $$;

update notice n set status = 'superseded', settled_at = app_now() from follow_up f
  where f.id = n.follow_up_id and f.kind = 'action_drop' and f.status = 'open' and n.status = 'planned';
update follow_up set status = 'dropped', ended_at = app_now(), signal_wanted = true where kind = 'action_drop' and status = 'open';

update follow_up set due_on = due_on + (8 - extract(isodow from due_on)::int), signal_wanted = true
  where kind = 'risk_review' and status = 'open' and extract(isodow from due_on) > 5;
`.execute(db)
}
