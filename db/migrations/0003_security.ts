import { type Kysely, sql } from 'kysely'

/**
 * Row-level security, forced, on every table of an entity, and the privileges of each role (model.md §1, promises G10).
 * Roles exist already: `db/roles.ts` makes them before the migrations run.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await policies.execute(db)
  await privileges.execute(db)
  await publicPolicies.execute(db)
  await releaseGuards.execute(db)
  await ownViews.execute(db)
}

/** `nullif(…, '')`: after COMMIT a pooled connection holds the empty string, not NULL (promises §1). */
const policies = sql`
create function app_entity() returns uuid language sql stable as $$
  select nullif(current_setting('app.entity', true), '')::uuid
$$;
create function app_person() returns uuid language sql stable as $$
  select nullif(current_setting('app.person', true), '')::uuid
$$;
do $$
declare t text; key text;
begin
  for t, key in
    select c.table_name, c.column_name from information_schema.columns c
    join information_schema.tables b using (table_schema, table_name)
    where c.table_schema = 'public' and b.table_type = 'BASE TABLE' and c.column_name = 'entity_id'
      and c.table_name not in ('account', 'session')
    union all select 'entity', 'id'
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy web on %I for all to caracteriza_web using (%I = app_entity()) with check (%I = app_entity())', t, key, key);
    execute format('create policy worker_reads on %I for select to caracteriza_worker using (true)', t);
    execute format('create policy worker_writes on %I for all to caracteriza_worker using (%I = app_entity()) with check (%I = app_entity())', t, key, key);
    execute format('create policy sealer on %I for select to caracteriza_sealer using (true)', t);
    execute format('create policy auditor on %I for select to caracteriza_auditor using (%I = app_entity())', t, key);
    execute format('create policy owner on %I for all to caracteriza_owner using (true) with check (true)', t);
  end loop;
end $$;
`

/**
 * Web writes drafts, acts, refusals, claims, administration and sessions; only the worker writes what an act decides.
 * Nobody but the owner updates, deletes or truncates events, versions and signatures.
 */
const privileges = sql`
grant usage on schema public to caracteriza_web, caracteriza_worker, caracteriza_sealer, caracteriza_public, caracteriza_auditor, caracteriza_session;
grant select on entity, agency, service_point, position, person, tenure, calendar_day, procedure_version, cycle, step,
  attempt, attempt_author, step_draft, step_version, attachment, comment, act, observation, reopening, signature, task,
  term, notice, mail, source, source_import, snapshot, document, dataset, release, release_file, event, incident,
  setting, setup_link to caracteriza_web, caracteriza_worker;
grant insert on event, act, observation, step_version, attachment, comment, attempt_author, step_draft, source,
  source_import, entity, agency, service_point, position, person, tenure, calendar_day, procedure_version,
  cycle, mail, term, notice, setting to caracteriza_web;
grant update (status, reason_code, sent_at, settled_at) on act to caracteriza_web;
grant update (refresh_wanted) on cycle to caracteriza_web;
grant update on step_draft, source, source_import, entity, agency, service_point, position, person, tenure,
  setting to caracteriza_web;
grant update (removed_at, removed_by) on attachment to caracteriza_web;
grant update (claimed_by, claimed_at) on task to caracteriza_web;
grant update (due_at) on task to caracteriza_web;
grant update (status, replaced_by, ended_at) on term to caracteriza_web;
grant update (status, settled_at) on notice to caracteriza_web;
grant update (used_at) on setup_link to caracteriza_web;
grant delete on calendar_day to caracteriza_web;

grant insert on event, cycle, step, attempt, attempt_author, step_draft, reopening, signature, task, term, notice, mail,
  snapshot, document, dataset, release, release_file, incident, observation, act to caracteriza_worker;
grant update on cycle, step, attempt, step_draft, reopening, task, term, notice, mail, act, source, source_import,
  release, incident to caracteriza_worker;

grant select on event to caracteriza_sealer;
grant select on entity, event, cycle, step, attempt, step_version, act, signature, task, term, notice, position, agency,
  release, release_file, document, reopening to caracteriza_auditor;
`

/** What anyone may read without signing in: published releases, and one document by the code printed on it. */
const publicPolicies = sql`
grant select (id, name, short_name, divipola, slogan, shield_hash) on entity to caracteriza_public;
grant select on dataset, release, release_file, document to caracteriza_public;
grant select (id, entity_id, vigencia, name, status, started_at, closed_at) on cycle to caracteriza_public;
grant select (id, entity_id, cycle_id, code, status, approved_at) on step to caracteriza_public;
create policy public_reads on entity for select to caracteriza_public using (true);
create policy public_reads on cycle for select to caracteriza_public using (status in ('active', 'closed'));
create policy public_reads on step for select to caracteriza_public using (true);
create policy public_reads on release for select to caracteriza_public using (status in ('published', 'corrected', 'withdrawn'));
create policy public_reads on release_file for select to caracteriza_public
  using (exists (select 1 from release r where r.id = release_id and r.status in ('published', 'corrected')));
create policy public_reads on dataset for select to caracteriza_public
  using (exists (select 1 from release r where r.dataset_id = dataset.id and r.status in ('published', 'corrected', 'withdrawn')));
create policy public_reads on document for select to caracteriza_public
  using (code = nullif(current_setting('app.code', true), ''));
`

/**
 * Web prepares drafts and withdraws; only the worker publishes. Whoever it is, what was published is never rewritten:
 * afterwards a release can only be corrected by a later one or withdrawn, and its files stay as they are.
 */
const releaseGuards = sql`
grant insert, update, delete on release, release_file, dataset to caracteriza_web;
grant update (title) on dataset to caracteriza_worker;
create policy web_drafts on release as restrictive for insert to caracteriza_web with check (status = 'draft');
create policy web_changes on release as restrictive for update to caracteriza_web
  using (true) with check (status in ('draft', 'withdrawn'));
create function guard_release() returns trigger language plpgsql as $$
begin
  if old.status = 'draft' then
    if tg_op = 'DELETE' then return old; end if;
    if new.status not in ('draft', 'published') then raise exception 'a draft is published or stays one'; end if;
    return new;
  end if;
  if tg_op = 'DELETE' then raise exception 'a published release is never deleted'; end if;
  if to_jsonb(new) - array['status', 'withdrawn_at', 'withdrawn_reason']
     is distinct from to_jsonb(old) - array['status', 'withdrawn_at', 'withdrawn_reason']
     or not (old.status = new.status or new.status = 'withdrawn' or (old.status, new.status) = ('published', 'corrected'))
     or old.status = 'withdrawn' then
    raise exception 'a published release is never rewritten';
  end if;
  return new;
end $$;
create trigger release_guard before update or delete on release for each row execute function guard_release();
create function guard_release_file() returns trigger language plpgsql as $$
begin
  if (select r.status from release r where r.id = coalesce(new.release_id, old.release_id)) <> 'draft' then
    raise exception 'files of a published release never change';
  end if;
  return coalesce(new, old);
end $$;
create trigger release_file_guard before insert or update or delete on release_file
  for each row execute function guard_release_file();
`

/** A saved view is changed by whoever saved it, and seen by others only once it is shared; a default is everybody's own. */
const ownViews = sql`
grant select, insert, delete on saved_view, default_view to caracteriza_web;
grant update (shared_with) on saved_view to caracteriza_web;
grant update (view_id) on default_view to caracteriza_web;
create policy web_reads on saved_view as restrictive for select to caracteriza_web
  using (person_id = app_person() or shared_with is not null);
create policy web_adds on saved_view as restrictive for insert to caracteriza_web with check (person_id = app_person());
create policy web_changes on saved_view as restrictive for update to caracteriza_web using (person_id = app_person());
create policy web_deletes on saved_view as restrictive for delete to caracteriza_web using (person_id = app_person());
create policy web_own on default_view as restrictive for all to caracteriza_web
  using (person_id = app_person()) with check (person_id = app_person());
`
