import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Risk maps that came as a file: every cell as it was typed, and which risk and control each line became (decision 0047).
 * Indicators that are corrected, each version kept with its reason, and retired. Who answers for a finding, a control or an
 * indicator may change.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await imports.execute(db)
  await lines.execute(db)
  await versions.execute(db)
  await privileges.execute(db)
}

/**
 * `sheet`: what was read (`MapSheet` of domain/risk-map-sheet.ts); the file itself is not kept. `owner_position` and
 * `methodology`: for what the file does not say. Accepted once, as a whole.
 */
const imports = sql`
create table risk_import (
  id uuid primary key,
  entity_id uuid not null references entity,
  person_id uuid not null references person,
  position_id uuid not null references position,
  file_name text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  sheet jsonb not null,
  rows integer not null check (rows > 0),
  owner_position uuid not null references position,
  methodology text not null,
  received_at timestamptz not null default app_now(),
  accepted_at timestamptz,
  accepted_by uuid references person,
  accepted_position uuid references position,
  check ((accepted_at is null) = (accepted_by is null) and (accepted_at is null) = (accepted_position is null))
);
create index risk_import_received on risk_import (entity_id, received_at desc, id desc);
${secured('risk_import')}
create policy web_sends on risk_import as restrictive for insert to caracteriza_web with check (person_id = app_person());
`

const lines = sql`
create table risk_import_line (
  import_id uuid not null references risk_import,
  line integer not null check (line > 0),
  entity_id uuid not null references entity,
  risk_id uuid not null references risk,
  control_id uuid references risk_control,
  primary key (import_id, line)
);
create index risk_import_line_risk on risk_import_line (risk_id);
${secured('risk_import_line')}
`

/** `sheet`: what a version said before it was corrected; the last one stands in the indicator. */
const versions = sql`
alter table risk_indicator
  add column version integer not null default 1 check (version > 0),
  add column retired_at timestamptz,
  add column retired_reason text,
  add column retired_by uuid references person,
  add check ((retired_at is null) = (retired_reason is null) and (retired_at is null) = (retired_by is null));
create table indicator_version (
  indicator_id uuid not null references risk_indicator,
  n integer not null check (n > 0),
  entity_id uuid not null references entity,
  sheet jsonb not null,
  form_key uuid not null unique,
  body_hash text not null,
  reason text not null check (btrim(reason) <> ''),
  person_id uuid not null references person,
  position_id uuid not null references position,
  corrected_at timestamptz not null default app_now(),
  primary key (indicator_id, n)
);
${secured('indicator_version')}
create policy web_corrects on indicator_version as restrictive for insert to caracteriza_web
  with check (person_id = app_person());
`

const privileges = sql`
grant select on risk_import, risk_import_line to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on risk_import, risk_import_line to caracteriza_web;
grant update (accepted_at, accepted_by, accepted_position) on risk_import to caracteriza_web;
grant select on indicator_version to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on indicator_version to caracteriza_web;
grant update (name, objective, formula, numerator, denominator, source, location, availability, trend, goal, critical,
  owner_position, version, retired_at, retired_reason, retired_by) on risk_indicator to caracteriza_web;
grant update (owner_position) on risk_control to caracteriza_web;
grant update (owner_position, checker_duty) on finding to caracteriza_web;
`
