import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * What any date is answered with (decision 0052): every version of the facts rights hang on, with the instant it was recorded
 * and the transaction that did, and every version of the rules that judged them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await versions.execute(db)
  await reading.execute(db)
  await keeping.execute(db)
  await backfill.execute(db)
  await rules.execute(db)
  await records.execute(db)
}

/** `about_id`: by what it is looked up: whose tenure, of which organismo a position. `body`: null once the row is gone. */
const versions = sql`
create table fact_version (
  seq bigint generated always as identity primary key,
  entity_id uuid not null references entity,
  fact text not null,
  row_id uuid not null,
  about_id uuid,
  recorded_at timestamptz not null,
  xid xid8,
  body jsonb
);
create index fact_version_row on fact_version (row_id, recorded_at desc, seq desc);
create index fact_version_about on fact_version (about_id, fact, row_id) where about_id is not null and fact <> 'position';
-- Of the positions of an organismo only those that headed it are looked up.
create index fact_version_heads on fact_version (about_id, row_id) where fact = 'position' and body ->> 'heads_agency' = 'true';
comment on table fact_version is 'Versions of tenures, positions, accesses and the like, kept by trigger: nobody writes, changes or deletes one.';
${secured('fact_version')}
grant select on fact_version to caracteriza_web, caracteriza_worker, caracteriza_auditor;
`

/** PL/pgSQL keeps the plan of each for the connection. \`described_at\`: what describes a row at an instant before it was recorded is how it began. */
const reading = sql`
create function fact_at(of_row uuid, instant timestamptz) returns jsonb language plpgsql stable as $$
begin
  return (select v.body from fact_version v where v.row_id = of_row and v.recorded_at <= instant
    order by v.recorded_at desc, v.seq desc limit 1);
end $$;
create function described_at(of_row uuid, instant timestamptz) returns jsonb language plpgsql stable as $$
begin
  return coalesce(fact_at(of_row, instant), (select v.body from fact_version v where v.row_id = of_row
    order by v.recorded_at, v.seq limit 1));
end $$;
`

/**
 * Arguments: the column it is looked up by ('' for none), then those that are kept; of a person no name. Runs as its owner,
 * because nobody else may write here.
 */
const keeping = sql`
create function keep_fact_version() returns trigger language plpgsql
  security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  gone boolean := tg_op = 'DELETE';
  was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  now_is jsonb := case when not gone then to_jsonb(new) end;
  shown jsonb := coalesce(now_is, was);
  kept jsonb;
begin
  if shown ->> 'entity_id' is null then return null; end if;
  if not gone then
    select jsonb_object_agg(c, now_is -> c) into kept from unnest(tg_argv) c where c <> '';
    if tg_op = 'UPDATE' and kept = (select jsonb_object_agg(c, was -> c) from unnest(tg_argv) c where c <> '') then
      return null;
    end if;
  end if;
  insert into fact_version (entity_id, fact, row_id, about_id, recorded_at, xid, body)
  values ((shown ->> 'entity_id')::uuid, tg_table_name, (shown ->> 'id')::uuid,
    case when tg_argv[0] <> '' then (shown ->> tg_argv[0])::uuid end, app_now(), pg_current_xact_id(), kept);
  return null;
end $$;
create trigger keeps_versions after insert or update or delete on agency for each row
  execute function keep_fact_version('parent_id', 'name', 'ended_on');
create trigger keeps_versions after insert or update or delete on service_point for each row
  execute function keep_fact_version('agency_id', 'name', 'ended_on');
create trigger keeps_versions after insert or update or delete on position for each row
  execute function keep_fact_version('agency_id', 'name', 'duty', 'heads_agency', 'ended_on');
create trigger keeps_versions after insert or update or delete on person for each row
  execute function keep_fact_version('', 'ended_on');
create trigger keeps_versions after insert or update or delete on tenure for each row
  execute function keep_fact_version('person_id', 'position_id', 'kind', 'from_date', 'to_date', 'act_reference', 'end_act_reference');
create trigger keeps_versions after insert or update or delete on account for each row
  execute function keep_fact_version('person_id', 'disabled_at');
create trigger keeps_versions after insert or update or delete on absence for each row
  execute function keep_fact_version('person_id', 'position_id', 'from_date', 'to_date', 'act_reference', 'cancelled_at');
create trigger keeps_versions after insert or update or delete on substitution for each row
  execute function keep_fact_version('substitute_id', 'absence_id', 'scope');
create trigger keeps_versions after insert or update or delete on access_grant for each row
  execute function keep_fact_version('grantee_id', 'code', 'status', 'agency_id', 'point_id', 'form', 'vigencia', 'starts_on',
    'ends_on', 'cause');
create trigger keeps_versions after insert or update or delete on access_ending for each row
  execute function keep_fact_version('grant_id', 'cause', 'effective_on', 'outcome');
create trigger keeps_versions after insert or update or delete on cycle for each row
  execute function keep_fact_version('procedure_version_id', 'name', 'status');
create trigger keeps_versions after insert or update or delete on step for each row
  execute function keep_fact_version('cycle_id', 'code', 'status', 'attempt_n', 'attempt_id', 'version_id', 'lapsed_by');
`

/**
 * What stood before: as the rows say it now, known since their first event, or always where there is none. What passed through
 * states has its own instants: accesses and steps their events, the others their columns.
 */
export const backfill = sql`
insert into fact_version (entity_id, fact, row_id, about_id, recorded_at, xid, body)
select r.entity_id, r.fact, r.id, r.about_id, coalesce(e.at, '-infinity'), e.xid, r.body from (
  select entity_id, 'agency' as fact, id, parent_id as about_id, jsonb_build_object('parent_id', parent_id, 'name', name,
    'ended_on', ended_on) as body from agency
  union all select entity_id, 'service_point', id, agency_id, jsonb_build_object('agency_id', agency_id, 'name', name,
    'ended_on', ended_on) from service_point
  union all select entity_id, 'position', id, agency_id, jsonb_build_object('agency_id', agency_id, 'name', name, 'duty', duty,
    'heads_agency', heads_agency, 'ended_on', ended_on) from position
  union all select entity_id, 'person', id, null, jsonb_build_object('ended_on', ended_on) from person
  union all select entity_id, 'tenure', id, person_id, jsonb_build_object('person_id', person_id, 'position_id', position_id,
    'kind', kind, 'from_date', from_date, 'to_date', to_date, 'act_reference', act_reference,
    'end_act_reference', end_act_reference) from tenure
  union all select s.entity_id, 'substitution', s.id, s.substitute_id, jsonb_build_object('substitute_id', s.substitute_id,
    'absence_id', s.absence_id, 'scope', s.scope) from substitution s
) r left join lateral (select e.at, e.xid from event e where e.object_id = r.id order by e.at, e.id limit 1) e on true;

insert into fact_version (entity_id, fact, row_id, about_id, recorded_at, body)
select entity_id, fact, id, about_id, at, body from (
  select entity_id, 'account' as fact, id, person_id as about_id, created_at as at,
    jsonb_build_object('person_id', person_id, 'disabled_at', null) as body from account where entity_id is not null
  union all select entity_id, 'account', id, person_id, disabled_at,
    jsonb_build_object('person_id', person_id, 'disabled_at', disabled_at) from account
    where entity_id is not null and disabled_at is not null
  union all select entity_id, 'absence', id, person_id, planned_at, jsonb_build_object('person_id', person_id,
    'position_id', position_id, 'from_date', from_date, 'to_date', to_date, 'act_reference', act_reference,
    'cancelled_at', null) from absence
  union all select entity_id, 'absence', id, person_id, cancelled_at, jsonb_build_object('person_id', person_id,
    'position_id', position_id, 'from_date', from_date, 'to_date', to_date, 'act_reference', act_reference,
    'cancelled_at', cancelled_at) from absence where cancelled_at is not null
  union all select entity_id, 'access_ending', id, grant_id, ordered_at, jsonb_build_object('grant_id', grant_id,
    'cause', cause, 'effective_on', effective_on, 'outcome', null) from access_ending
  union all select entity_id, 'access_ending', id, grant_id, settled_at, jsonb_build_object('grant_id', grant_id,
    'cause', cause, 'effective_on', effective_on, 'outcome', outcome) from access_ending where settled_at is not null
) r order by at;

insert into fact_version (entity_id, fact, row_id, about_id, recorded_at, xid, body)
select g.entity_id, 'access_grant', g.id, g.grantee_id, s.at, s.xid, jsonb_build_object('grantee_id', g.grantee_id,
  'code', g.code, 'status', s.status, 'agency_id', g.agency_id, 'point_id', g.point_id, 'form', g.form,
  'vigencia', g.vigencia, 'starts_on', g.starts_on, 'ends_on', coalesce((
    select jsonb_path_query_first(later.changes, '$[*] ? (@.field == "ends_on").before') #>> '{}' from event later
    where later.object_id = g.id and later.type = 'access.shortened' and later.at > s.at order by later.at limit 1)::date,
    g.ends_on), 'cause', case when s.status = 'revoked' then g.cause end)
from access_grant g join lateral (
  select e.at, e.xid, substr(e.type, 8) as status from event e where e.object_id = g.id and e.type in ('access.asked',
    'access.accepted', 'access.granted', 'access.denied', 'access.declined', 'access.withdrawn', 'access.lapsed',
    'access.revoked', 'access.expired', 'access.unanswered', 'access.retired', 'access.suspended')
  union all select e.at, e.xid, 'granted' from event e where e.object_id = g.id and e.type = 'access.shortened'
  union all select g.asked_at, null, g.status where not exists (select from event e where e.object_id = g.id)
) s on true order by s.at;

insert into fact_version (entity_id, fact, row_id, about_id, recorded_at, body)
select entity_id, 'cycle', id, procedure_version_id, at, jsonb_build_object('procedure_version_id', procedure_version_id,
  'name', name, 'status', stood) from (
  select *, requested_at as at, 'requested' as stood from cycle
  union all select *, started_at, 'active' from cycle where started_at is not null
  union all select *, closed_at, status from cycle where closed_at is not null
) c order by at;

insert into fact_version (entity_id, fact, row_id, about_id, recorded_at, xid, body)
select s.entity_id, 'step', s.id, s.cycle_id, e.at, e.xid, jsonb_build_object('cycle_id', s.cycle_id, 'code', s.code,
  'status', e.status, 'attempt_n', coalesce(a.n, 0), 'attempt_id', a.id, 'version_id', case when e.status in ('in_review',
  'in_approval', 'approved', 'lapsed') then (select v.id from step_version v where v.step_id = s.id and v.frozen_at <= e.at
    order by v.n desc limit 1) end, 'lapsed_by', case when e.status = 'lapsed' then s.lapsed_by end)
from step s join lateral (
  select at, xid, jsonb_path_query_first(changes, '$[*] ? (@.field == "status").after') #>> '{}' as status from event
  where cycle_id = s.cycle_id and step_code = s.code and changes @? '$[*] ? (@.field == "status")'
    and (type like 'step.%' or type like 'reopening.%' or type = 'cycle.cancelled')
  union all select c.requested_at, null, 'not_started' from cycle c where c.id = s.cycle_id
) e on true left join lateral (select a.id, a.n from attempt a where a.step_id = s.id and a.opened_at <= e.at
  order by a.n desc limit 1) a on true
order by e.at;
`

/** One row each time the product starts with other rules than before; only the owner writes it. */
const rules = sql`
create table permission_rules (
  n integer generated always as identity primary key,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  content jsonb not null,
  since timestamptz not null default app_now()
);
create index permission_rules_since on permission_rules (since desc, n desc);
comment on table permission_rules is 'Versions of the rules of domain/permission-rules.ts, with the instant each came into force.';
alter table permission_rules enable row level security;
alter table permission_rules force row level security;
create policy reads on permission_rules for select to caracteriza_web, caracteriza_worker, caracteriza_auditor using (true);
create policy owner on permission_rules for all to caracteriza_owner using (true) with check (true);
grant select on permission_rules to caracteriza_web, caracteriza_worker, caracteriza_auditor;
`

/** Where a captured record stands, and nothing of whom: whoever audits has no access in force, so its row is hidden from them. */
const records = sql`
create function record_place(of_code text) returns table (id uuid, code text, scope text, form text, vigencia integer,
  point_id uuid, captured_at timestamptz) language sql stable
  security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.id, r.code, r.scope, r.form, r.vigencia, r.point_id, r.captured_at from capture_record r
  where r.entity_id = app_entity() and r.code = of_code
$$;
revoke execute on function record_place(text) from public;
grant execute on function record_place(text) to caracteriza_web, caracteriza_auditor;
`
