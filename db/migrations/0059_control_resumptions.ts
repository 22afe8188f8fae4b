import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/** A pause of a control that ends before its last day: from which day, why and who says so. Never updated; the earliest counts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table control_resumption (
  id uuid primary key,
  entity_id uuid not null references entity,
  pause_id uuid not null references control_pause,
  resumes_on date not null,
  reason text not null check (btrim(reason) <> ''),
  resumed_by uuid not null references person,
  resumed_position uuid not null references position,
  resumed_at timestamptz not null default app_now(),
  unique (pause_id, resumes_on)
);
${secured('control_resumption')}
create policy web_resumes on control_resumption as restrictive for insert to caracteriza_web
  with check (resumed_by = app_person());
grant select on control_resumption to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on control_resumption to caracteriza_web;
`.execute(db)
}
