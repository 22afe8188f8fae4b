import { type Kysely, sql } from 'kysely'

/**
 * The record: people, procedure, cycles, acts, tasks, terms, notices, data, releases and events (model.md §1–§5).
 * Every table of an entity carries `entity_id`; 0003_security.ts puts row-level security and privileges on all of them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [clock, people, procedure, cycles, acts, inbox, data, releases, events, upkeep]) {
    await statement.execute(db)
  }
}

/** Twin of `appNow()`: `app.clock` can be set only where the test configuration allows it (model.md §6). */
const clock = sql`
create function app_now() returns timestamptz language sql stable as $$
  select case when current_setting('app.clock_offset', true) ~ '^-?[0-9]+$'
    then clock_timestamp() + (current_setting('app.clock_offset', true) || ' milliseconds')::interval
    else clock_timestamp() end
$$;
create function app_today() returns date language sql stable as $$
  select (app_now() at time zone 'America/Bogota')::date
$$;
`

const people = sql`
create table entity (
  id uuid primary key,
  name text not null,
  short_name text not null,
  divipola char(5) not null,
  nit text not null,
  slogan text,
  shield_hash text,
  minimum_cell integer not null default 5 check (minimum_cell >= 5),
  calendar_version integer not null default 1,
  created_at timestamptz not null default app_now()
);
create table agency (
  id uuid primary key,
  entity_id uuid not null references entity,
  parent_id uuid references agency,
  name text not null,
  code text,
  contact_email text,
  ended_on date,
  unique (entity_id, name)
);
create table service_point (
  id uuid primary key,
  entity_id uuid not null references entity,
  agency_id uuid not null references agency,
  name text not null,
  ended_on date
);
create table position (
  id uuid primary key,
  entity_id uuid not null references entity,
  agency_id uuid not null references agency,
  name text not null,
  duty text not null,
  heads_agency boolean not null default false,
  ended_on date,
  unique (entity_id, agency_id, name)
);
create table person (
  id uuid primary key,
  entity_id uuid not null references entity,
  display_name text not null,
  document_hash text not null,
  email text,
  ended_on date,
  unique (entity_id, document_hash)
);
create table tenure (
  id uuid primary key,
  entity_id uuid not null references entity,
  person_id uuid not null references person,
  position_id uuid not null references position,
  kind text not null check (kind in ('titular', 'encargado')),
  from_date date not null,
  to_date date,
  act_reference text not null,
  check (to_date is null or to_date >= from_date)
);
create index tenure_person on tenure (person_id);
create index tenure_position on tenure (position_id);
create table calendar_day (
  entity_id uuid not null references entity,
  day date not null,
  kind text not null check (kind in ('extra', 'removed')),
  name text not null,
  act_reference text not null,
  added_at timestamptz not null default app_now(),
  primary key (entity_id, day)
);
create table setup_link (
  token_hash text primary key,
  created_at timestamptz not null default app_now(),
  used_at timestamptz
);
`

const procedure = sql`
create table procedure_version (
  id uuid primary key,
  entity_id uuid not null references entity,
  procedure_code text not null,
  version integer not null,
  content jsonb not null,
  content_hash text not null,
  adopted_on date not null,
  act_reference text not null,
  unique (entity_id, procedure_code, version)
);
`

const cycles = sql`
create table cycle (
  id uuid primary key,
  entity_id uuid not null references entity,
  procedure_version_id uuid not null references procedure_version,
  vigencia integer not null,
  name text not null,
  radicado text not null,
  trd text not null,
  administrative_act text,
  status text not null check (status in ('requested', 'active', 'closed', 'cancelled', 'refused')),
  requested_by uuid not null references person,
  requested_at timestamptz not null default app_now(),
  started_at timestamptz,
  closed_at timestamptz,
  refresh_wanted boolean not null default false
);
-- A cycle that was refused before it began does not use its number up.
create unique index cycle_radicado on cycle (entity_id, radicado) where status <> 'refused';
create index cycle_refresh on cycle (id) where refresh_wanted;
create table step (
  id uuid primary key,
  entity_id uuid not null references entity,
  cycle_id uuid not null references cycle,
  code text not null check (code in ('1', '2', '3', '4', '5', '6', '7')),
  status text not null check (status in
    ('not_started', 'in_progress', 'in_review', 'in_approval', 'returned', 'approved', 'lapsed', 'cancelled')),
  attempt_n integer not null default 0,
  attempt_id uuid,
  version_id uuid,
  lapsed_by text,
  approved_at timestamptz,
  unique (cycle_id, code)
);
create table attempt (
  id uuid primary key,
  entity_id uuid not null references entity,
  cycle_id uuid not null references cycle,
  step_id uuid not null references step,
  n integer not null,
  form_version integer not null,
  opened_at timestamptz not null,
  ended_at timestamptz,
  unique (step_id, n)
);
create table attempt_author (
  entity_id uuid not null references entity,
  step_id uuid not null references step,
  attempt_id uuid not null references attempt,
  person_id uuid not null references person,
  position_id uuid not null references position,
  first_at timestamptz not null default app_now(),
  primary key (attempt_id, person_id)
);
create index attempt_author_step on attempt_author (step_id);
create index attempt_author_person on attempt_author (person_id, step_id);
create table step_draft (
  step_id uuid primary key references step,
  entity_id uuid not null references entity,
  rev integer not null default 0,
  answers jsonb not null default '{}',
  saved_at timestamptz not null default app_now(),
  saved_by uuid references person
);
create table step_version (
  id uuid primary key,
  entity_id uuid not null references entity,
  cycle_id uuid not null references cycle,
  step_id uuid not null references step,
  step_code text not null,
  attempt_id uuid not null references attempt,
  n integer not null,
  form_version integer not null,
  answers jsonb not null,
  canonical text not null,
  hash text not null,
  snapshot_html text not null,
  built_on jsonb not null,
  input_hashes jsonb not null,
  authors jsonb not null,
  frozen_at timestamptz not null default app_now(),
  frozen_by uuid not null references person,
  unique (step_id, n)
);
create table attachment (
  id uuid primary key,
  entity_id uuid not null references entity,
  cycle_id uuid not null references cycle,
  step_id uuid not null references step,
  sha256 text not null,
  name text not null,
  media_type text not null,
  bytes bigint not null,
  added_by uuid not null references person,
  added_at timestamptz not null default app_now(),
  removed_at timestamptz,
  removed_by uuid references person
);
create index attachment_step on attachment (step_id) where removed_at is null;
create table comment (
  id uuid primary key,
  entity_id uuid not null references entity,
  cycle_id uuid not null references cycle,
  step_id uuid not null references step,
  person_id uuid not null references person,
  position_id uuid not null references position,
  body text not null,
  written_at timestamptz not null default app_now()
);
create index comment_step on comment (step_id, written_at);
`

const acts = sql`
create table act (
  id uuid primary key,
  entity_id uuid not null references entity,
  cycle_id uuid not null references cycle,
  step_code text,
  kind text not null,
  object_type text not null check (object_type in ('cycle', 'step_version', 'reopening')),
  object_id uuid not null,
  signature_role text,
  person_id uuid not null references person,
  position_id uuid not null references position,
  duty text not null,
  acting_for uuid references person,
  k integer not null default 0,
  content_hash text,
  body_hash text not null,
  proved_at timestamptz,
  request_id text,
  status text not null check (status in ('stored', 'done', 'confirmed', 'refused')) default 'stored',
  reason_code text,
  receipt_code text not null,
  stored_at timestamptz not null default app_now(),
  sent_at timestamptz,
  settled_at timestamptz
);
create index act_unconfirmed on act (stored_at) where status in ('stored', 'done');
create index act_object on act (object_id, kind, person_id);
create index act_cycle on act (cycle_id, stored_at);
create index act_person on act (person_id, stored_at desc) where status in ('stored', 'refused');
create table observation (
  id uuid primary key,
  entity_id uuid not null references entity,
  act_id uuid not null references act,
  section text not null,
  body text not null
);
create index observation_act on observation (act_id);
create table reopening (
  id uuid primary key,
  entity_id uuid not null references entity,
  cycle_id uuid not null references cycle,
  step_code text not null,
  asked_act uuid not null references act,
  asked_by uuid not null references person,
  asked_at timestamptz not null default app_now(),
  decided_act uuid references act,
  outcome text check (outcome in ('reopened', 'declined', 'superseded'))
);
create unique index reopening_open on reopening (cycle_id, step_code) where outcome is null;
create table signature (
  id uuid primary key references act,
  entity_id uuid not null references entity,
  cycle_id uuid not null references cycle,
  step_id uuid not null references step,
  step_version_id uuid not null references step_version,
  role text not null check (role in ('author', 'reviewer', 'approver', 'consent')),
  verdict text not null check (verdict in ('submit', 'approve', 'return')),
  person_id uuid not null references person,
  position_id uuid not null references position,
  acting_for uuid references person,
  person_name text not null,
  position_name text not null,
  tenure_kind text not null,
  duty text not null,
  statement text not null,
  method text not null,
  content_hash text not null,
  reviewer_is_approver text not null check (reviewer_is_approver in ('block', 'warn', 'allow')),
  warning text,
  receipt_code text not null unique,
  signed_at timestamptz not null,
  unique (step_version_id, role, position_id)
);
create index signature_cycle on signature (cycle_id, signed_at);
create unique index signature_once on signature (step_version_id, role, person_id, position_id);

-- Two duties never meet (model.md §4): the same natural person neither approves nor reviews what they elaborated,
-- and reviewer = approver follows the policy copied onto the signature.
create function forbid_meeting_duties() returns trigger language plpgsql as $$
declare hands uuid[] := array_remove(array[new.person_id, new.acting_for], null);
begin
  if new.role <> 'author' and new.verdict = 'approve' then
    if exists (select 1 from attempt_author a where a.step_id = new.step_id and a.person_id = any(hands))
      or exists (select 1 from signature s where s.step_id = new.step_id and s.role = 'author'
                 and (s.person_id = any(hands) or s.acting_for = any(hands))) then
      raise exception 'own_work' using errcode = 'CZ001';
    end if;
    if new.role in ('approver', 'consent') and new.reviewer_is_approver = 'block' and exists (
      select 1 from signature s where s.step_version_id = new.step_version_id and s.role = 'reviewer'
        and s.verdict = 'approve' and (s.person_id = any(hands) or s.acting_for = any(hands))) then
      raise exception 'reviewer_approves' using errcode = 'CZ002';
    end if;
  end if;
  return new;
end $$;
create trigger signature_duties before insert on signature for each row execute function forbid_meeting_duties();
`

const inbox = sql`
create table task (
  id uuid primary key,
  entity_id uuid not null references entity,
  cycle_id uuid not null references cycle,
  step_id uuid not null references step,
  step_code text not null,
  attempt_id uuid not null references attempt,
  kind text not null check (kind in ('elaborate', 'review', 'approve', 'consent', 'decide_reopening')),
  duty text not null,
  status text not null check (status in ('open', 'done', 'superseded')) default 'open',
  priority smallint not null check (priority between 1 and 3) default 3,
  due_at timestamptz,
  due_sort timestamptz not null generated always as (coalesce(due_at, 'infinity')) stored,
  opened_at timestamptz not null default app_now(),
  ended_at timestamptz,
  ended_by_act uuid references act,
  claimed_by uuid references person,
  claimed_at timestamptz
);
-- "Mi bandeja" pages by key over exactly these orders. A column, because behind row-level security PostgreSQL
-- does not look an expression such as coalesce(…) up in an index.
create index task_inbox on task (entity_id, duty, due_sort, id) where status = 'open';
create index task_inbox_priority on task (entity_id, duty, priority, due_sort, id) where status = 'open';
create index task_inbox_opened on task (entity_id, duty, opened_at, id) where status = 'open';
create index task_claimed on task (claimed_by) where status = 'open';
create index task_step on task (step_id) where status = 'open';
create unique index task_once on task (attempt_id, kind, duty) where status = 'open';
-- Filters of the inbox under a name, as the address carries them; with whom they are shared; which one opens it.
create table saved_view (
  id uuid primary key,
  entity_id uuid not null references entity,
  person_id uuid not null references person,
  name text not null,
  search text not null,
  shared_with text,
  created_at timestamptz not null default app_now(),
  unique (person_id, name)
);
create index saved_view_shared on saved_view (entity_id, shared_with) where shared_with is not null;
create table default_view (
  entity_id uuid not null references entity,
  person_id uuid not null references person,
  duty text not null,
  view_id uuid not null references saved_view on delete cascade,
  primary key (person_id, duty)
);
create index default_view_view on default_view (view_id);
create table term (
  id uuid primary key,
  entity_id uuid not null references entity,
  cycle_id uuid not null references cycle,
  step_id uuid not null references step,
  attempt_id uuid not null references attempt,
  start_date date not null,
  working_days integer not null,
  due_date date not null,
  due_at timestamptz not null,
  calendar_version text not null,
  arithmetic jsonb not null,
  status text not null check (status in ('running', 'met', 'superseded')) default 'running',
  replaced_by uuid references term,
  created_at timestamptz not null default app_now(),
  ended_at timestamptz
);
create unique index term_running on term (attempt_id) where status = 'running';
create table notice (
  id uuid primary key,
  entity_id uuid not null references entity,
  cycle_id uuid not null references cycle,
  step_id uuid not null references step,
  attempt_id uuid not null references attempt,
  term_id uuid not null references term,
  kind text not null,
  duty text not null,
  planned_on date not null,
  planned_at timestamptz not null,
  status text not null check (status in ('planned', 'sent', 'failed', 'attempted', 'superseded')) default 'planned',
  settled_at timestamptz,
  catches_up integer not null default 0,
  unique (term_id, kind, planned_on, duty)
);
create index notice_planned on notice (attempt_id, planned_at) where status = 'planned';
create index notice_due on notice (entity_id, planned_at) where status = 'planned';
create table mail (
  id uuid primary key,
  entity_id uuid not null references entity,
  notice_id uuid references notice,
  person_id uuid references person,
  subject text not null,
  body text not null,
  link text,
  sensitive boolean not null default false,
  message_id text not null unique,
  status text not null check (status in ('planned', 'gathered', 'attempted', 'sent', 'failed', 'kept')) default 'planned',
  -- Tells of something overdue on this day: leaves with the others of its person and day, in the mail digest_id.
  digest_on date,
  digest_id uuid references mail check ((digest_id is not null) = (status = 'gathered')),
  written_at timestamptz not null default app_now(),
  attempts integer not null default 0,
  due_at timestamptz not null default app_now(),
  settled_at timestamptz,
  failure text
);
create index mail_entity on mail (entity_id, written_at desc, id desc);
create index mail_planned on mail (due_at) where status = 'planned';
create index mail_notice on mail (notice_id);
create index mail_digest on mail (digest_id) where digest_id is not null;
`

const data = sql`
create table source (
  id uuid primary key,
  entity_id uuid not null references entity,
  cycle_id uuid not null references cycle,
  name text not null,
  owner_agency_id uuid references agency,
  legal_basis text not null,
  sensitivity text not null check (sensitivity in ('publica', 'semiprivada', 'privada', 'sensible')),
  period_from date not null,
  period_to date not null,
  person_key text,
  demo_note text,
  attached_by uuid not null references person,
  attached_at timestamptz not null default app_now(),
  detached_at timestamptz,
  detached_by uuid references person,
  import_id uuid,
  snapshot_hash text
);
create index source_cycle on source (cycle_id);
create table source_import (
  id uuid primary key,
  entity_id uuid not null references entity,
  source_id uuid not null references source,
  file_sha256 text not null,
  file_name text not null,
  bytes bigint not null,
  sniff jsonb not null,
  mapping jsonb not null default '[]',
  status text not null check (status in ('received', 'running', 'done', 'cancelled', 'failed')) default 'received',
  progress_rows bigint not null default 0,
  rows bigint,
  rejects bigint,
  rejects_by_reason jsonb,
  rejects_sha256 text,
  snapshot_hash text,
  failure_code text,
  failure_facts jsonb,
  requested_by uuid not null references person,
  requested_at timestamptz not null default app_now(),
  cancel_asked_at timestamptz,
  settled_at timestamptz
);
create index source_import_source on source_import (source_id, requested_at);
create index source_import_open on source_import (requested_at) where status = 'running';
create table snapshot (
  hash text not null,
  entity_id uuid not null references entity,
  source_id uuid not null references source,
  import_id uuid not null references source_import,
  rows bigint not null,
  bytes bigint not null,
  columns jsonb not null,
  mapping jsonb not null,
  demo_note text,
  taken_at timestamptz not null default app_now(),
  primary key (entity_id, source_id, hash)
);
`

const releases = sql`
create table document (
  id uuid primary key,
  entity_id uuid not null references entity,
  cycle_id uuid not null references cycle,
  step_version_id uuid not null references step_version,
  code text not null unique,
  title text not null,
  sha256 text not null,
  bytes bigint not null,
  content_hash text not null,
  signers jsonb not null,
  issued_at timestamptz not null default app_now()
);
create table dataset (
  id uuid primary key,
  entity_id uuid not null references entity,
  slug text not null unique,
  title text not null,
  created_at timestamptz not null default app_now()
);
create table release (
  id uuid primary key,
  entity_id uuid not null references entity,
  dataset_id uuid not null references dataset,
  cycle_id uuid not null references cycle,
  -- Which approval published it; a draft has none yet.
  step_version_id uuid references step_version check (status = 'draft' or step_version_id is not null),
  version integer not null,
  status text not null check (status in ('draft', 'published', 'corrected', 'withdrawn')),
  metadata jsonb not null,
  change_note text not null,
  snapshot_hash text not null,
  release_hash text not null,
  demo_note text,
  published_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  unique (dataset_id, version),
  unique (step_version_id)
);
create unique index release_draft on release (cycle_id) where status = 'draft';
create table release_file (
  id uuid primary key,
  entity_id uuid not null references entity,
  release_id uuid not null references release,
  name text not null,
  kind text not null check (kind in ('csv', 'json', 'dictionary', 'pdf')),
  media_type text not null,
  bytes bigint not null,
  sha256 text not null,
  unique (release_id, name)
);
`

/** Final from this migration on: it can never be repaired (model.md §5). */
const events = sql`
create table event (
  id uuid primary key,
  entity_id uuid not null,
  schema_v smallint not null default 1,
  type text not null,
  at timestamptz not null default clock_timestamp(),
  xid xid8 not null default pg_current_xact_id(),
  actor_person uuid,
  actor_position uuid,
  acting_for uuid,
  object_type text not null,
  object_id uuid not null,
  object_version text,
  content_hash text,
  changes jsonb not null default '[]',
  reason_code text,
  purpose_code text,
  cycle_id uuid,
  step_code text,
  act_id uuid,
  origin text not null,
  request_id text,
  workflow_id text
);
create index event_cycle on event (cycle_id, at, id);
create index event_object on event (object_id, at, id);
create index event_entity on event (entity_id, at desc, id);
create index event_act on event (act_id) where act_id is not null;
`

const upkeep = sql`
create table incident (
  id uuid primary key,
  entity_id uuid not null references entity,
  kind text not null,
  object_type text not null,
  object_id uuid not null,
  opened_at timestamptz not null default app_now(),
  closed_at timestamptz
);
create table setting (
  name text primary key,
  value jsonb not null
);
`
