import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Who acts for whom while somebody is absent (features C3, N12), and whom everything done meanwhile was done for: two
 * duties never meet through it either (model.md §4). Nothing here begins or ends by a job: the days are judged at every
 * request.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await absences.execute(db)
  await guards.execute(db)
  await sessions.execute(db)
  await actedFor.execute(db)
  await duties.execute(db)
  await privileges.execute(db)
}

/** `act_reference`: the resolution that says so. `scope`: which work of the position a substitute has. */
const absences = sql`
create table absence (
  id uuid primary key,
  entity_id uuid not null references entity,
  person_id uuid not null references person,
  position_id uuid not null references position,
  from_date date not null,
  to_date date not null,
  reason text not null check (reason in ('vacation', 'leave', 'sick_leave', 'commission', 'permission', 'suspension')),
  act_reference text not null check (btrim(act_reference) <> ''),
  planned_by uuid not null references person,
  planned_position uuid not null references position,
  planned_at timestamptz not null default app_now(),
  cancelled_at timestamptz,
  cancelled_by uuid references person,
  check (from_date <= to_date),
  check ((cancelled_at is null) = (cancelled_by is null))
);
create index absence_page on absence (entity_id, from_date desc, id desc);
create index absence_person on absence (person_id, from_date) where cancelled_at is null;
create table substitution (
  id uuid primary key,
  entity_id uuid not null references entity,
  absence_id uuid not null references absence,
  substitute_id uuid not null references person,
  scope text not null check (scope in ('all', 'decisions', 'elaboration')),
  unique (absence_id, scope)
);
create index substitution_substitute on substitution (substitute_id);
${secured('absence')}
${secured('substitution')}
create policy web_plans on absence as restrictive for insert to caracteriza_web
  with check (planned_by = app_person() and cancelled_at is null and from_date >= app_today());
create policy web_cancels on absence as restrictive for update to caracteriza_web
  using (cancelled_at is null) with check (cancelled_by = app_person());
`

/**
 * What one form alone cannot know: nobody substitutes themselves, nobody who is absent substitutes, and nobody who
 * substitutes is substituted, on any day (no circles, no chains); a scope has one substitute at a time.
 */
const guards = sql`
create function guard_substitution() returns trigger language plpgsql as $$
declare a absence;
begin
  select * into a from absence where id = new.absence_id;
  if new.substitute_id = a.person_id then
    raise exception 'nobody substitutes themselves' using errcode = 'CZ004';
  end if;
  if exists (select 1 from absence o where o.person_id = new.substitute_id and o.cancelled_at is null
      and daterange(o.from_date, o.to_date, '[]') && daterange(a.from_date, a.to_date, '[]')) then
    raise exception 'nobody who is absent substitutes' using errcode = 'CZ004';
  end if;
  if exists (select 1 from substitution s join absence o on o.id = s.absence_id
      where s.substitute_id = a.person_id and o.cancelled_at is null
        and daterange(o.from_date, o.to_date, '[]') && daterange(a.from_date, a.to_date, '[]')) then
    raise exception 'nobody who substitutes is substituted' using errcode = 'CZ004';
  end if;
  if exists (select 1 from substitution s join absence o on o.id = s.absence_id
      where o.person_id = a.person_id and o.position_id = a.position_id and o.cancelled_at is null and s.id <> new.id
        and (s.scope = new.scope or 'all' in (s.scope, new.scope))
        and daterange(o.from_date, o.to_date, '[]') && daterange(a.from_date, a.to_date, '[]')) then
    raise exception 'a scope has one substitute at a time' using errcode = 'CZ004';
  end if;
  return new;
end $$;
create trigger substitution_guard before insert on substitution for each row execute function guard_substitution();
`

/** The substitution a session acts under; null while it acts in a position of its own. */
const sessions = sql`
alter table session add column substitution_id uuid;
grant select (substitution_id) on session to caracteriza_web;
`

/**
 * For whom the person of a transaction acts, set by \`withActor\` alone. What is written meanwhile says so by itself, and no
 * act is stored that hides it. Citizens' data are never entered or read for another: that access is of the person.
 */
const actedFor = sql`
create function app_acting_for() returns uuid language sql stable as $$
  select nullif(current_setting('app.acting_for', true), '')::uuid
$$;
create or replace function app_scopes() returns text[] language sql stable as $$
  select coalesce(array_agg(scope_of(g.point_id, g.form, g.vigencia)), '{}') from grants_in_force(app_person()) g
  where app_acting_for() is null
$$;
create policy web_acts_for on act as restrictive for insert to caracteriza_web
  with check (person_id = app_person() and acting_for is not distinct from app_acting_for());
alter table access_grant add column asked_for uuid references person default app_acting_for();
alter table access_signature add column acting_for uuid references person;
alter table section_proposal add column acting_for uuid references person default app_acting_for();
alter table crosswalk add column proposed_for uuid references person default app_acting_for(),
  add column decided_for uuid references person;
alter table improvement_entry add column acting_for uuid references person default app_acting_for();
alter table correction_signature add column acting_for uuid references person default app_acting_for();
`

/** Each guard that names a person now names whom they act for as well: acting for someone counts as both. */
const duties = sql`
create or replace function guard_access_signature() returns trigger language plpgsql as $$
declare asked uuid[]; grantee uuid; hands uuid[] := array_remove(array[new.person_id, new.acting_for], null);
begin
  select array_remove(array[g.asked_by, g.asked_for], null), g.grantee_id into asked, grantee
    from access_grant g where g.id = new.grant_id;
  if new.kind in ('grant', 'deny') and hands && (asked || grantee) then
    raise exception 'nobody decides on an access of their own' using errcode = 'CZ001';
  end if;
  if new.kind in ('accept', 'decline') and (new.person_id <> grantee or new.acting_for is not null) then
    raise exception 'nobody accepts for another' using errcode = 'CZ001';
  end if;
  return new;
end $$;
create or replace function forbid_own_words() returns trigger language plpgsql as $$
declare hands uuid[] := array_remove(array[new.person_id, new.acting_for], null);
begin
  if new.role in ('approver', 'consent') and new.verdict = 'approve' and exists (
    select 1 from section_proposal p join step on step.cycle_id = p.cycle_id and step.code = '6'
      where step.id = new.step_id and p.status = 'accepted' and (p.person_id = any(hands) or p.acting_for = any(hands))) then
    raise exception 'own_work' using errcode = 'CZ001';
  end if;
  return new;
end $$;
create or replace function guard_improvement_check() returns trigger language plpgsql as $$
declare hands uuid[] := array_remove(array[new.person_id, new.acting_for], null);
begin
  if new.kind = 'check' and exists (select 1 from improvement_entry e where e.action_id = new.action_id
      and e.kind <> 'check' and (e.person_id = any(hands) or e.acting_for = any(hands))) then
    raise exception 'nobody checks what they carried out' using errcode = 'CZ001';
  end if;
  return new;
end $$;
create or replace function guard_correction_signature() returns trigger language plpgsql as $$
declare c correction;
begin
  select * into c from correction where id = new.correction_id;
  if array_remove(array[new.person_id, new.acting_for], null) && c.authors then
    raise exception 'nobody approves what they prepared' using errcode = 'CZ001';
  end if;
  if c.status <> 'submitted' or c.round <> new.round then raise exception 'that round is not open'; end if;
  return new;
end $$;
create function note_correction_hands() returns trigger language plpgsql as $$
begin
  if app_acting_for() is not null and app_person() = any(new.authors) and not app_acting_for() = any(new.authors) then
    new.authors := new.authors || app_acting_for();
  end if;
  return new;
end $$;
create trigger correction_hands before insert or update of authors on correction
  for each row execute function note_correction_hands();
create function guard_crosswalk() returns trigger language plpgsql as $$
begin
  if new.decided_by is not null and old.decided_by is null then
    new.decided_for := coalesce(new.decided_for, app_acting_for());
  end if;
  if array_remove(array[new.decided_by, new.decided_for], null)
      && array_remove(array[new.proposed_by, new.proposed_for], null) then
    raise exception 'nobody decides what they proposed' using errcode = 'CZ001';
  end if;
  return new;
end $$;
create trigger crosswalk_guard before update on crosswalk for each row execute function guard_crosswalk();
create function guard_proposal_answer() returns trigger language plpgsql as $$
begin
  if new.status in ('accepted', 'declined') and array_remove(array[new.answered_by, app_acting_for()], null)
      && array_remove(array[new.person_id, new.acting_for], null) then
    raise exception 'nobody answers what they proposed' using errcode = 'CZ001';
  end if;
  return new;
end $$;
create trigger section_proposal_guard before update on section_proposal
  for each row execute function guard_proposal_answer();
`

const privileges = sql`
grant select on absence, substitution to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant select (acting_for) on access_signature to caracteriza_public;
grant insert on absence, substitution to caracteriza_web;
grant update (position_id, duty) on improvement_action to caracteriza_web;
grant update (cancelled_at, cancelled_by) on absence to caracteriza_web;
`
