import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * The report as one document in three forms (G1), how an entity's documents look, and who answers for each section of it
 * (G3). A section's words stand in the draft of step 6; here stands only whose they are and whether they are finished.
 * An act says that its person read the list of figures typed into the report (G2).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await tables.execute(db)
  await policies.execute(db)
  await privileges.execute(db)
}

const tables = sql`
create table document_file (
  id uuid primary key,
  entity_id uuid not null references entity,
  document_id uuid not null references document,
  format text not null check (format in ('docx', 'html')),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint not null,
  unique (document_id, format)
);
create table report_look (
  entity_id uuid primary key references entity,
  header text not null,
  footer text not null,
  colour text not null check (colour ~ '^#[0-9a-f]{6}$'),
  readability_target integer not null check (readability_target between 0 and 100)
);
create table report_section (
  id uuid primary key,
  entity_id uuid not null references entity,
  cycle_id uuid not null references cycle,
  section text not null check (section ~ '^[a-z0-9_]{1,40}$'),
  position_id uuid references position,
  finished_at timestamptz,
  finished_by uuid references person,
  unique (cycle_id, section),
  check ((finished_at is null) = (finished_by is null))
);
alter table act add column read_typed boolean not null default false;
`

const policies = sql`
${secured('document_file')}
${secured('report_look')}
${secured('report_section')}
`

/** An issued file is never changed; its bytes are named by their hash. */
const privileges = sql`
grant select on document_file, report_look, report_section to caracteriza_web, caracteriza_worker;
grant insert on document_file to caracteriza_worker;
grant insert, update on report_look to caracteriza_web;
grant insert on report_section to caracteriza_web;
grant update (position_id, finished_at, finished_by) on report_section to caracteriza_web;
`
