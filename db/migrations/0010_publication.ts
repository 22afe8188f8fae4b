import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/** Publication depth (H2, H5, H10): a release may wait for its hour, and a published one is corrected by two signatures. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await scheduling.execute(db)
  await guards.execute(db)
  await corrections.execute(db)
  await correctionGuards.execute(db)
  await policies.execute(db)
  await privileges.execute(db)
}

/** `approved_at`: the worker has found the release signed; from then on only its hour and its state move. */
const scheduling = sql`
alter table release
  add column corrects_id uuid references release,
  add column publish_at timestamptz,
  add column approved_at timestamptz,
  add column signal_wanted boolean not null default false;
alter table release drop constraint release_status_check, drop constraint release_check;
alter table release
  add constraint release_status_check check (status in ('draft', 'scheduled', 'published', 'corrected', 'withdrawn')),
  add constraint release_check check (status = 'draft' or step_version_id is not null or corrects_id is not null),
  add constraint release_hour_check check (status <> 'scheduled' or (publish_at is not null and approved_at is not null));
drop index release_draft;
create unique index release_draft on release (cycle_id) where status in ('draft', 'scheduled') and corrects_id is null;
create unique index release_correction on release (corrects_id) where status in ('draft', 'scheduled');
create index release_signal on release (id) where signal_wanted;
create index release_public on release (published_at desc, id) where status in ('published', 'corrected', 'withdrawn');
alter table release_file drop constraint release_file_kind_check;
alter table release_file add constraint release_file_kind_check
  check (kind in ('csv', 'json', 'parquet', 'xlsx', 'dictionary', 'pdf', 'docx', 'html'));
alter policy web_drafts on release with check (status = 'draft' and approved_at is null);
alter policy web_changes on release with check (status in ('draft', 'scheduled', 'withdrawn'));
`

const guards = sql`
create or replace function guard_release() returns trigger language plpgsql as $$
begin
  if old.status in ('draft', 'scheduled') then
    if tg_op = 'DELETE' then
      if old.approved_at is not null then raise exception 'an approved release is never deleted'; end if;
      return old;
    end if;
    if new.status not in ('draft', 'scheduled', 'published') then raise exception 'a draft is published or stays one'; end if;
    if current_user = 'caracteriza_web' and new.approved_at is distinct from old.approved_at then
      raise exception 'only the worker finds a release approved';
    end if;
    if old.approved_at is not null and to_jsonb(new) - array['status', 'publish_at', 'signal_wanted', 'published_at']
       is distinct from to_jsonb(old) - array['status', 'publish_at', 'signal_wanted', 'published_at'] then
      raise exception 'an approved release is never rewritten';
    end if;
    return new;
  end if;
  if tg_op = 'DELETE' then raise exception 'a published release is never deleted'; end if;
  if to_jsonb(new) - array['status', 'withdrawn_at', 'withdrawn_reason', 'signal_wanted']
     is distinct from to_jsonb(old) - array['status', 'withdrawn_at', 'withdrawn_reason', 'signal_wanted']
     or not (old.status = new.status or new.status = 'withdrawn' or (old.status, new.status) = ('published', 'corrected'))
     or old.status = 'withdrawn' then
    raise exception 'a published release is never rewritten';
  end if;
  return new;
end $$;
create or replace function guard_release_file() returns trigger language plpgsql as $$
begin
  if exists (select 1 from release r where r.id = coalesce(new.release_id, old.release_id)
      and (r.status <> 'draft' or r.approved_at is not null)) then
    raise exception 'files of a published release never change';
  end if;
  return coalesce(new, old);
end $$;
create or replace function guard_figure_code() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' or (tg_op = 'DELETE' and old.release_id is null)
     or exists (select 1 from release r where r.id = coalesce(new.release_id, old.release_id)
       and (r.status <> 'draft' or r.approved_at is not null)) then
    raise exception 'what was printed never changes';
  end if;
  return coalesce(new, old);
end $$;
`

/** A correction is prepared beside the release it corrects, which stays public; a round ends with a return. */
const corrections = sql`
create table correction (
  id uuid primary key,
  entity_id uuid not null references entity,
  cycle_id uuid not null references cycle,
  corrects_id uuid not null references release,
  release_id uuid references release on delete set null,
  reason text not null,
  answers jsonb not null,
  status text not null check (status in ('preparing', 'submitted', 'approved', 'published', 'discarded')) default 'preparing',
  round integer not null default 1,
  authors uuid[] not null check (cardinality(authors) > 0),
  started_at timestamptz not null default app_now(),
  submitted_at timestamptz,
  settled_at timestamptz,
  start_wanted boolean not null default false
);
create unique index correction_open on correction (corrects_id) where status in ('preparing', 'submitted', 'approved');
create unique index correction_release on correction (release_id) where release_id is not null;
create index correction_start on correction (id) where start_wanted;
create table correction_signature (
  id uuid primary key,
  entity_id uuid not null references entity,
  correction_id uuid not null references correction,
  round integer not null,
  person_id uuid not null references person,
  position_id uuid not null references position,
  duty text not null,
  person_name text not null,
  position_name text not null,
  verdict text not null check (verdict in ('approve', 'return')),
  release_hash text not null,
  statement text not null,
  observation text,
  proved_at timestamptz not null,
  signed_at timestamptz not null default app_now(),
  unique (correction_id, round, person_id)
);
`

/** The two duties never meet (model.md §4): whoever once prepared a correction signs it in no round, whatever the application says. */
const correctionGuards = sql`
create function guard_correction_signature() returns trigger language plpgsql as $$
declare c correction;
begin
  select * into c from correction where id = new.correction_id;
  if new.person_id = any(c.authors) then
    raise exception 'nobody approves what they prepared' using errcode = 'CZ001';
  end if;
  if c.status <> 'submitted' or c.round <> new.round then raise exception 'that round is not open'; end if;
  return new;
end $$;
create function guard_correction() returns trigger language plpgsql as $$
begin
  if not old.authors <@ new.authors then raise exception 'who prepared a correction stays on record'; end if;
  return new;
end $$;
create trigger correction_guard before update of authors on correction
  for each row execute function guard_correction();
create trigger correction_signature_guard before insert on correction_signature
  for each row execute function guard_correction_signature();
`

const policies = sql`
${secured('correction')}
${secured('correction_signature')}
create policy web_changes on correction as restrictive for update to caracteriza_web
  using (true) with check (status <> 'published');
create policy web_signs on correction_signature as restrictive for insert to caracteriza_web
  with check (person_id = app_person());
`

const privileges = sql`
grant select on correction, correction_signature to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on correction to caracteriza_web;
grant update (release_id, reason, answers, authors, status, round, submitted_at, settled_at, start_wanted) on correction
  to caracteriza_web;
grant insert on correction_signature to caracteriza_web;
grant update (status, start_wanted) on correction to caracteriza_worker;
`
