import { type Kysely, sql } from 'kysely'

/**
 * Words that somebody proposed and that stand in the report are their work too (model.md §4): as natural person they do
 * not approve step 6, in whatever position. They may review it: reviewing is when others propose (decision 0025).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
grant select on section_proposal to caracteriza_worker;
create function forbid_own_words() returns trigger language plpgsql as $$
declare hands uuid[] := array_remove(array[new.person_id, new.acting_for], null);
begin
  if new.role in ('approver', 'consent') and new.verdict = 'approve' and exists (
    select 1 from section_proposal p join step on step.cycle_id = p.cycle_id and step.code = '6'
      where step.id = new.step_id and p.status = 'accepted' and p.person_id = any(hands)) then
    raise exception 'own_work' using errcode = 'CZ001';
  end if;
  return new;
end $$;
create trigger signature_own_words before insert on signature for each row execute function forbid_own_words();
`.execute(db)
}
