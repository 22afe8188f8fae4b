import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * What keeps a risk map alive (features D10, D11): reviews by a cadence, indicators with their readings, and what really
 * happened. None of it is ever rewritten. \`body_hash\`: of what was typed, so that a form sent again is known.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await reviews.execute(db)
  await indicators.execute(db)
  await readings.execute(db)
  await happenings.execute(db)
  await privileges.execute(db)
}

/** \`review_months\`: of the risk alone, where it is reviewed more often than its zone asks for. */
const reviews = sql`
alter table risk add column review_months integer check (review_months between 1 and 24);
create table risk_review (
  id uuid primary key,
  entity_id uuid not null references entity,
  risk_id uuid not null references risk,
  looked_at text not null check (btrim(looked_at) <> ''),
  conclusion text not null check (conclusion in ('kept', 'reassess')),
  reason text not null check (btrim(reason) <> ''),
  zone text not null,
  due_on date not null,
  reviewed_on date not null default app_today(),
  body_hash text not null,
  person_id uuid not null references person,
  position_id uuid not null references position,
  written_at timestamptz not null default app_now()
);
create index risk_review_of on risk_review (risk_id, written_at desc);
${secured('risk_review')}
create policy web_writes on risk_review as restrictive for insert to caracteriza_web with check (person_id = app_person());
`

/** Hoja de vida de indicadores, ME-SIG-F-006. */
const indicators = sql`
create table risk_indicator (
  id uuid primary key,
  entity_id uuid not null references entity,
  risk_id uuid not null references risk,
  n integer not null check (n > 0),
  code text not null,
  name text not null check (btrim(name) <> ''),
  objective text not null,
  formula text not null,
  numerator text not null,
  denominator text,
  unit text not null check (unit in ('number', 'percent')),
  frequency text not null check (frequency in ('mensual', 'bimestral', 'trimestral', 'cuatrimestral', 'semestral', 'anual')),
  source text not null,
  location text not null,
  availability text not null check (availability in ('physical', 'digital')),
  trend text not null check (trend in ('increasing', 'decreasing')),
  goal numeric not null check (goal >= 0),
  critical numeric not null check (critical >= 0),
  first_period date not null check (extract(day from first_period) = 1),
  owner_position uuid not null references position,
  body_hash text not null,
  created_by uuid not null references person,
  created_at timestamptz not null default app_now(),
  unique (entity_id, n),
  unique (entity_id, code),
  check ((denominator is not null) = (unit = 'percent')),
  check (case trend when 'increasing' then critical < goal else critical > goal end)
);
create index risk_indicator_of on risk_indicator (risk_id);
${secured('risk_indicator')}
create policy web_creates on risk_indicator as restrictive for insert to caracteriza_web with check (created_by = app_person());
`

const readings = sql`
create table indicator_reading (
  id uuid primary key,
  entity_id uuid not null references entity,
  indicator_id uuid not null references risk_indicator,
  period_from date not null,
  period_to date not null check (period_to > period_from),
  numerator numeric not null check (numerator >= 0),
  denominator numeric check (denominator > 0),
  value numeric not null,
  level text not null check (level in ('on_goal', 'warning', 'critical')),
  note text,
  body_hash text not null,
  person_id uuid not null references person,
  position_id uuid not null references position,
  written_at timestamptz not null default app_now(),
  unique (indicator_id, period_from)
);
${secured('indicator_reading')}
create policy web_writes on indicator_reading as restrictive for insert to caracteriza_web with check (person_id = app_person());
`

/** \`incident_id\`: what a control that tests itself had opened, where that is how it was noticed. */
const happenings = sql`
create table risk_event (
  id uuid primary key,
  entity_id uuid not null references entity,
  risk_id uuid not null references risk,
  occurred_on date not null,
  ended_on date check (ended_on >= occurred_on),
  times integer not null check (times > 0),
  description text not null check (btrim(description) <> ''),
  consequences text not null check (btrim(consequences) <> ''),
  measures text not null,
  incident_id uuid references incident,
  body_hash text not null,
  person_id uuid not null references person,
  position_id uuid not null references position,
  written_at timestamptz not null default app_now(),
  check (occurred_on <= (written_at at time zone 'America/Bogota')::date)
);
create index risk_event_of on risk_event (risk_id, occurred_on desc);
${secured('risk_event')}
create policy web_writes on risk_event as restrictive for insert to caracteriza_web with check (person_id = app_person());
`

const privileges = sql`
grant select on risk_review, risk_indicator, indicator_reading, risk_event
  to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on risk_review, risk_indicator, indicator_reading, risk_event to caracteriza_web;
grant update (review_months) on risk to caracteriza_web;
`
