import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * "¿De dónde sale?" (N6): every printed table and figure carries a code, and behind it stands exactly what was printed,
 * so that anyone can have it counted again. A code of a report is final; those of a release follow its draft.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await table.execute(db)
  await policies.execute(db)
  await privileges.execute(db)
  await publicAccess.execute(db)
}

const table = sql`
create table figure_code (
  id uuid primary key,
  entity_id uuid not null references entity,
  document_id uuid not null references document,
  release_id uuid references release on delete cascade,
  code text not null unique check (code ~ '^[2-9A-HJ-NP-Z]{12}$'),
  place text not null,
  title text not null,
  source_name text not null,
  chart text not null,
  base text,
  printed jsonb not null,
  made_at timestamptz not null default app_now(),
  unique nulls not distinct (document_id, release_id, place)
);
create index figure_code_release on figure_code (release_id);
create function guard_figure_code() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' or (tg_op = 'DELETE' and old.release_id is null)
     or exists (select 1 from release r where r.id = coalesce(new.release_id, old.release_id) and r.status <> 'draft') then
    raise exception 'what was printed never changes';
  end if;
  return coalesce(new, old);
end $$;
create trigger figure_code_guard before insert or update or delete on figure_code
  for each row execute function guard_figure_code();
`

/** The web prints drafts of releases, the worker issued reports. */
const policies = sql`
${secured('figure_code')}
create policy web_prints on figure_code as restrictive for insert to caracteriza_web with check (release_id is not null);
create policy worker_prints on figure_code as restrictive for insert to caracteriza_worker with check (release_id is null);
`

const privileges = sql`
grant select, insert, delete on figure_code to caracteriza_web;
grant select, insert on figure_code to caracteriza_worker;
`

/** By its code alone, and never from a release that is not public; with it, the document it was approved in. */
const publicAccess = sql`
grant select on figure_code to caracteriza_public;
create policy public_reads on figure_code for select to caracteriza_public
  using (code = nullif(current_setting('app.code', true), '')
    and (release_id is null or exists (select 1 from release r where r.id = release_id)));
alter policy public_reads on document
  using (code = nullif(current_setting('app.code', true), '')
    or signers @> jsonb_build_array(jsonb_build_object('receiptCode', nullif(current_setting('app.receipt', true), '')))
    or exists (select 1 from figure_code f where f.document_id = document.id));
`
