import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/** Samples of an auditor and their working papers (features I5, N16): drawn once, written on by adding, never changed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table audit_sample (
  id uuid primary key,
  entity_id uuid not null references entity,
  year integer not null,
  n integer not null check (n > 0),
  code text not null,
  population text not null check (population in ('decisions', 'grants', 'control_runs', 'events')),
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  part text,
  until timestamptz not null,
  method text not null check (method in ('simple', 'stratified', 'by_size')),
  seed text not null check (seed <> ''),
  wanted integer not null check (wanted > 0),
  population_count integer not null check (population_count >= wanted),
  population_hash text not null check (population_hash ~ '^[0-9a-f]{64}$'),
  drawn_by uuid not null references person,
  drawn_position uuid not null references position,
  drawn_at timestamptz not null default app_now(),
  unique (entity_id, year, n),
  unique (entity_id, code),
  unique (entity_id, id)
);
comment on table audit_sample is 'Which items of the record an auditor looks at: the rule, seed and hash with which anybody draws the same again.';
comment on column audit_sample.until is 'Nothing recorded later is of the population.';
create table audit_sample_item (
  entity_id uuid not null,
  sample_id uuid not null,
  ordinal integer not null check (ordinal > 0),
  event_id uuid not null references event,
  stratum text not null,
  size bigint not null check (size >= 0),
  primary key (sample_id, ordinal),
  unique (entity_id, sample_id, ordinal),
  unique (sample_id, event_id),
  foreign key (entity_id, sample_id) references audit_sample (entity_id, id)
);
create table audit_paper (
  id uuid primary key,
  entity_id uuid not null,
  sample_id uuid not null,
  ordinal integer not null,
  n integer not null check (n > 0),
  test text not null,
  result text not null check (result in ('conforming', 'nonconforming', 'not_applicable')),
  evidence text not null,
  conclusion text not null,
  written_by uuid not null references person,
  written_position uuid not null references position,
  written_at timestamptz not null default app_now(),
  unique (sample_id, ordinal, n),
  foreign key (entity_id, sample_id, ordinal) references audit_sample_item (entity_id, sample_id, ordinal)
);
comment on table audit_paper is 'Working paper of an item; what is corrected is another version, and the last one counts.';
create table audit_paper_finding (
  finding_id uuid primary key references finding,
  entity_id uuid not null,
  sample_id uuid not null,
  ordinal integer not null,
  foreign key (entity_id, sample_id, ordinal) references audit_sample_item (entity_id, sample_id, ordinal)
);
comment on table audit_paper_finding is 'Findings that a working paper led to.';
create index audit_paper_finding_of on audit_paper_finding (sample_id, ordinal);
${secured('audit_sample')}
${secured('audit_sample_item')}
${secured('audit_paper')}
${secured('audit_paper_finding')}
create policy web_draws on audit_sample as restrictive for insert to caracteriza_web with check (drawn_by = app_person());
create policy web_writes on audit_paper as restrictive for insert to caracteriza_web with check (written_by = app_person());
grant select, insert on audit_sample, audit_sample_item, audit_paper, audit_paper_finding to caracteriza_web;
grant select on audit_sample, audit_sample_item, audit_paper, audit_paper_finding to caracteriza_auditor;
`.execute(db)
}
