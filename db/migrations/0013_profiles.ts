import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Profile, drift and freshness of a source (E2): how often it is renewed, what changed in the columns of a file that
 * nobody has confirmed yet, and each time a personal column was looked at.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sources.execute(db)
  await tasks.execute(db)
  await reveals.execute(db)
}

/** `drift`: [{kind, column, ...}], names of columns and types only, never a cell (domain/drift.ts). */
const sources = sql`
alter table source add column periodicity text
  check (periodicity in ('mensual', 'trimestral', 'semestral', 'anual'));
alter table source_import add column drift jsonb check (jsonb_typeof(drift) = 'array');
`

/** The web opens and ends one kind of line by itself: that of columns to confirm. */
const tasks = sql`
alter table task drop constraint task_kind_check;
alter table task add constraint task_kind_check
  check (kind in ('elaborate', 'review', 'approve', 'consent', 'decide_reopening', 'confirm_columns'));
grant insert, update (status, ended_at) on task to caracteriza_web;
create policy web_adds on task as restrictive for insert to caracteriza_web with check (kind = 'confirm_columns');
create function web_ends_only_columns() returns trigger language plpgsql as $$
begin
  if current_user = 'caracteriza_web' and old.kind <> 'confirm_columns'
     and (new.status, new.ended_at) is distinct from (old.status, old.ended_at) then
    raise exception 'only lines of columns are ended here' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger task_web_ends before update of status, ended_at on task for each row execute function web_ends_only_columns();
`

/** The reason is a person's text; the event holds its hash. What was seen is kept nowhere. */
const reveals = sql`
create table column_reveal (
  id uuid primary key,
  entity_id uuid not null references entity,
  source_id uuid not null references source,
  import_id uuid not null references source_import,
  column_name text not null,
  purpose_code text not null,
  reason text not null,
  revealed_by uuid not null references person,
  revealed_position uuid not null references position,
  revealed_at timestamptz not null default app_now()
);
create index column_reveal_source on column_reveal (source_id, revealed_at);
${secured('column_reveal')}
create policy web_reveals on column_reveal as restrictive for insert to caracteriza_web with check (revealed_by = app_person());
grant select on column_reveal to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on column_reveal to caracteriza_web;
`
