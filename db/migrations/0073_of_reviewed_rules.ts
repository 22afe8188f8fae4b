import { type Kysely, sql } from 'kysely'
import { workingDayFrom } from '../../domain/calendar.ts'
import type { Trx } from '../client.ts'
import { entityCalendar } from '../terms.ts'

/**
 * What follows where rules that stand changed: what automatic controls show of a risk follows where it is rated; an action of a plan
 * is given up by the word of somebody who never reported on it; giving one up is told by mail and asked of nobody; what was asked by a
 * day that nobody works is asked by the next one that people work; and of a step of the past only its own events say how it stood.
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

delete from fact_version v using event e
  where v.fact = 'step' and e.cycle_id = v.about_id and e.at = v.recorded_at and e.xid = v.xid and e.step_code = v.body ->> 'code'
    and e.changes @? '$[*] ? (@.field == "status")' and not (e.type like 'step.%' or e.type like 'reopening.%' or e.type = 'cycle.cancelled');
alter policy public_reads on log_leaf using (
  n < (select d.size from log_day d where d.entity_id = log_leaf.entity_id order by d.first desc limit 1));
`.execute(db)
  await moveReviews(db as unknown as Trx)
}

async function moveReviews(trx: Trx): Promise<void> {
  const open = trx.selectFrom('follow_up').where('kind', '=', 'risk_review').where('status', '=', 'open')
  for (const { entity_id } of await open.select('entity_id').distinct().execute()) {
    const calendar = await entityCalendar(trx, entity_id)
    for (const { id, due_on: asked } of await open
      .select(['id', 'due_on'])
      .where('entity_id', '=', entity_id)
      .execute()) {
      const due_on = workingDayFrom(asked, calendar)
      if (due_on !== asked)
        await trx.updateTable('follow_up').set({ due_on, signal_wanted: true }).where('id', '=', id).execute()
    }
  }
}
