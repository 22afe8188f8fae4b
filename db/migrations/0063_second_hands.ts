import { type Kysely, sql } from 'kysely'

/**
 * What one person may not do alone. A version of a methodology is put to use by somebody who had no hand in publishing it, whatever
 * writes the row; and that a risk is accepted is a signature, never a decision of whoever keeps it (rows before this stay as they are).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create function guard_methodology_choice() returns trigger language plpgsql as $$
declare choosers uuid[] := array_remove(array[new.chosen_by, new.acting_for], null);
begin
  if exists (select from methodology_version v where v.entity_id = new.entity_id and v.code = new.methodology
      and v.n = new.methodology_n and array[v.published_by, v.acting_for] && choosers) then
    raise exception 'nobody chooses the methodology they published' using errcode = 'CZ001';
  end if;
  return new;
end $$;
create trigger methodology_choice_hands before insert on methodology_choice
  for each row execute function guard_methodology_choice();
alter table risk_treatment add constraint risk_treatment_decided check (option <> 'accept') not valid;
`.execute(db)
}
