import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Controls that test themselves (D6): every round of them and every run, with what it looked at and which rows broke it; and the
 * one incident a control in red has open. A control of the risk map may be shown by one of them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await rounds.execute(db)
  await runs.execute(db)
  await incidents.execute(db)
  await controls.execute(db)
  await privileges.execute(db)
}

/** `asked_by`: null where the Schedule, or something that happened, asked for it. */
const rounds = sql`
create table check_round (
  id uuid primary key,
  entity_id uuid not null references entity,
  asked_by uuid references person,
  asked_position uuid references position,
  asked_at timestamptz not null default app_now(),
  ended_at timestamptz,
  check ((asked_by is null) = (asked_position is null))
);
create index check_round_standing on check_round (entity_id, asked_at) where ended_at is null;
${secured('check_round')}
create policy web_asks on check_round as restrictive for insert to caracteriza_web
  with check (asked_by = app_person() and ended_at is null);
`

/** `violations`: the first of those `found`, each with what a clerk follows to it. A run that is not over has no result. */
const runs = sql`
create table automatic_check_run (
  id uuid primary key,
  entity_id uuid not null references entity,
  round_id uuid not null references check_round,
  control text not null,
  started_at timestamptz,
  finished_at timestamptz,
  result text check (result in ('passed', 'failed', 'error')),
  looked_at integer check (looked_at >= 0),
  found integer check (found >= 0),
  violations jsonb not null default '[]',
  facts jsonb not null default '{}',
  failure_code text,
  content_hash text check (content_hash ~ '^[0-9a-f]{64}$'),
  incident_id uuid references incident,
  unique (round_id, control),
  check ((finished_at is null) = (started_at is null) and (finished_at is null) = (result is null) and (finished_at is null) = (content_hash is null)),
  check ((result is not distinct from 'error') = (failure_code is not null)),
  check ((result is not distinct from 'failed') = (coalesce(found, 0) > 0))
);
create index automatic_check_run_page on automatic_check_run (entity_id, control, finished_at desc, id desc)
  where finished_at is not null;
create index automatic_check_run_incident on automatic_check_run (incident_id) where incident_id is not null;
${secured('automatic_check_run')}
create policy web_asks on automatic_check_run as restrictive for insert to caracteriza_web
  with check (result is null);
`

/** What the next green run closes is closed by nobody else, and a control has one of them open at most. */
const incidents = sql`
alter table incident add column control text, add column closed_run uuid references automatic_check_run;
alter table incident drop constraint incident_check;
alter table incident
  add constraint incident_closed_by check (num_nulls(closed_by, closed_position, closing_note) in (0, 3)
    and (closed_at is not null) = (closed_by is not null or closed_run is not null)),
  add constraint incident_of_control check (case when control is null then closed_run is null else closed_by is null end);
create unique index incident_of_control on incident (entity_id, control) where control is not null and closed_at is null;
`

const controls = sql`
alter table risk_control add column automatic_check text;
`

const privileges = sql`
grant select on check_round, automatic_check_run to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on check_round, automatic_check_run to caracteriza_web, caracteriza_worker;
grant update on check_round, automatic_check_run to caracteriza_worker;
`
