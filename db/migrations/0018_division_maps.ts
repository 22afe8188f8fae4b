import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Maps of the divisions of a municipality (F1): the file as it came, and what was made of it by choosing its code and its
 * name. Neither is ever rewritten; the same name again is the next version, and a figure names a map by its hash.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await tables.execute(db)
  await policies.execute(db)
  await privileges.execute(db)
  await printed.execute(db)
}

/** Both hashes name files of the store: `map_file.sha256` what was received, `division_map.sha256` what is drawn. */
const tables = sql`
create table map_file (
  id uuid primary key,
  entity_id uuid not null references entity,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  name text not null,
  bytes integer not null check (bytes > 0),
  received_by uuid not null references person,
  received_position uuid not null references position,
  received_at timestamptz not null default app_now(),
  unique (entity_id, sha256)
);
create table division_map (
  id uuid primary key,
  entity_id uuid not null references entity,
  name text not null check (length(name) between 3 and 80),
  n integer not null check (n > 0),
  file_id uuid not null references map_file,
  code_property text not null,
  name_property text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  divisions integer not null check (divisions > 0),
  kept_by uuid not null references person,
  kept_position uuid not null references position,
  kept_at timestamptz not null default app_now(),
  unique (entity_id, name, n)
);
create index division_map_file on division_map (file_id);
`

const policies = sql`
${secured('map_file')}
${secured('division_map')}
create policy web_receives on map_file as restrictive for insert to caracteriza_web with check (received_by = app_person());
create policy web_keeps on division_map as restrictive for insert to caracteriza_web with check (kept_by = app_person());
`

const privileges = sql`
grant select on map_file, division_map to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on map_file, division_map to caracteriza_web;
`

/** The map a printed figure was drawn on: {hash, name, version}. */
const printed = sql`
alter table figure_code add column map jsonb check (jsonb_typeof(map) = 'object');
`
