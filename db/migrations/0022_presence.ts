import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Who has a step, or a section of the report, open now (A7). A row ends by itself at `ends_at` and says nothing of the
 * past: it is no event, no history, and a server that starts anew has none (unlogged).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create unlogged table presence (
  step_id uuid not null references step,
  section text not null,
  person_id uuid not null references person,
  position_id uuid not null references position,
  entity_id uuid not null references entity,
  opened_at timestamptz not null default app_now(),
  saved_at timestamptz,
  ends_at timestamptz not null,
  primary key (step_id, section, person_id)
);
${secured('presence')}
create policy web_appears on presence as restrictive for insert to caracteriza_web with check (person_id = app_person());
create policy web_stays on presence as restrictive for update to caracteriza_web using (true)
  with check (person_id = app_person());
grant select, insert, update, delete on presence to caracteriza_web;
`.execute(db)
}
