import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * The risk map of a process (guía v7, domain facts §2.9): risks, what each was rated as and with which methodology, controls,
 * and where each risk stands now. Assessments are never updated (D3).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await risks.execute(db)
  await assessments.execute(db)
  await controls.execute(db)
  await standings.execute(db)
  await privileges.execute(db)
}

const risks = sql`
create table risk (
  id uuid primary key,
  entity_id uuid not null references entity,
  n integer not null check (n > 0),
  code text not null,
  owner_position uuid not null references position,
  created_by uuid not null references person,
  created_at timestamptz not null default app_now(),
  unique (entity_id, n),
  unique (entity_id, code)
);
create index risk_owner on risk (owner_position);
${secured('risk')}
create policy web_creates on risk as restrictive for insert to caracteriza_web with check (created_by = app_person());
`

/** `methodology_n`: 0 is the one that ships. `probability` and `impact`: levels, from the lowest, 0. */
const assessments = sql`
create table risk_assessment (
  id uuid primary key,
  entity_id uuid not null references entity,
  risk_id uuid not null references risk,
  n integer not null check (n > 0),
  methodology text not null,
  methodology_n integer not null check (methodology_n >= 0),
  typology text not null,
  process text not null check (btrim(process) <> ''),
  description text not null check (btrim(description) <> ''),
  answers jsonb not null,
  probability integer not null check (probability >= 0),
  impact integer not null check (impact >= 0),
  zone text not null,
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  reason text,
  assessed_by uuid not null references person,
  assessed_position uuid not null references position,
  assessed_at timestamptz not null default app_now(),
  unique (risk_id, n),
  check (n = 1 or btrim(reason) <> '')
);
${secured('risk_assessment')}
create policy web_assesses on risk_assessment as restrictive for insert to caracteriza_web
  with check (assessed_by = app_person());
`

const controls = sql`
create table risk_control (
  id uuid primary key,
  entity_id uuid not null references entity,
  risk_id uuid not null references risk,
  n integer not null check (n > 0),
  code text not null,
  owner_position uuid not null references position,
  action text not null check (btrim(action) <> ''),
  complement text not null check (btrim(complement) <> ''),
  type text not null,
  implementation text not null,
  criteria jsonb not null default '{}',
  documentation text not null,
  frequency text not null,
  record text not null,
  execution text not null,
  periodicity text not null,
  created_by uuid not null references person,
  created_at timestamptz not null default app_now(),
  retired_at timestamptz,
  retired_reason text,
  check ((retired_at is null) = (retired_reason is null)),
  unique (entity_id, n),
  unique (entity_id, code)
);
create index risk_control_of on risk_control (risk_id) where retired_at is null;
${secured('risk_control')}
create policy web_adds on risk_control as restrictive for insert to caracteriza_web with check (created_by = app_person());
`

/** Percentages are exact. Set in the transaction of whatever changes them. */
const standings = sql`
create table risk_standing (
  risk_id uuid primary key references risk,
  entity_id uuid not null references entity,
  assessment_id uuid not null references risk_assessment,
  typology text not null,
  inherent_probability integer not null,
  inherent_impact integer not null,
  inherent_zone text not null,
  declared_p numeric not null check (declared_p between 0 and 100),
  declared_i numeric not null check (declared_i between 0 and 100),
  declared_probability integer not null,
  declared_impact integer not null,
  declared_zone text not null,
  demonstrated_p numeric not null check (demonstrated_p between declared_p and 100),
  demonstrated_i numeric not null check (demonstrated_i between declared_i and 100),
  demonstrated_probability integer not null,
  demonstrated_impact integer not null,
  demonstrated_zone text not null,
  stood_at timestamptz not null default app_now()
);
create index risk_standing_map on risk_standing (entity_id, inherent_probability, inherent_impact);
${secured('risk_standing')}
`

const privileges = sql`
grant select on risk, risk_assessment, risk_control, risk_standing
  to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on risk, risk_assessment, risk_control, risk_standing to caracteriza_web;
grant update (owner_position) on risk to caracteriza_web;
grant update (retired_at, retired_reason) on risk_control to caracteriza_web;
grant update on risk_standing to caracteriza_web, caracteriza_worker;
`
