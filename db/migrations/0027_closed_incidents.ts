import { type Kysely, sql } from 'kysely'

/** Incidents are closed by whoever administers, with a note of what was done; a closed one never changes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
alter table incident add column closed_by uuid references person, add column closed_position uuid references position,
  add column closing_note text,
  add check ((closed_at is null) = (closed_by is null) and (closed_at is null) = (closed_position is null)
    and (closed_at is null) = (closing_note is null));
create index incident_entity on incident (entity_id, opened_at desc, id desc);
grant update (closed_at, closed_by, closed_position, closing_note) on incident to caracteriza_web;
create policy web_closes on incident as restrictive for update to caracteriza_web using (closed_at is null)
  with check (closed_by = app_person());
`.execute(db)
}
