import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Dissemination (H9; MM-GAC-P-008 v2, actividad 7): once the results of a cycle are public each dependencia has its own
 * summary, whose reading its head confirms and which it answers with commitments, or with why nothing will change.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await summaries.execute(db)
  await answers.execute(db)
  await notices.execute(db)
  await policies.execute(db)
  await privileges.execute(db)
}

/** `content` as `domain/summaries.ts` has it, `sha256` of its canonical form; neither is ever rewritten. */
const summaries = sql`
create table agency_summary (
  id uuid primary key,
  entity_id uuid not null references entity,
  cycle_id uuid not null references cycle,
  agency_id uuid not null references agency,
  content jsonb not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  start_date date not null,
  working_days integer not null check (working_days > 0),
  due_date date not null,
  calendar_version text not null,
  arithmetic jsonb not null,
  delivered_at timestamptz not null default app_now(),
  unique (cycle_id, agency_id),
  unique (id, sha256)
);
create index agency_summary_agency on agency_summary (agency_id, delivered_at desc);
create index agency_summary_delivered on agency_summary (entity_id, delivered_at desc);
`

/** A reading is of exactly the content that was handed over; an answer is of a reading. Both stand for ever. */
const answers = sql`
create table summary_reading (
  summary_id uuid primary key,
  entity_id uuid not null references entity,
  sha256 text not null,
  person_id uuid not null references person,
  position_id uuid not null references position,
  person_name text not null,
  position_name text not null,
  tenure_kind text not null,
  receipt_code text not null unique,
  read_at timestamptz not null default app_now(),
  foreign key (summary_id, sha256) references agency_summary (id, sha256)
);
create table summary_answer (
  summary_id uuid primary key references summary_reading,
  entity_id uuid not null references entity,
  nothing_reason text,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  person_id uuid not null references person,
  position_id uuid not null references position,
  person_name text not null,
  position_name text not null,
  receipt_code text not null unique,
  answered_at timestamptz not null default app_now()
);
create table summary_commitment (
  id uuid primary key,
  entity_id uuid not null references entity,
  summary_id uuid not null references summary_answer,
  n integer not null check (n > 0),
  what text not null,
  position_id uuid not null references position,
  due_date date not null,
  indicator text not null,
  action_id uuid not null references improvement_action,
  unique (summary_id, n)
);
`

/** The one ledger of notices: of the term of a step, of an improvement action, or of the summary of a dependencia. */
const notices = sql`
alter table notice add column summary_id uuid references agency_summary;
alter table notice drop constraint notice_about;
alter table notice add constraint notice_about check (num_nonnulls(term_id, action_id, summary_id) = 1
  and (term_id is null or num_nulls(cycle_id, step_id, attempt_id) = 0));
create unique index notice_summary on notice (summary_id, kind, planned_on, duty) where summary_id is not null;
`

const policies = sql`
${secured('agency_summary')}
${secured('summary_reading')}
${secured('summary_answer')}
${secured('summary_commitment')}
create policy web_confirms on summary_reading as restrictive for insert to caracteriza_web
  with check (person_id = app_person());
create policy web_answers on summary_answer as restrictive for insert to caracteriza_web
  with check (person_id = app_person());
`

const privileges = sql`
grant select on agency_summary, summary_reading, summary_answer, summary_commitment
  to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on agency_summary to caracteriza_worker;
grant insert on summary_reading, summary_answer, summary_commitment to caracteriza_web;
`
