import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * A finding becomes a plan (4220000-CR-054, plan de mejoramiento; features D12): causes, several actions, verification by
 * somebody else, effectiveness months later, and a closing that needs it. What somebody has to do by a day without an action
 * of its own is a follow-up, told of as the actions are.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await findings.execute(db)
  await earlierFindings.execute(db)
  await closing.execute(db)
  await causes.execute(db)
  await actions.execute(db)
  await followUps.execute(db)
  await privileges.execute(db)
}

/**
 * `round`: how often its causes were asked for. `source_action`: the action without effect it stems from. Nobody wrote those
 * that a control or an indicator opened.
 */
const findings = sql`
alter table finding add column year integer, add column n integer, add column code text,
  add column origin text not null default 'audit'
    check (origin in ('audit', 'control', 'review', 'indicator', 'event', 'recommendation', 'commitment', 'risk')),
  add column owner_position uuid references position,
  add column checker_duty text,
  add column status text not null default 'to_analyse' check (status in ('to_analyse', 'in_plan', 'closed')),
  add column round integer not null default 1 check (round > 0),
  add column risk_id uuid references risk,
  add column control_id uuid references risk_control,
  add column source_action uuid references improvement_action,
  add column closed_at timestamptz, add column closed_by uuid references person,
  add column closed_position uuid references position, add column closing_note text;
alter table finding alter column person_id drop not null, alter column position_id drop not null;
alter table improvement_action add column finding_id uuid references finding, add column round integer;
`

/** Findings written before asked for one action each, whose owner and checker are theirs; nobody analysed their causes. */
const earlierFindings = sql`
update improvement_action a set finding_id = f.id, round = 1 from finding f where f.action_id = a.id;
update finding f set
  year = extract(year from f.written_at at time zone 'America/Bogota')::int,
  n = numbered.n,
  code = 'H-' || extract(year from f.written_at at time zone 'America/Bogota')::int || '-' || lpad(numbered.n::text, 3, '0'),
  owner_position = coalesce(a.position_id, f.position_id), checker_duty = a.checker_duty, status = 'in_plan'
from improvement_action a, (
  select id, row_number() over (partition by entity_id, extract(year from written_at at time zone 'America/Bogota')
    order by written_at, id)::int as n from finding) numbered
where a.id = f.action_id and numbered.id = f.id;
alter table finding drop column action_id;
alter table finding alter column year set not null, alter column n set not null, alter column code set not null,
  alter column owner_position set not null, alter column checker_duty set not null, alter column origin drop default;
alter table finding add constraint finding_code unique (entity_id, code), add constraint finding_n unique (entity_id, year, n),
  add constraint finding_source unique (source_action),
  add constraint finding_closed check ((status = 'closed') = (closed_at is not null)
    and num_nonnulls(closed_at, closed_by, closed_position, closing_note) in (0, 4)),
  add constraint finding_of_action check ((source_action is not null) = (origin in ('recommendation', 'commitment', 'risk')));
create index finding_open on finding (entity_id, n desc) where status <> 'closed';
create index finding_risk on finding (risk_id) where risk_id is not null;
create index improvement_action_finding on improvement_action (finding_id) where finding_id is not null;
`

/** Whatever writes the row: a plan is closed where every action of its last round that was not given up had its effect, and one did. */
const closing = sql`
create function guard_finding_closing() returns trigger language plpgsql as $$
begin
  if old.status = 'closed' then
    raise exception 'a closed finding stays closed' using errcode = 'CZ002';
  end if;
  if new.status = 'closed' and (
      not exists (select 1 from improvement_action a
        where a.finding_id = new.id and a.round = new.round and a.status = 'effective')
      or exists (select 1 from improvement_action a
        where a.finding_id = new.id and a.round = new.round and a.status not in ('effective', 'dropped'))) then
    raise exception 'no effectiveness review says that it had its effect' using errcode = 'CZ002';
  end if;
  return new;
end $$;
create trigger finding_closing before update on finding for each row execute function guard_finding_closing();
`

/** `steps`: the answers to each why, or the causes found; one analysis for each time it was asked for, never rewritten. */
const causes = sql`
create table cause_analysis (
  id uuid primary key,
  entity_id uuid not null references entity,
  finding_id uuid not null references finding,
  round integer not null check (round > 0),
  method text not null check (method in ('five_whys', 'list')),
  steps jsonb not null check (jsonb_typeof(steps) = 'array' and jsonb_array_length(steps) > 0),
  root text not null check (btrim(root) <> ''),
  person_id uuid not null references person,
  position_id uuid not null references position,
  written_at timestamptz not null default app_now(),
  unique (finding_id, round)
);
${secured('cause_analysis')}
create policy web_writes on cause_analysis as restrictive for insert to caracteriza_web with check (person_id = app_person());
`

/**
 * Between being carried out and having an effect somebody verifies that it was carried out: \`verify_by\` is the day by which.
 * What was reported before is verified as well; the day of its effect is asked then.
 */
const actions = sql`
alter table improvement_action add column verify_by date, add column verified_at timestamptz;
do $$ declare named text; begin
  for named in select conname from pg_constraint where conrelid = 'improvement_action'::regclass and contype = 'c'
    and (pg_get_constraintdef(oid) like '%check_on%' or pg_get_constraintdef(oid) like '%status%') loop
    execute format('alter table improvement_action drop constraint %I', named);
  end loop;
  for named in select conname from pg_constraint where conrelid = 'improvement_entry'::regclass and contype = 'c'
    and pg_get_constraintdef(oid) like '%kind%' loop
    execute format('alter table improvement_entry drop constraint %I', named);
  end loop;
end $$;
update improvement_action set verify_by = app_today() + 15, signal_wanted = true where status = 'done';
update improvement_action set check_on = null where status not in ('effective', 'ineffective');
alter table improvement_action
  add constraint improvement_action_status check (status in
    ('unreported', 'not_started', 'in_progress', 'done', 'verified', 'effective', 'ineffective', 'dropped')),
  add constraint improvement_action_result
    check (result is not null or status not in ('done', 'verified', 'effective', 'ineffective')),
  add constraint improvement_action_verify check (verify_by is not null or status <> 'done'),
  add constraint improvement_action_check
    check ((check_on is not null) = (status in ('verified', 'effective', 'ineffective'))),
  add constraint improvement_action_round check ((finding_id is null) = (round is null));
alter table improvement_entry add constraint improvement_entry_kind
  check (kind in ('progress', 'result', 'verification', 'check'));
create or replace function guard_improvement_check() returns trigger language plpgsql as $$
declare hands uuid[] := array_remove(array[new.person_id, new.acting_for], null);
begin
  if new.kind in ('verification', 'check') and exists (select 1 from improvement_entry e where e.action_id = new.action_id
      and e.kind in ('progress', 'result') and (e.person_id = any(hands) or e.acting_for = any(hands))) then
    raise exception 'nobody checks what they carried out' using errcode = 'CZ001';
  end if;
  return new;
end $$;
`

/**
 * Something a position, or whoever has a duty, has to do by a day: analyse causes, close a plan, review a risk. \`code\`: of
 * the object, as pages show it.
 */
const followUps = sql`
create table follow_up (
  id uuid primary key,
  entity_id uuid not null references entity,
  kind text not null,
  object_id uuid not null,
  code text not null,
  duty text not null,
  position_id uuid references position,
  due_on date not null,
  status text not null default 'open' check (status in ('open', 'done', 'dropped')),
  opened_at timestamptz not null default app_now(),
  ended_at timestamptz check ((ended_at is null) = (status = 'open')),
  signal_wanted boolean not null default true
);
create unique index follow_up_open on follow_up (object_id, kind) where status = 'open';
create index follow_up_due on follow_up (entity_id, due_on, id) where status = 'open';
create index follow_up_wanted on follow_up (id) where signal_wanted;
${secured('follow_up')}
alter table notice add column follow_up_id uuid references follow_up;
alter table notice drop constraint notice_about;
alter table notice add constraint notice_about
  check (num_nonnulls(term_id, action_id, summary_id, grant_id, list_id, rights_id, follow_up_id) = 1
    and (term_id is null or num_nulls(cycle_id, step_id, attempt_id) = 0));
create unique index notice_follow_up on notice (follow_up_id, kind, planned_on, duty)
  where follow_up_id is not null and status <> 'superseded';
`

const privileges = sql`
grant select on cause_analysis, follow_up to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on cause_analysis to caracteriza_web;
grant update (status, round, closed_at, closed_by, closed_position, closing_note) on finding to caracteriza_web;
grant insert, update on finding to caracteriza_worker;
grant update (verify_by, verified_at) on improvement_action to caracteriza_web;
grant insert, update on follow_up to caracteriza_web, caracteriza_worker;
`
