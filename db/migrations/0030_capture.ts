import { type Kysely, sql } from 'kysely'

/**
 * Capture of citizens' data by delegates (Cali, circular 4173.010.22.2.1020.000150, R1–R11; Ley 1581 de 2012): who may is
 * judged by the database itself from the delegated accesses in force, and what identifies a citizen is only ever ciphertext.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await inForce.execute(db)
  await citizens.execute(db)
  await records.execute(db)
  await consents.execute(db)
  await outcomes.execute(db)
  await drafts.execute(db)
  await fetches.execute(db)
  await policies.execute(db)
  await privileges.execute(db)
}

/**
 * The delegated accesses that let a person in today, judged from the record and never by a job having run (C2): granted,
 * within their days, the person at work with an open account, the point open. `isInForce` and `isEligible` say the same.
 * `app_scopes()`: what the acting person may enter and read, as `punto:formato:vigencia`.
 */
const inForce = sql`
create function grants_in_force(holder uuid) returns setof access_grant language sql stable as $$
  select g.* from access_grant g
  where g.grantee_id = holder and g.status = 'granted' and app_today() between g.starts_on and g.ends_on
    and exists (select from account a where a.person_id = g.grantee_id and a.disabled_at is null)
    and exists (select from tenure t join position pos on pos.id = t.position_id join person p on p.id = t.person_id
      where t.person_id = g.grantee_id and t.from_date <= app_today() and (t.to_date is null or t.to_date >= app_today())
        and (pos.ended_on is null or pos.ended_on >= app_today()) and (p.ended_on is null or p.ended_on >= app_today()))
    and exists (select from service_point s where s.id = g.point_id and (s.ended_on is null or s.ended_on >= app_today()))
$$;
create function scope_of(point uuid, form text, vigencia integer) returns text language sql immutable as $$
  select point::text || ':' || form || ':' || vigencia::text
$$;
create function app_scopes() returns text[] language sql stable as $$
  select coalesce(array_agg(scope_of(g.point_id, g.form, g.vigencia)), '{}') from grants_in_force(app_person()) g
$$;
`

/**
 * A citizen is an id, the keyed hash of the document (null where the person has none or did not say) and a key of their
 * own, wrapped by the installation's secret. A destroyed key never returns; whoever comes again later is another citizen.
 */
const citizens = sql`
create table citizen (
  id uuid primary key,
  entity_id uuid not null references entity,
  lookup_hash bytea check (octet_length(lookup_hash) = 32),
  key_state text not null default 'never' check (key_state in ('never', 'active', 'destroyed')),
  wrapped_key bytea,
  master_key_id text,
  added_at timestamptz not null default app_now(),
  destroyed_at timestamptz,
  check ((key_state = 'active') = (wrapped_key is not null) and (wrapped_key is null) = (master_key_id is null)),
  check ((key_state = 'destroyed') = (destroyed_at is not null))
);
create unique index citizen_lookup on citizen (entity_id, lookup_hash) where key_state <> 'destroyed';
create function guard_citizen_key() returns trigger language plpgsql as $$
begin
  if (old.key_state, new.key_state) not in (('never', 'active'), ('never', 'destroyed'), ('active', 'destroyed'))
    and (old.key_state <> new.key_state or old.wrapped_key is distinct from new.wrapped_key
      or old.lookup_hash is distinct from new.lookup_hash) then
    raise exception 'the key of a citizen does not change' using errcode = 'CZ003';
  end if;
  return new;
end $$;
create trigger citizen_key_guard before update on citizen for each row execute function guard_citizen_key();
`

/**
 * A record is who captured what kind of form at which point; what the citizen said stands in its versions, sealed. One
 * record by citizen, point, form and vigencia.
 */
const records = sql`
create table capture_record (
  id uuid primary key,
  entity_id uuid not null references entity,
  code text not null,
  citizen_id uuid not null references citizen,
  point_id uuid not null references service_point,
  form text not null check (form in ('F004', 'F006')),
  form_version integer not null,
  vigencia integer not null,
  scope text not null generated always as (scope_of(point_id, form, vigencia)) stored,
  grant_id uuid not null references access_grant,
  mode text not null check (mode in ('online', 'paper')),
  paper_code text,
  paper_version text,
  paper_on date,
  network text not null check (network in ('remi', 'vpn', 'other')),
  network_basis text not null check (network_basis in ('address', 'declared')),
  captured_by uuid not null references person,
  captured_position uuid not null references position,
  captured_at timestamptz not null default app_now(),
  rev integer not null default 1 check (rev > 0),
  unique (entity_id, code),
  unique (citizen_id, point_id, form, vigencia),
  check ((mode = 'paper') = (paper_code is not null and paper_version is not null and paper_on is not null))
);
create index capture_record_page on capture_record (scope, captured_at desc, id desc);
create index capture_record_vigencia on capture_record (entity_id, form, vigencia, id);
create table capture_version (
  record_id uuid not null references capture_record,
  rev integer not null check (rev > 0),
  entity_id uuid not null references entity,
  form_version integer not null,
  sealed bytea not null,
  written_by uuid not null references person,
  written_position uuid not null references position,
  written_at timestamptz not null default app_now(),
  primary key (record_id, rev)
);
`

/** What the citizen answered to each purpose before anything was asked, with the text as it was read out (Ley 1581 de 2012, art. 9). */
const consents = sql`
create table consent (
  id uuid primary key,
  entity_id uuid not null references entity,
  record_id uuid not null references capture_record,
  citizen_id uuid not null references citizen,
  purpose text not null check (purpose ~ '^[a-z_]{3,40}$'),
  given boolean not null,
  text_version integer not null,
  text_hash text not null check (text_hash ~ '^[0-9a-f]{64}$'),
  channel text not null check (channel in ('oral', 'written')),
  person_id uuid not null references person,
  position_id uuid not null references position,
  given_at timestamptz not null,
  withdrawn_at timestamptz,
  unique (record_id, purpose),
  check (withdrawn_at is null or given)
);
create index consent_citizen on consent (citizen_id);
`

/** Who was attended to at a point: captured or declined, and nothing about whom (E6, E10). */
const outcomes = sql`
create table capture_outcome (
  id uuid primary key,
  entity_id uuid not null references entity,
  point_id uuid not null references service_point,
  form text not null check (form in ('F004', 'F006')),
  vigencia integer not null,
  scope text not null generated always as (scope_of(point_id, form, vigencia)) stored,
  outcome text not null check (outcome in ('captured', 'declined')),
  person_id uuid not null references person,
  happened_on date not null default app_today()
);
create index capture_outcome_count on capture_outcome (entity_id, vigencia, point_id, happened_on, outcome);
create index capture_outcome_own on capture_outcome (person_id, happened_on);
`

/** What is typed between the pages of a form: sealed, of one person, thrown away after a day and when the access ends. */
const drafts = sql`
create table capture_draft (
  id uuid primary key,
  entity_id uuid not null references entity,
  person_id uuid not null references person,
  grant_id uuid not null references access_grant,
  point_id uuid not null references service_point,
  form text not null check (form in ('F004', 'F006')),
  form_version integer not null,
  vigencia integer not null,
  scope text not null generated always as (scope_of(point_id, form, vigencia)) stored,
  record_id uuid references capture_record,
  rev integer not null default 1,
  sealed bytea not null,
  begun_at timestamptz not null default app_now(),
  saved_at timestamptz not null default app_now()
);
create index capture_draft_person on capture_draft (person_id, saved_at desc);
create index capture_draft_grant on capture_draft (grant_id);
create function drop_capture_drafts() returns trigger language plpgsql as $$
begin
  delete from capture_draft d where d.grant_id = new.id;
  return new;
end $$;
create trigger access_grant_drafts after update of status on access_grant
  for each row when (old.status = 'granted' and new.status <> 'granted') execute function drop_capture_drafts();
`

/** A source brings its data through a connection, or from the records captured of one form in one vigencia. */
const fetches = sql`
alter table source_fetch alter column connection_id drop not null,
  add column captured_form text check (captured_form in ('F004', 'F006')),
  add column captured_vigencia integer,
  add constraint source_fetch_from check (num_nonnulls(connection_id, captured_form) = 1),
  add constraint source_fetch_captured check ((captured_form is null) = (captured_vigencia is null)
    and (captured_form is null or table_schema is null));
`

/**
 * As every table of an entity (0003_security.ts), but for the web: a delegate has the rows of an access in force and no
 * other, whatever a query forgets (E9). The array is worked out once for each query.
 */
const policies = sql`
do $$
declare t text;
begin
  foreach t in array array['citizen', 'capture_record', 'capture_version', 'consent', 'capture_outcome', 'capture_draft'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy worker_reads on %I for select to caracteriza_worker using (true)', t);
    execute format('create policy worker_writes on %I for all to caracteriza_worker using (entity_id = app_entity()) with check (entity_id = app_entity())', t);
    execute format('create policy sealer on %I for select to caracteriza_sealer using (true)', t);
    execute format('create policy auditor on %I for select to caracteriza_auditor using (entity_id = app_entity())', t);
    execute format('create policy owner on %I for all to caracteriza_owner using (true) with check (true)', t);
  end loop;
end $$;
create policy delegate on citizen for all to caracteriza_web
  using (entity_id = app_entity() and (select cardinality(app_scopes())) > 0)
  with check (entity_id = app_entity() and (select cardinality(app_scopes())) > 0);
create policy delegate_reads on capture_record for select to caracteriza_web
  using (entity_id = app_entity() and scope = any ((select app_scopes())::text[]));
create policy delegate_captures on capture_record for insert to caracteriza_web
  with check (entity_id = app_entity() and scope = any ((select app_scopes())::text[]) and captured_by = app_person());
create policy delegate_corrects on capture_record for update to caracteriza_web
  using (entity_id = app_entity() and scope = any ((select app_scopes())::text[]))
  with check (entity_id = app_entity() and scope = any ((select app_scopes())::text[]));
create policy delegate on capture_version for all to caracteriza_web
  using (entity_id = app_entity() and exists (select from capture_record r where r.id = record_id))
  with check (entity_id = app_entity() and exists (select from capture_record r where r.id = record_id)
    and written_by = app_person());
create policy delegate on consent for all to caracteriza_web
  using (entity_id = app_entity() and exists (select from capture_record r where r.id = record_id))
  with check (entity_id = app_entity() and exists (select from capture_record r where r.id = record_id)
    and person_id = app_person());
create policy counts on capture_outcome for select to caracteriza_web using (entity_id = app_entity());
create policy delegate_counts on capture_outcome for insert to caracteriza_web
  with check (entity_id = app_entity() and scope = any ((select app_scopes())::text[]) and person_id = app_person());
create policy own on capture_draft for all to caracteriza_web
  using (entity_id = app_entity() and person_id = app_person() and scope = any ((select app_scopes())::text[])
    and saved_at > app_now() - interval '1 day')
  with check (entity_id = app_entity() and person_id = app_person() and scope = any ((select app_scopes())::text[]));
`

const privileges = sql`
grant select on citizen, capture_record, capture_version, consent, capture_outcome, capture_draft
  to caracteriza_web, caracteriza_worker;
grant insert on citizen, capture_record, capture_version, consent, capture_outcome, capture_draft to caracteriza_web;
grant update (key_state, wrapped_key, master_key_id) on citizen to caracteriza_web;
grant update (rev, form_version, citizen_id) on capture_record to caracteriza_web;
grant update (sealed) on capture_version to caracteriza_web;
grant update (citizen_id) on consent to caracteriza_web;
grant update (rev, sealed, saved_at) on capture_draft to caracteriza_web;
grant delete on capture_draft to caracteriza_web, caracteriza_worker;
grant update (key_state, wrapped_key, master_key_id, destroyed_at) on citizen to caracteriza_worker;
grant select on capture_record, consent, capture_outcome to caracteriza_auditor;
grant update (withdrawn_at) on consent to caracteriza_web, caracteriza_worker;
grant insert (captured_form, captured_vigencia) on source_fetch to caracteriza_web;
`
