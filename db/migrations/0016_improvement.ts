import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Improvement actions (G4, N15; the "A" of PHVA, AV-C-004): what a signed report recommends, a dependencia commits itself
 * to or a finding asks for, with who answers, by when, and what came of it. They outlive the cycle they stem from.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await actions.execute(db)
  await entries.execute(db)
  await notices.execute(db)
  await policies.execute(db)
  await privileges.execute(db)
}

/**
 * `origin_key`: row of the recommendation in the report, or id of the commitment or finding; unique in its origin, so that
 * an action is made once. `duty` answers for it, or only `position_id` where the agency has one of that duty.
 * `signal_wanted`: its workflow has not been told yet of what changed here.
 */
const actions = sql`
create table improvement_action (
  id uuid primary key,
  entity_id uuid not null references entity,
  year integer not null,
  n integer not null check (n > 0),
  code text not null,
  origin text not null check (origin in ('recommendation', 'commitment', 'finding')),
  origin_key text not null,
  cycle_id uuid references cycle,
  step_version_id uuid references step_version,
  what text not null,
  target text,
  segment text,
  priority text check (priority in ('alta', 'media', 'baja')),
  agency_id uuid references agency,
  duty text not null,
  position_id uuid references position,
  checker_duty text not null,
  indicator text not null,
  due_date date not null,
  status text not null default 'unreported'
    check (status in ('unreported', 'not_started', 'in_progress', 'done', 'effective', 'ineffective', 'dropped')),
  reported_at timestamptz,
  result text check (result is not null or status not in ('done', 'effective', 'ineffective')),
  done_at timestamptz,
  check_on date check ((check_on is not null) = (done_at is not null)),
  checked_at timestamptz,
  created_at timestamptz not null default app_now(),
  signal_wanted boolean not null default true,
  unique (entity_id, code),
  unique (entity_id, year, n),
  check (origin <> 'recommendation' or (cycle_id is not null and step_version_id is not null))
);
create unique index improvement_action_origin on improvement_action (entity_id, origin, coalesce(cycle_id, entity_id), origin_key);
create index improvement_action_due on improvement_action (entity_id, due_date, id);
create index improvement_action_cycle on improvement_action (cycle_id);
create index improvement_action_wanted on improvement_action (id) where signal_wanted;
`

/** What was told of an action, one line after the other; never rewritten. A person's texts: the event holds their hash. */
const entries = sql`
create table improvement_entry (
  id uuid primary key,
  entity_id uuid not null references entity,
  action_id uuid not null references improvement_action,
  n integer not null check (n > 0),
  kind text not null check (kind in ('progress', 'result', 'check')),
  status text not null,
  body text not null,
  evidence text,
  person_id uuid not null references person,
  position_id uuid not null references position,
  written_at timestamptz not null default app_now(),
  unique (action_id, n)
);
create function guard_improvement_check() returns trigger language plpgsql as $$
begin
  if new.kind = 'check' and exists (select 1 from improvement_entry e
      where e.action_id = new.action_id and e.kind <> 'check' and e.person_id = new.person_id) then
    raise exception 'nobody checks what they carried out' using errcode = 'CZ001';
  end if;
  return new;
end $$;
create trigger improvement_entry_guard before insert on improvement_entry
  for each row execute function guard_improvement_check();
`

/** One ledger for all that people are told: of the term of a step, or of an improvement action. */
const notices = sql`
alter table notice alter column cycle_id drop not null, alter column step_id drop not null,
  alter column attempt_id drop not null, alter column term_id drop not null;
alter table notice add column action_id uuid references improvement_action;
alter table notice add constraint notice_about check (num_nonnulls(term_id, action_id) = 1
  and (term_id is null or num_nulls(cycle_id, step_id, attempt_id) = 0));
create unique index notice_action on notice (action_id, kind, planned_on, duty) where action_id is not null and status <> 'superseded';
`

const policies = sql`
${secured('improvement_action')}
${secured('improvement_entry')}
create policy web_writes on improvement_entry as restrictive for insert to caracteriza_web with check (person_id = app_person());
`

const privileges = sql`
grant select on improvement_action, improvement_entry to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on improvement_action to caracteriza_web, caracteriza_worker;
grant update (status, reported_at, result, done_at, check_on, checked_at, signal_wanted) on improvement_action
  to caracteriza_web;
grant update on improvement_action to caracteriza_worker;
grant insert on improvement_entry to caracteriza_web;
`
