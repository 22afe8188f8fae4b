import { type Kysely, sql } from 'kysely'

/**
 * Nobody gives up an action alone (features D12): it is asked, and somebody else decides. Owners of findings whose causes are known
 * and that have no action are asked for one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await asked.execute(db)
  await unanswered.execute(db)
}

/** Whatever writes the row: an action of a plan is given up by the decision of somebody who never reported on it. */
const asked = sql`
alter table improvement_action drop constraint improvement_action_status, drop constraint improvement_action_verify,
  add constraint improvement_action_status check (status in ('unreported', 'not_started', 'in_progress', 'drop_asked', 'done',
    'verified', 'effective', 'ineffective', 'dropped')),
  add constraint improvement_action_verify check (verify_by is not null or status not in ('done', 'drop_asked'));
create function guard_improvement_drop() returns trigger language plpgsql as $$
begin
  if new.status = 'dropped' and old.status <> 'dropped' and new.finding_id is not null
      and not exists (select 1 from improvement_entry e
        where e.action_id = new.id and e.kind = 'verification' and e.status = 'dropped') then
    raise exception 'nobody gives up an action of a plan alone' using errcode = 'CZ001';
  end if;
  return new;
end $$;
create trigger improvement_action_drop before update on improvement_action for each row execute function guard_improvement_drop();
`

const unanswered = sql`
insert into follow_up (id, entity_id, kind, object_id, code, duty, position_id, due_on)
select gen_random_uuid(), f.entity_id, 'plan_actions', f.id, f.code, p.duty, p.id, app_today() + 14
from finding f join position p on p.id = f.owner_position
where f.status = 'in_plan' and not exists (select from improvement_action a
    where a.finding_id = f.id and a.round = f.round and a.status <> 'dropped')
  and not exists (select from follow_up u where u.object_id = f.id and u.kind = 'plan_actions' and u.status = 'open');
`
