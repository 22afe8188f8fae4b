import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Reviews of delegated accesses (Cali, circular 4173.010.22.2.1020.000150; D2, D3, D5, D6): campaigns, the list of each
 * reviewer, the cases, every answer with those before it, what the affected person says, and the signatures.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await campaigns.execute(db)
  await lists.execute(db)
  await items.execute(db)
  await answers.execute(db)
  await beside.execute(db)
  await grants.execute(db)
  await acts.execute(db)
  await signatures.execute(db)
  await notices.execute(db)
  await privileges.execute(db)
}

/** `kind`: of a whole vigencia, or of one person because of an event. `opened_by`: null where the calendar opened it. */
const campaigns = sql`
create table access_campaign (
  id uuid primary key,
  entity_id uuid not null references entity,
  year integer not null,
  n integer not null check (n > 0),
  code text not null,
  kind text not null check (kind in ('yearly', 'event')),
  cause text check (cause in ('transfer', 'contract_end', 'unused', 'odd_hours')),
  vigencia integer not null,
  on_silence text not null default 'retire' check (on_silence in ('retire', 'suspend', 'keep')),
  working_days integer not null check (working_days between 3 and 60),
  opened_by uuid references person,
  opened_position uuid references position,
  opened_at timestamptz not null default app_now(),
  status text not null default 'filed' check (status in ('filed', 'open', 'closing', 'closed', 'refused')),
  start_date date,
  due_date date,
  calendar_version text,
  arithmetic jsonb,
  closed_by uuid references person,
  closed_position uuid references position,
  closed_at timestamptz,
  executed_at timestamptz,
  ticket text,
  ticket_on date,
  ticketed_by uuid references person,
  ticketed_position uuid references position,
  ticketed_at timestamptz,
  evidence_hash text,
  unique (entity_id, year, n),
  unique (entity_id, code),
  check ((kind = 'event') = (cause is not null)),
  check ((opened_by is null) = (opened_position is null)),
  check (num_nulls(ticket, ticket_on, ticketed_by, ticketed_position, ticketed_at) in (0, 5))
);
create unique index access_campaign_standing on access_campaign (entity_id, vigencia)
  where kind = 'yearly' and status in ('filed', 'open', 'closing');
create unique index access_campaign_by_calendar on access_campaign (entity_id, vigencia)
  where kind = 'yearly' and opened_by is null;
create index access_campaign_page on access_campaign (entity_id, opened_at desc, id desc);
${secured('access_campaign')}
create policy web_files on access_campaign as restrictive for insert to caracteriza_web
  with check (status = 'filed' and opened_by = app_person());
`

/** The seat from which cases are reviewed: whoever heads the organismo today; without one, whoever leads the process. */
const lists = sql`
create table review_list (
  id uuid primary key,
  entity_id uuid not null references entity,
  campaign_id uuid not null references access_campaign,
  agency_id uuid references agency,
  unique nulls not distinct (campaign_id, agency_id)
);
${secured('review_list')}
`

/** One access under review. `list_id`: null where nobody may review it. `left_at`: it needs no answer any more. */
const items = sql`
create table review_item (
  id uuid primary key,
  entity_id uuid not null references entity,
  campaign_id uuid not null references access_campaign,
  grant_id uuid not null references access_grant,
  list_id uuid references review_list,
  joined_at timestamptz not null default app_now(),
  left_at timestamptz,
  before_status text not null,
  before_ends_on date not null,
  answer_id uuid,
  outcome text check (outcome in ('kept', 'changed', 'retired', 'suspended')),
  outcome_by text check (outcome_by in ('answer', 'silence', 'nobody')),
  executed_at timestamptz,
  after_status text,
  unique (campaign_id, grant_id),
  check ((outcome is null) = (outcome_by is null)),
  check ((executed_at is null) = (after_status is null)),
  check (executed_at is null or outcome is not null)
);
create unique index review_item_standing on review_item (grant_id) where left_at is null and executed_at is null;
create index review_item_list on review_item (list_id);
create index review_item_grant on review_item (grant_id, joined_at);
${secured('review_item')}
`

/** Every answer; those of one batch share their act. `n`: its number among the answers of the case, once recorded. */
const answers = sql`
create table review_answer (
  id uuid primary key,
  entity_id uuid not null references entity,
  item_id uuid not null references review_item,
  act_id uuid not null references act,
  seen integer not null,
  n integer,
  verdict text not null check (verdict in ('confirm', 'modify', 'retire')),
  ends_on date,
  reason text not null default '',
  batch_size integer not null check (batch_size > 0),
  seen_ms integer check (seen_ms >= 0),
  pace_ms integer not null check (pace_ms >= 0),
  was_unused boolean not null,
  status text not null default 'stored' check (status in ('stored', 'recorded', 'skipped')),
  skipped_code text,
  person_id uuid not null references person,
  position_id uuid not null references position,
  acting_for uuid references person,
  answered_at timestamptz not null default app_now(),
  unique (act_id, item_id),
  unique (item_id, n),
  check ((n is not null) = (status = 'recorded')),
  check ((skipped_code is not null) = (status = 'skipped'))
);
alter table review_item add constraint review_item_answer foreign key (answer_id) references review_answer;
${secured('review_answer')}
create policy web_answers on review_answer as restrictive for insert to caracteriza_web
  with check (status = 'stored' and person_id = app_person());
`

/** What the affected person says of it, and when a reviewer had the list before them. */
const beside = sql`
create table review_statement (
  id uuid primary key,
  entity_id uuid not null references entity,
  item_id uuid not null references review_item,
  person_id uuid not null references person,
  body text not null check (btrim(body) <> ''),
  stated_at timestamptz not null default app_now()
);
create index review_statement_item on review_statement (item_id, stated_at);
${secured('review_statement')}
create table review_reading (
  list_id uuid not null references review_list,
  person_id uuid not null references person,
  entity_id uuid not null references entity,
  first_at timestamptz not null default app_now(),
  last_at timestamptz not null default app_now(),
  primary key (list_id, person_id)
);
${secured('review_reading')}
`

/** How a review ends an access: `retired` and `suspended` are final, as every end (D5). Cards say when its person last signed in. */
const grants = sql`
alter table access_grant drop constraint access_grant_status_check;
alter table access_grant add constraint access_grant_status_check check (status in ('filed', 'asked', 'accepted', 'granted',
  'denied', 'declined', 'withdrawn', 'refused', 'lapsed', 'revoked', 'expired', 'unanswered', 'retired', 'suspended'));
create index event_entries on event (actor_person, at desc) where type = 'session.started';
`

/** A campaign is opened and closed by an act, and each batch of answers is one. */
const acts = sql`
alter table act add column campaign_id uuid references access_campaign, add column list_id uuid references review_list;
alter table act drop constraint act_object_type_check, drop constraint act_about;
alter table act add constraint act_object_type_check
  check (object_type in ('cycle', 'step_version', 'reopening', 'access_grant', 'access_campaign', 'review_batch')),
  add constraint act_about check (num_nonnulls(cycle_id, grant_id, campaign_id, list_id) = 1
    and (grant_id is not null) = (object_type = 'access_grant')
    and (campaign_id is not null) = (object_type = 'access_campaign')
    and (list_id is not null) = (object_type = 'review_batch'));
create index act_campaign on act (campaign_id, stored_at) where campaign_id is not null;
create index act_list on act (list_id, stored_at) where list_id is not null;
`

/** Who opened, answered and closed, as they were then (Ley 527 de 1999). `items`: how many cases the act was about. */
const signatures = sql`
create table review_signature (
  id uuid primary key references act,
  entity_id uuid not null references entity,
  campaign_id uuid not null references access_campaign,
  kind text not null check (kind in ('open', 'answer', 'close')),
  person_id uuid not null references person,
  position_id uuid not null references position,
  person_name text not null,
  position_name text not null,
  tenure_kind text not null,
  statement text not null,
  method text not null,
  items integer,
  receipt_code text not null,
  signed_at timestamptz not null default app_now()
);
create index review_signature_campaign on review_signature (campaign_id, signed_at);
${secured('review_signature')}
`

const notices = sql`
alter table notice add column list_id uuid references review_list;
alter table notice drop constraint notice_about;
alter table notice add constraint notice_about check (num_nonnulls(term_id, action_id, summary_id, grant_id, list_id) = 1
  and (term_id is null or num_nulls(cycle_id, step_id, attempt_id) = 0));
create unique index notice_list on notice (list_id, kind, planned_on, duty)
  where list_id is not null and status <> 'superseded';
`

const privileges = sql`
grant select on access_campaign, review_list, review_item, review_answer, review_statement, review_reading, review_signature
  to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on access_campaign, review_answer, review_statement, review_reading to caracteriza_web;
grant update (ticket, ticket_on, ticketed_by, ticketed_position, ticketed_at) on access_campaign to caracteriza_web;
grant update (last_at) on review_reading to caracteriza_web;
grant insert on review_list, review_item, review_signature to caracteriza_worker;
grant update on access_campaign, review_item, review_answer to caracteriza_worker;
grant update (ends_on) on access_grant to caracteriza_worker;
`
