import { type Kysely, sql } from 'kysely'

/**
 * What an entity calls each function, read with whoever comes at every request: in PL/pgSQL, which keeps the plan of its
 * statement for the connection, as planning it anew costs more than answering it. `any_office`: functions that many offices
 * have, which are called by the name of none.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create function duty_names(of_entity uuid, any_office text[]) returns json language plpgsql stable as $$
begin
  return (select coalesce(json_object_agg(called.duty, called.name), '{}') from (
    select p.duty, min(p.name) as name from position p
    where p.entity_id = of_entity and (p.ended_on is null or p.ended_on >= app_today()) and not p.duty = any(any_office)
    group by p.duty having count(distinct p.name) = 1) called);
end $$;
`.execute(db)
}
