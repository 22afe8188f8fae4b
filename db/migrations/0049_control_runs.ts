import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Executions of controls (features D4, D5, D7): each a case of its own with its days, what was shown of it and who checked it;
 * evidence by its hash, in revisions; pauses with their reason; and what all that comes to, control by control.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await runs.execute(db)
  await evidence.execute(db)
  await acts.execute(db)
  await standings.execute(db)
  await notices.execute(db)
  await privileges.execute(db)
}

/**
 * `schedule_wanted`: the Schedule of the control does not say yet what the row says. `workflow_id`: the Schedule names it by the
 * hour it stands for. `late_until`: last day on which a run that was missed or returned is still executed. `shows`: what the run
 * says of the control, empty where nothing (domain/control-evidence.ts); `valid_until`: of its evidence.
 */
const runs = sql`
alter table risk_control add column schedule_wanted boolean not null default true;
create index risk_control_schedule on risk_control (created_at) where schedule_wanted;
create table control_run (
  id uuid primary key,
  entity_id uuid not null references entity,
  control_id uuid not null references risk_control,
  period_start date not null,
  period_end date not null check (period_end >= period_start),
  opens_on date not null,
  due_on date not null check (due_on >= opens_on),
  late_until date not null check (late_until >= due_on),
  workflow_id text not null unique,
  status text not null check (status in
    ('open', 'executed', 'omitted', 'missed', 'rejected', 'verified', 'excused', 'paused', 'withdrawn')),
  shows text check (shows in ('shown', 'failed')),
  valid_until date,
  missed_on date,
  content_hash text check (content_hash ~ '^[0-9a-f]{64}$'),
  executed_by uuid references person,
  executed_position uuid references position,
  executed_for uuid references person,
  executed_at timestamptz,
  checked_by uuid references person,
  checked_position uuid references position,
  checked_for uuid references person,
  checked_at timestamptz,
  closed_at timestamptz,
  signal_wanted boolean not null default false,
  opened_at timestamptz not null default app_now(),
  unique (control_id, period_start),
  check ((executed_by is null) = (content_hash is null)),
  check (checked_by is null or (executed_by is not null and checked_by <> executed_by
    and checked_by is distinct from executed_for and checked_for is distinct from executed_by
    and (checked_for is null or checked_for is distinct from executed_for))),
  check (valid_until is not null or shows is distinct from 'shown')
);
create index control_run_shows on control_run (control_id, period_start desc) where shows is not null;
create index control_run_waiting on control_run (entity_id, due_on) where closed_at is null;
create index control_run_wanted on control_run (opened_at) where signal_wanted;
${secured('control_run')}
create table control_pause (
  id uuid primary key,
  entity_id uuid not null references entity,
  control_id uuid not null references risk_control,
  from_on date not null,
  until_on date not null check (until_on >= from_on),
  reason text not null check (btrim(reason) <> ''),
  paused_by uuid not null references person,
  paused_position uuid not null references position,
  paused_at timestamptz not null default app_now()
);
create index control_pause_of on control_pause (control_id, until_on desc);
${secured('control_pause')}
create policy web_pauses on control_pause as restrictive for insert to caracteriza_web with check (paused_by = app_person());
`

/** The period that evidence covers is not the day it was brought; a revision is another row of the same chain. Never updated. */
const evidence = sql`
create table control_evidence (
  id uuid primary key,
  entity_id uuid not null references entity,
  chain_id uuid not null,
  n integer not null check (n > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes integer not null check (bytes > 0),
  name text not null,
  media_type text not null,
  period_start date not null,
  period_end date not null check (period_end >= period_start),
  valid_until date not null check (valid_until >= period_end),
  attested_by uuid not null references person,
  attested_position uuid not null references position,
  attested_for uuid references person,
  uploaded_at timestamptz not null default app_now(),
  unique (chain_id, n)
);
create index control_evidence_recent on control_evidence (entity_id, uploaded_at desc);
${secured('control_evidence')}
create policy web_attests on control_evidence as restrictive for insert to caracteriza_web with check (attested_by = app_person());
`

/** What an act shows of a run, which may be evidence of another control too; it counts once the act is recorded. */
const acts = sql`
alter table act add column run_id uuid references control_run;
alter table act drop constraint act_object_type_check, drop constraint act_about;
alter table act add constraint act_object_type_check
  check (object_type in ('cycle', 'step_version', 'reopening', 'access_grant', 'access_campaign', 'review_batch',
    'rights_request', 'risk_acceptance', 'control_run')),
  add constraint act_about
    check (num_nonnulls(cycle_id, grant_id, campaign_id, list_id, rights_id, acceptance_id, run_id) = 1
    and (grant_id is not null) = (object_type = 'access_grant')
    and (campaign_id is not null) = (object_type = 'access_campaign')
    and (list_id is not null) = (object_type = 'review_batch')
    and (rights_id is not null) = (object_type = 'rights_request')
    and (acceptance_id is not null) = (object_type = 'risk_acceptance')
    and (run_id is not null) = (object_type = 'control_run'));
create index act_run on act (run_id, stored_at) where run_id is not null;
create table control_evidence_use (
  act_id uuid not null references act,
  evidence_id uuid not null references control_evidence,
  entity_id uuid not null references entity,
  control_id uuid not null references risk_control,
  run_id uuid not null references control_run,
  recorded_at timestamptz,
  primary key (act_id, evidence_id)
);
create index control_evidence_use_of on control_evidence_use (control_id, evidence_id);
create index control_evidence_use_run on control_evidence_use (run_id);
${secured('control_evidence_use')}
`

/**
 * What is demonstrated of each control, set in the transaction of whatever changes it; none where nothing ever was. `until`:
 * last day on which it holds by itself. An alert asks the owner of a risk whose demonstrated zone rose what they will do.
 */
const standings = sql`
create table control_standing (
  control_id uuid primary key references risk_control,
  entity_id uuid not null references entity,
  state text not null check (state in ('current', 'expired', 'failed')),
  until date,
  since timestamptz not null default app_now(),
  check ((until is not null) = (state = 'current'))
);
create index control_standing_until on control_standing (entity_id, until) where until is not null;
${secured('control_standing')}
create table standing_alert (
  id uuid primary key,
  entity_id uuid not null references entity,
  risk_id uuid not null references risk,
  control_id uuid not null references risk_control,
  state text not null check (state in ('current', 'expired', 'failed')),
  zone_before text not null,
  zone_after text not null,
  raised_on date not null,
  raised_at timestamptz not null default app_now(),
  ended_at timestamptz,
  answer text,
  answered_by uuid references person,
  answered_position uuid references position,
  check ((answer is null) = (answered_by is null) and (answered_by is null) = (answered_position is null)),
  check (answer is null or ended_at is not null)
);
create unique index standing_alert_open on standing_alert (risk_id) where ended_at is null;
create index standing_alert_waiting on standing_alert (entity_id, raised_on) where ended_at is null;
${secured('standing_alert')}
`

const notices = sql`
alter table notice add column run_id uuid references control_run;
alter table notice drop constraint notice_about;
alter table notice add constraint notice_about
  check (num_nonnulls(term_id, action_id, summary_id, grant_id, list_id, rights_id, follow_up_id, run_id) = 1
    and (term_id is null or num_nulls(cycle_id, step_id, attempt_id) = 0));
create unique index notice_run on notice (run_id, kind, planned_on, duty)
  where run_id is not null and status <> 'superseded';
`

const privileges = sql`
grant select on control_run, control_pause, control_evidence, control_evidence_use, control_standing, standing_alert
  to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on control_pause, control_evidence, control_evidence_use to caracteriza_web;
grant update (schedule_wanted) on risk_control to caracteriza_web, caracteriza_worker;
grant update (signal_wanted) on control_run to caracteriza_web;
grant insert, update on control_run, control_standing to caracteriza_worker;
grant update (recorded_at) on control_evidence_use to caracteriza_worker;
grant insert on risk_standing, standing_alert to caracteriza_worker;
grant update (ended_at, zone_after, state, control_id, raised_on) on standing_alert to caracteriza_worker;
grant update (ended_at, answer, answered_by, answered_position) on standing_alert to caracteriza_web;
`
