import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Retention by documentary table, and disposal by act (features I4, P11; decision 0061): rules are versions, a disposal freezes what will go,
 * and each content that went leaves a tombstone that nobody changes.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await tables.execute(db)
  await acts.execute(db)
  await signatures.execute(db)
  await privileges.execute(db)
  await guard.execute(db)
  for (const [table, args] of Object.entries(KEPT)) {
    const said = sql.join(args.split(' ').map((one) => sql.lit(one)))
    await sql`create trigger keeps_writes after insert or update or delete on ${sql.table(table)} for each row
      execute function keep_row_write(${said})`.execute(db)
    await sql`alter table ${sql.table(table)} enable always trigger keeps_writes`.execute(db)
  }
}

const KEPT = {
  retention_rule: 'id',
  disposal: 'id signal_wanted',
  disposal_item: 'disposal_id,n',
  disposal_signature: 'id',
  disposal_tombstone: 'id',
}

/** `hands`: who may not approve it. `place`: step and version, or format; nothing anybody typed. */
const tables = sql`
create table retention_rule (
  id uuid primary key,
  entity_id uuid not null references entity,
  code text not null check (code ~ '^[0-9A-Za-z]+([.][0-9A-Za-z]+)*$'),
  n integer not null check (n > 0),
  name text not null check (btrim(name) <> ''),
  office_years integer not null check (office_years between 0 and 99),
  central_years integer not null check (central_years between 0 and 99),
  disposition text not null check (disposition in ('CT', 'E', 'S', 'MT')),
  act text not null check (btrim(act) <> ''),
  act_date date not null,
  in_force_from date not null,
  added_by uuid not null references person,
  added_position uuid not null references position,
  added_at timestamptz not null default app_now(),
  unique (entity_id, code, n)
);
comment on table retention_rule is 'Documentary table of an entity: versions of its series, never changed; of a day, the last one in force of each code counts.';
create table disposal (
  id uuid primary key,
  entity_id uuid not null references entity,
  year integer not null,
  n integer not null check (n > 0),
  code text not null,
  cycle_id uuid not null references cycle,
  rule_id uuid not null references retention_rule,
  status text not null default 'proposed' check (status in ('proposed', 'approved', 'running', 'done', 'returned', 'withdrawn')),
  minutes_number text not null check (btrim(minutes_number) <> ''),
  minutes_date date not null,
  kept_until date not null,
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  hands uuid[] not null,
  proposed_by uuid not null references person,
  proposed_position uuid not null references position,
  acting_for uuid references person default app_acting_for(),
  proposed_at timestamptz not null default app_now(),
  begins_at timestamptz,
  begun_at timestamptz,
  ended_at timestamptz,
  signal_wanted boolean not null default true,
  unique (entity_id, year, n),
  unique (entity_id, code),
  check ((ended_at is null) = (status in ('proposed', 'approved', 'running'))),
  check ((begun_at is null) = (status not in ('running', 'done')))
);
create unique index disposal_open on disposal (cycle_id) where status in ('proposed', 'approved', 'running', 'done');
create index disposal_listed on disposal (entity_id, proposed_at desc, id desc);
create index disposal_wanted on disposal (proposed_at) where signal_wanted;
comment on table disposal is 'Elimination of the content of an ended cycle, by minutes of the committee and act of two people.';
create table disposal_item (
  disposal_id uuid not null references disposal,
  n integer not null check (n > 0),
  entity_id uuid not null references entity,
  kind text not null check (kind in ('content', 'draft', 'proposal', 'correction', 'attachment', 'comment_file', 'received', 'head',
    'rejects', 'snapshot', 'document', 'document_file')),
  object_id uuid not null,
  place text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint not null check (bytes >= 0),
  is_shared boolean not null,
  primary key (disposal_id, n),
  unique (disposal_id, kind, object_id)
);
comment on table disposal_item is 'The inventory of a disposal, frozen as it was proposed.';
create table disposal_tombstone (
  id uuid primary key,
  entity_id uuid not null references entity,
  disposal_id uuid not null,
  n integer not null,
  kind text not null,
  object_id uuid not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint not null,
  is_file_kept boolean not null,
  removed_at timestamptz not null default app_now(),
  unique (disposal_id, n),
  foreign key (disposal_id, n) references disposal_item (disposal_id, n)
);
create index disposal_tombstone_of on disposal_tombstone (object_id);
create index disposal_tombstone_snapshot on disposal_tombstone (sha256) where kind = 'snapshot';
comment on table disposal_tombstone is 'What a disposal took away: its hash, and that it went. Nobody changes or deletes one.';
comment on column disposal_tombstone.is_file_kept is 'As it went another row named the same file, so that only this one lost its content.';
${secured('retention_rule')}
${secured('disposal')}
${secured('disposal_item')}
${secured('disposal_tombstone')}
create policy web_adopts on retention_rule as restrictive for insert to caracteriza_web with check (added_by = app_person());
create policy web_proposes on disposal as restrictive for insert to caracteriza_web
  with check (proposed_by = app_person() and proposed_by = any(hands) and status = 'proposed' and begins_at is null and begun_at is null);
`

const acts = sql`
alter table act add column disposal_id uuid references disposal;
alter table act drop constraint act_object_type_check, drop constraint act_about;
alter table act add constraint act_object_type_check
  check (object_type in ('cycle', 'step_version', 'reopening', 'access_grant', 'access_campaign', 'review_batch',
    'rights_request', 'risk_acceptance', 'control_run', 'disposal')),
  add constraint act_about
    check (num_nonnulls(cycle_id, grant_id, campaign_id, list_id, rights_id, acceptance_id, run_id, disposal_id) = 1
    and (grant_id is not null) = (object_type = 'access_grant')
    and (campaign_id is not null) = (object_type = 'access_campaign')
    and (list_id is not null) = (object_type = 'review_batch')
    and (rights_id is not null) = (object_type = 'rights_request')
    and (acceptance_id is not null) = (object_type = 'risk_acceptance')
    and (run_id is not null) = (object_type = 'control_run')
    and (disposal_id is not null) = (object_type = 'disposal'));
create index act_disposal on act (disposal_id, stored_at) where disposal_id is not null;
`

/** What each person decided, as they were then. Nobody approves what they proposed, or other than what stands, whatever writes the row. */
const signatures = sql`
create table disposal_signature (
  id uuid primary key references act,
  entity_id uuid not null references entity,
  disposal_id uuid not null references disposal,
  kind text not null check (kind in ('approve_disposal', 'return_disposal', 'withdraw_disposal')),
  person_id uuid not null references person,
  position_id uuid not null references position,
  acting_for uuid references person,
  person_name text not null,
  position_name text not null,
  tenure_kind text not null,
  duty text not null,
  statement text not null,
  observation text,
  method text not null,
  content_hash text not null,
  receipt_code text not null,
  signed_at timestamptz not null default app_now()
);
create index disposal_signature_of on disposal_signature (disposal_id, signed_at);
create index disposal_signature_receipt on disposal_signature (receipt_code);
${secured('disposal_signature')}
create function guard_disposal() returns trigger language plpgsql as $$
declare signers uuid[] := array_remove(array[new.person_id, new.acting_for], null);
begin
  if new.kind = 'approve_disposal' and exists (select from disposal d where d.id = new.disposal_id
      and (d.hands && signers or d.content_hash <> new.content_hash)) then
    raise exception 'nobody approves a disposal they proposed, or other than what stands' using errcode = 'CZ001';
  end if;
  return new;
end $$;
create trigger disposal_hands before insert on disposal_signature for each row execute function guard_disposal();
create function guard_disposal_begin() returns trigger language plpgsql as $$
begin
  if new.status in ('running', 'done') and old.status not in ('running', 'done') and not exists (select from disposal_signature s
      where s.disposal_id = new.id and s.kind = 'approve_disposal' and s.content_hash = new.content_hash) then
    raise exception 'a disposal begins by the signature of whoever approves it' using errcode = 'CZ001';
  end if;
  return new;
end $$;
create trigger disposal_begins before update on disposal for each row execute function guard_disposal_begin();
create function guard_tombstone() returns trigger language plpgsql as $$
begin
  if not exists (select from disposal d where d.id = new.disposal_id and d.status = 'running') then
    raise exception 'content goes while its disposal is carried out' using errcode = 'CZ003';
  end if;
  return new;
end $$;
create trigger tombstone_of_running before insert on disposal_tombstone for each row execute function guard_tombstone();
`

/** The worker reads which rows of any entity name a file before it removes one. */
const privileges = sql`
grant select on retention_rule, disposal, disposal_item, disposal_tombstone, disposal_signature
  to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on retention_rule, disposal, disposal_item to caracteriza_web;
grant update (signal_wanted) on disposal to caracteriza_web;
grant update (status, begins_at, begun_at, ended_at, signal_wanted) on disposal to caracteriza_worker;
grant insert on disposal_tombstone, disposal_signature to caracteriza_worker;
grant update (answers, canonical, snapshot_html, look) on step_version to caracteriza_worker;
grant update (base, value, reason) on section_proposal to caracteriza_worker;
grant update (answers) on correction to caracteriza_worker;
grant update (name) on attachment, comment_file to caracteriza_worker;
grant delete on draft_save to caracteriza_worker;
grant select on section_proposal, attachment, comment_file, document, document_file, release_file, map_file, division_map, entity,
  report_template_version, control_evidence, access_list, risk_import to caracteriza_worker;
grant select (id, entity_id, cycle_id, status, minutes_number, minutes_date, ended_at) on disposal to caracteriza_public;
grant select (entity_id, disposal_id, kind, object_id, sha256, removed_at) on disposal_tombstone to caracteriza_public;
create policy public_disposal on disposal for select to caracteriza_public using (status in ('running', 'done'));
create policy public_tombstone on disposal_tombstone for select to caracteriza_public using (kind in ('document', 'snapshot'));
`

/** A frozen version loses its content as a whole, by its tombstone, and changes in nothing else, by the one role that may write there. */
const guard = sql`
create function guard_frozen_content() returns trigger language plpgsql as $$
declare content text[] := array['answers', 'canonical', 'snapshot_html', 'look'];
begin
  if to_jsonb(new) - content <> to_jsonb(old) - content or new.answers <> '{}' or new.canonical <> '' or new.snapshot_html <> ''
      or new.look is not null or not exists (select from disposal_tombstone t where t.object_id = old.id) then
    raise exception 'frozen content goes by an act of disposal, or stays' using errcode = 'CZ003';
  end if;
  return new;
end $$;
create trigger content_goes_by_act before update on step_version for each row when (current_user = 'caracteriza_worker')
  execute function guard_frozen_content();
`
