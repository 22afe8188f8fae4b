import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * That nothing happened without a record (I3, G18; decision 0060): every write of a row with legal effect leaves the transaction that made it,
 * and what Temporal says of the Updates it took is kept beside, so that both are held against events and acts each night.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await tables.execute(db)
  await keeping.execute(db)
  await reading.execute(db)
  for (const [table, args] of Object.entries(KEPT)) {
    const [key = '', ...without] = args.split(' ')
    const said = sql.join([key, ...without].map((one) => sql.lit(one)))
    // In every mode of replication too: whoever switches triggers off for a session is found all the same.
    await sql`create trigger keeps_writes after insert or update or delete on ${sql.table(table)} for each row
      execute function keep_row_write(${said})`.execute(db)
    await sql`alter table ${sql.table(table)} enable always trigger keeps_writes`.execute(db)
    await sql`select trace_anew(${sql.lit(table)})`.execute(db)
  }
}

/** By table: its key, then the columns that move without an event (db/traced-tables.ts says why). */
const KEPT = {
  absence: 'id',
  access_campaign: 'id',
  access_ending: 'id sent_at',
  access_grant: 'id',
  access_list: 'id',
  access_list_row: 'list_id,n',
  access_probe: 'id',
  access_signature: 'id',
  account: 'id updated_at image email_verified',
  act: 'id status sent_at settled_at',
  agency: 'id',
  agency_summary: 'id signal_wanted',
  attachment: 'id',
  attempt: 'id',
  attempt_author: 'attempt_id,person_id',
  attendance: 'id',
  audit_paper: 'id',
  audit_paper_finding: 'finding_id',
  audit_sample: 'id',
  audit_sample_item: 'sample_id,ordinal',
  automatic_check_run: 'id',
  calendar_day: 'entity_id,day',
  capture_outcome: 'id',
  capture_record: 'id',
  capture_version: 'record_id,rev',
  cause_analysis: 'id',
  check_gate: 'id',
  citizen: 'id',
  citizen_tombstone: 'id spread_at leftovers',
  column_reveal: 'id',
  comment: 'id',
  comment_file: 'id',
  comment_resolution: 'id',
  comment_version: 'comment_id,n',
  confidentiality_acceptance: 'person_id,vigencia,text_version',
  connection: 'id tested_at test_code',
  consent: 'id',
  control_evidence: 'id',
  control_evidence_use: 'act_id,evidence_id',
  control_pause: 'id',
  control_resumption: 'id',
  control_run: 'id signal_wanted',
  control_standing: 'control_id',
  correction: 'id start_wanted',
  correction_signature: 'id',
  crosswalk: 'id',
  cycle: 'id refresh_wanted',
  cycle_template: 'cycle_id',
  dataset: 'id',
  difference_explanation: 'id',
  division_map: 'id',
  document: 'id',
  document_file: 'id',
  entity: 'id',
  figure_code: 'id',
  finding: 'id',
  follow_up: 'id signal_wanted',
  improvement_action: 'id signal_wanted',
  improvement_entry: 'id',
  incident: 'id',
  indicator_reading: 'id',
  indicator_version: 'indicator_id,n',
  methodology_choice: 'id',
  methodology_version: 'id',
  observation: 'id',
  person: 'id',
  position: 'id',
  procedure_version: 'id',
  release: 'id signal_wanted',
  release_file: 'id',
  release_protection: 'id',
  reopening: 'id',
  report_section: 'id',
  report_template: 'id',
  report_template_version: 'id',
  residual_override: 'id',
  review_answer: 'id',
  review_calendar: 'id',
  review_item: 'id',
  review_list: 'id',
  review_signature: 'id',
  review_statement: 'id',
  rights_detail: 'act_id',
  rights_request: 'id signal_wanted',
  rights_signature: 'id',
  rights_term: 'id',
  rights_text: 'id',
  risk: 'id',
  risk_acceptance: 'id signal_wanted',
  risk_assessment: 'id',
  risk_control: 'id schedule_wanted',
  risk_event: 'id',
  risk_import: 'id',
  risk_import_line: 'import_id,line',
  risk_indicator: 'id',
  risk_plan_action: 'action_id',
  risk_review: 'id',
  risk_signature: 'id',
  risk_standing: 'risk_id',
  risk_treatment: 'id',
  section_proposal: 'id',
  service_point: 'id',
  signature: 'id',
  snapshot: 'entity_id,source_id,hash',
  snapshot_rewrite: 'erasure_id,snapshot_hash',
  source: 'id',
  standing_alert: 'id',
  step: 'id',
  step_version: 'id',
  substitution: 'id',
  summary_answer: 'summary_id',
  summary_commitment: 'id',
  summary_reading: 'summary_id',
  task: 'id',
  tenure: 'id',
  term: 'id',
  variable: 'id',
  variable_score: 'step_version_id,variable_id',
  variable_version: 'id',
}

/** No foreign key: a trace outlives its row. `digest`: of all that has legal effect, null once the row is gone. */
const tables = sql`
create table row_write (
  seq bigint generated always as identity primary key,
  entity_id uuid not null,
  table_name text not null,
  row_id text not null,
  about_id uuid,
  xid xid8 not null default pg_current_xact_id(),
  written_at timestamptz not null default clock_timestamp(),
  writer text not null default session_user,
  digest bytea
);
create index row_write_row on row_write (entity_id, table_name, row_id, seq desc);
create index row_write_xid on row_write (entity_id, xid);
comment on table row_write is 'Every write of a row with legal effect, kept by trigger: which transaction, which role. Nobody writes, changes or deletes one.';
create table workflow_reading (
  entity_id uuid not null references entity,
  workflow_id text not null,
  run_id text not null,
  status text not null,
  closed_at timestamptz,
  read_at timestamptz not null,
  before_xid xid8 not null,
  primary key (workflow_id, run_id)
);
comment on column workflow_reading.before_xid is 'Transactions before this one were over at read_at, when the round began that read it: what they wrote, the history knows.';
comment on table workflow_reading is 'Histories of workflows that were read; one that is over with its thing is never read again.';
create table workflow_update (
  entity_id uuid not null references entity,
  workflow_id text not null,
  run_id text not null,
  update_id text not null,
  name text not null,
  outcome text not null check (outcome in ('accepted', 'done', 'refused')),
  primary key (workflow_id, run_id, update_id)
);
create index workflow_update_of on workflow_update (entity_id, update_id);
comment on table workflow_update is 'Updates that the histories of workflows hold: what Temporal says was done.';
create table difference_explanation (
  id uuid primary key,
  entity_id uuid not null references entity,
  control text not null,
  difference text not null,
  violations jsonb not null check (jsonb_array_length(violations) > 0),
  found integer not null check (found >= jsonb_array_length(violations)),
  note text not null check (note <> ''),
  explained_by uuid not null references person,
  explained_position uuid not null references position,
  explained_at timestamptz not null default app_now(),
  unique (entity_id, difference)
);
comment on table difference_explanation is 'What somebody answers for of a difference that cannot be undone: it is one no longer, and stands here.';
comment on column difference_explanation.violations is 'The rows of the difference, as the run of the control kept them (domain/controls.ts).';
comment on column difference_explanation.found is 'How many rows it excuses, whatever the run kept of them.';
create index difference_explanation_of on difference_explanation (entity_id, control, explained_at desc, id desc);
${secured('row_write')}
${secured('workflow_reading')}
${secured('workflow_update')}
${secured('difference_explanation')}
create policy web_explains on difference_explanation as restrictive for insert to caracteriza_web with check (explained_by = app_person());
grant select on difference_explanation to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant select on row_write, workflow_reading, workflow_update to caracteriza_worker;
grant insert on difference_explanation to caracteriza_web;
grant insert, update on workflow_reading, workflow_update to caracteriza_worker;
`

/** `about_id`: the thing with a page that the row is of (`request_id` of an act is that of the browser). Runs as its owner, because nobody else may write here; in one way of writing values. */
const keeping = sql`
create function row_about(of_table text, body jsonb) returns uuid language sql immutable parallel safe
  return case when of_table in ('access_grant', 'access_campaign', 'cycle', 'release', 'correction', 'rights_request', 'risk', 'risk_control',
      'risk_indicator', 'improvement_action', 'finding', 'person', 'position', 'tenure') then (body ->> 'id')::uuid
    else coalesce(body ->> 'grant_id', body ->> 'campaign_id', body ->> 'cycle_id', body ->> 'release_id', body ->> 'correction_id',
      body ->> 'rights_id', case when of_table <> 'act' then body ->> 'request_id' end, body ->> 'acceptance_id', body ->> 'risk_id',
      body ->> 'action_id', body ->> 'finding_id', body ->> 'indicator_id', body ->> 'control_id', body ->> 'run_id', body ->> 'list_id',
      body ->> 'person_id')::uuid end;
create function row_digest(body jsonb, without text[]) returns bytea language sql immutable parallel safe
  return sha256(convert_to(jsonb_strip_nulls(body - without)::text, 'UTF8'));
create function row_key(body jsonb, key text) returns text language sql immutable parallel safe
  return (select string_agg(body ->> c, ' ' order by n) from unnest(string_to_array(key, ',')) with ordinality k(c, n));
create function row_entity(of_table text, body jsonb) returns uuid language sql immutable parallel safe
  return (body ->> case of_table when 'entity' then 'id' else 'entity_id' end)::uuid;
create function keep_row_write() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp set timezone = 'UTC' set bytea_output = 'hex' as $$
declare
  was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  now_is jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  key text := tg_argv[0];
  without text[] := coalesce(tg_argv[1:], '{}');
  is_moved boolean := tg_op <> 'INSERT' and row_key(was, key) is distinct from row_key(now_is, key);
begin
  if tg_op = 'UPDATE' and was - without = now_is - without then return null; end if;
  if is_moved and row_entity(tg_table_name, was) is not null then
    insert into row_write (entity_id, table_name, row_id, about_id, digest)
    values (row_entity(tg_table_name, was), tg_table_name, row_key(was, key), row_about(tg_table_name, was), null);
  end if;
  if now_is is not null and row_entity(tg_table_name, now_is) is not null then
    insert into row_write (entity_id, table_name, row_id, about_id, digest)
    values (row_entity(tg_table_name, now_is), tg_table_name, row_key(now_is, key), row_about(tg_table_name, now_is),
      row_digest(now_is, without));
  end if;
  return null;
end $$;
`

/**
 * \`traced_tables\`: what the triggers say. \`trace_anew\`: for a migration after which rows would no longer read as they were traced.
 * \`untraced_rows\`: rows that are not as their last trace left them. A row version of the very transaction of its trace is as the trigger saw it;
 * any other is compared.
 */
const reading = sql`
create function traced_tables() returns table (table_name text, key text, without text[]) language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
  select c.relname::text, a.args[1], a.args[2:] from pg_trigger t join pg_class c on c.oid = t.tgrelid
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public',
    lateral (select (string_to_array(encode(t.tgargs, 'escape'), '\\000'))[:t.tgnargs] as args) a
  where t.tgname = 'keeps_writes' and t.tgenabled = 'A' and t.tgfoid = 'keep_row_write'::regproc
$$;
create function trace_anew(of_table text) returns void language plpgsql
  set search_path = pg_catalog, public, pg_temp set timezone = 'UTC' set bytea_output = 'hex' as $$
declare t record;
begin
  select * into strict t from traced_tables() where table_name = of_table;
  execute format('insert into row_write (entity_id, table_name, row_id, about_id, digest)
    select row_entity($1, b), $1, row_key(b, $2), row_about($1, b), row_digest(b, $3)
    from (select to_jsonb(x) as b from %I x) r where row_entity($1, b) is not null', of_table) using of_table, t.key, t.without;
end $$;
create function untraced_rows(of_entity uuid) returns table (table_name text, row_id text, about_id uuid, reason text, digest bytea)
  language plpgsql stable security definer
  set search_path = pg_catalog, public, pg_temp set timezone = 'UTC' set bytea_output = 'hex' set work_mem = '128MB' as $$
declare
  t record;
  columns text;
begin
  for t in select * from traced_tables() order by 1 loop
    select string_agg(format('x.%I::text', c), ' || '' '' || ' order by n) into columns
      from unnest(string_to_array(t.key, ',')) with ordinality k(c, n);
    return query execute format('
      with kept as (select distinct on (w.row_id) w.row_id, w.about_id, w.xid, w.digest from row_write w
          where w.entity_id = $1 and w.table_name = $2 order by w.row_id, w.seq desc),
        standing as (select %s as row_id, x.xmin::text::bigint as version, x as body from %I x where x.%I = $1)
      select $2, coalesce(k.row_id, s.row_id), coalesce(k.about_id, row_about($2, to_jsonb(s.body))),
        case when s.row_id is null then ''row_removed'' when k.digest is null then ''row_added'' else ''row_changed'' end,
        case when s.row_id is not null then row_digest(to_jsonb(s.body), $3) end
      from kept k full join standing s on s.row_id = k.row_id
      where case when s.row_id is null then k.digest is not null
        when k.digest is null then true
        else s.version <> (k.xid::text::bigint & 4294967295) and row_digest(to_jsonb(s.body), $3) <> k.digest end',
      columns, t.table_name, case t.table_name when 'entity' then 'id' else 'entity_id' end)
      using of_entity, t.table_name, t.without;
  end loop;
end $$;
create function migration_xids() returns setof bigint language sql stable security definer
  set search_path = pg_catalog, public, pg_temp as $$ select distinct xmin::text::bigint from kysely_migration $$;
revoke execute on function trace_anew(text), untraced_rows(uuid), migration_xids(), keep_row_write(), keep_fact_version() from public;
grant execute on function untraced_rows(uuid), migration_xids() to caracteriza_worker;
`
