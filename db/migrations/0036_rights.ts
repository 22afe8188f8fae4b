import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * What citizens ask of the data the entity keeps of them (Ley 1581 de 2012, arts. 14 and 15): each request a case with its
 * terms, what was typed only ever as ciphertext, and what each person decided on it. Ended, never deleted.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await requests.execute(db)
  await terms.execute(db)
  await acts.execute(db)
  await texts.execute(db)
  await signatures.execute(db)
  await notices.execute(db)
  await privileges.execute(db)
  await publicPolicies.execute(db)
  await citizens.execute(db)
}

/**
 * `rights_duties`: who answers for data protection, the first of them in the first place. `code`: what the citizen was given;
 * `lookup_hash`: the document of whose data it is, as records of citizens are looked up; `sealed`: all that was typed, under
 * the request's own key. `citizen_id`: whose records they are, once the identity stands. `forget_on`: last civil day on which
 * what was typed still opens. `tries`: wrong secrets in a row.
 */
const requests = sql`
alter table entity add column rights_duties text[] not null default '{profesional_ogac,jefatura_ogac}'
  check (cardinality(rights_duties) > 0);
create table rights_request (
  id uuid primary key,
  entity_id uuid not null references entity,
  year integer not null,
  n integer not null check (n > 0),
  number text not null,
  code text not null unique check (code ~ '^[2-9A-HJ-NP-Z]{12}$'),
  aim text not null check (aim in ('access', 'correction', 'withdrawal', 'erasure', 'breach')),
  quality text not null check (quality in ('holder', 'representative', 'heir')),
  channel text not null check (channel in ('web', 'point')),
  received_by uuid references person,
  received_position uuid references position,
  filed_at timestamptz not null default app_now(),
  filed_on date not null default app_today(),
  sealed bytea not null,
  wrapped_key bytea,
  master_key_id text,
  lookup_hash bytea check (octet_length(lookup_hash) = 32),
  citizen_id uuid references citizen,
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  body_hash text not null,
  status text not null default 'filed'
    check (status in ('filed', 'received', 'incomplete', 'attended', 'denied', 'forwarded', 'lapsed')),
  identified_at timestamptz,
  identity_method text,
  complete_on date,
  due_on date,
  extended_at timestamptz,
  required_at timestamptz,
  complete_by date,
  ended_at timestamptz,
  forget_on date,
  denial text check (denial in ('legal_duty', 'no_data', 'identity', 'not_entitled', 'unfounded')),
  delivery text check (delivery in ('in_person', 'post', 'mail')),
  tries smallint not null default 0,
  rests_until timestamptz,
  signal_wanted boolean not null default true,
  unique (entity_id, year, n),
  unique (entity_id, number),
  check ((channel = 'point') = (received_by is not null) and (received_by is null) = (received_position is null)),
  check ((wrapped_key is null) = (master_key_id is null)),
  check ((identified_at is null) = (identity_method is null)),
  check ((ended_at is not null) = (status in ('attended', 'denied', 'forwarded', 'lapsed'))),
  check ((denial is not null) = (status = 'denied')),
  check ((complete_by is not null) = (status = 'incomplete')),
  check (citizen_id is null or identified_at is not null),
  check (forget_on is null or ended_at is not null)
);
create index rights_request_page on rights_request (entity_id, filed_at desc, id desc);
create index rights_request_waiting on rights_request (entity_id, due_on) where ended_at is null;
create index rights_request_wanted on rights_request (filed_at) where signal_wanted;
create index rights_request_citizen on rights_request (citizen_id) where citizen_id is not null;
${secured('rights_request')}
create policy web_files on rights_request as restrictive for insert to caracteriza_web with check (status = 'filed');
`

/** Terms with their arithmetic; one runs at a time. */
const terms = sql`
create table rights_term (
  id uuid primary key,
  entity_id uuid not null references entity,
  request_id uuid not null references rights_request,
  kind text not null check (kind in ('answer', 'extension')),
  start_date date not null,
  working_days integer not null,
  due_date date not null,
  due_at timestamptz not null,
  calendar_version text not null,
  arithmetic jsonb not null,
  status text not null check (status in ('running', 'met', 'superseded')) default 'running',
  created_at timestamptz not null default app_now(),
  ended_at timestamptz
);
create unique index rights_term_running on rights_term (request_id) where status = 'running';
create index rights_term_of on rights_term (request_id);
${secured('rights_term')}
`

/** An act is about a cycle, a delegated access or a request; whichever, one workflow carries it. */
const acts = sql`
alter table act add column rights_id uuid references rights_request;
alter table act drop constraint act_object_type_check, drop constraint act_about;
alter table act add constraint act_object_type_check
  check (object_type in ('cycle', 'step_version', 'reopening', 'access_grant', 'access_campaign', 'review_batch',
    'rights_request')),
  add constraint act_about check (num_nonnulls(cycle_id, grant_id, campaign_id, list_id, rights_id) = 1
    and (grant_id is not null) = (object_type = 'access_grant')
    and (campaign_id is not null) = (object_type = 'access_campaign')
    and (list_id is not null) = (object_type = 'review_batch')
    and (rights_id is not null) = (object_type = 'rights_request'));
create index act_rights on act (rights_id, stored_at) where rights_id is not null;
`

/** What was written to or by the citizen besides the request itself, under its key. */
const texts = sql`
create table rights_text (
  id uuid primary key,
  entity_id uuid not null references entity,
  request_id uuid not null references rights_request,
  act_id uuid references act,
  kind text not null check (kind in ('identify', 'require', 'extend', 'forward', 'attend', 'deny', 'completion')),
  sealed bytea not null,
  written_at timestamptz not null default app_now(),
  recorded_at timestamptz,
  check ((act_id is null) = (kind = 'completion'))
);
create index rights_text_of on rights_text (request_id, written_at);
${secured('rights_text')}
create table rights_detail (
  act_id uuid primary key references act,
  entity_id uuid not null references entity,
  method text,
  denial text,
  delivery text,
  purposes text[] not null default '{}',
  sealed bytea
);
${secured('rights_detail')}
`

/** What each person decided, as they were then. */
const signatures = sql`
create table rights_signature (
  id uuid primary key references act,
  entity_id uuid not null references entity,
  request_id uuid not null references rights_request,
  kind text not null check (kind in ('identify', 'require', 'extend', 'forward', 'attend', 'deny')),
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
  receipt_code text not null,
  signed_at timestamptz not null default app_now()
);
create index rights_signature_of on rights_signature (request_id, signed_at);
create index rights_signature_receipt on rights_signature (receipt_code);
${secured('rights_signature')}
`

const notices = sql`
alter table notice add column rights_id uuid references rights_request;
alter table notice drop constraint notice_about;
alter table notice add constraint notice_about
  check (num_nonnulls(term_id, action_id, summary_id, grant_id, list_id, rights_id) = 1
    and (term_id is null or num_nulls(cycle_id, step_id, attempt_id) = 0));
create unique index notice_rights on notice (rights_id, kind, planned_on, duty)
  where rights_id is not null and status <> 'superseded';
`

const privileges = sql`
grant select on rights_request, rights_term, rights_text, rights_detail, rights_signature
  to caracteriza_web, caracteriza_worker;
grant insert on rights_request, rights_text, rights_detail to caracteriza_web;
grant update (tries, rests_until, signal_wanted) on rights_request to caracteriza_web;
grant update on rights_request to caracteriza_worker;
grant insert on rights_term, rights_signature to caracteriza_worker;
grant update (status, ended_at) on rights_term to caracteriza_worker;
grant update (recorded_at) on rights_text to caracteriza_worker;
grant select on rights_term, rights_signature to caracteriza_auditor;
`

/** Whoever holds the code of a request, or of a receipt of what was decided on it: that it exists, and nothing of anybody. */
const publicPolicies = sql`
grant select (id, entity_id, code, aim, channel, filed_at, status, ended_at) on rights_request to caracteriza_public;
grant select (id, entity_id, request_id, kind, position_name, receipt_code, signed_at, content_hash) on rights_signature
  to caracteriza_public;
create policy public_signature on rights_signature for select to caracteriza_public
  using (receipt_code = nullif(current_setting('app.receipt', true), ''));
create policy public_reads on rights_request for select to caracteriza_public
  using (code = nullif(current_setting('app.code', true), '')
    or exists (select from rights_signature s where s.request_id = rights_request.id));
`

/**
 * Whoever answers for data protection sees the records of a citizen while a request of theirs is open and their identity was
 * checked, and those of nobody else. What was erased leaves a tombstone.
 */
const citizens = sql`
create table citizen_tombstone (
  id uuid primary key,
  entity_id uuid not null references entity,
  citizen_id uuid not null unique references citizen,
  request_id uuid not null references rights_request,
  act_id uuid not null references act,
  erased_at timestamptz not null
);
${secured('citizen_tombstone')}
grant select on citizen_tombstone to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on citizen_tombstone to caracteriza_worker;
grant update (lookup_hash) on citizen to caracteriza_worker;
grant insert on capture_version to caracteriza_worker;
grant update (rev, form_version) on capture_record to caracteriza_worker;
create function app_keeps_rights() returns boolean language sql stable as $$
  select exists (select from tenure t join position pos on pos.id = t.position_id join entity e on e.id = t.entity_id
    where t.person_id in (app_person(), app_acting_for()) and e.id = app_entity() and pos.duty = any (e.rights_duties)
      and t.from_date <= app_today() and (t.to_date is null or t.to_date >= app_today())
      and (pos.ended_on is null or pos.ended_on >= app_today()))
$$;
create function app_rights_citizens() returns uuid[] language sql stable as $$
  select case when app_keeps_rights() then (select coalesce(array_agg(r.citizen_id), '{}') from rights_request r
    where r.entity_id = app_entity() and r.citizen_id is not null and r.ended_at is null) else '{}' end
$$;
create policy keeper on citizen for select to caracteriza_web
  using (entity_id = app_entity() and id = any ((select app_rights_citizens())::uuid[]));
create policy keeper on capture_record for select to caracteriza_web
  using (entity_id = app_entity() and citizen_id = any ((select app_rights_citizens())::uuid[]));
`
