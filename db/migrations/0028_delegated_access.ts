import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Delegated access (Cali, circular 4173.010.22.2.1020.000150): points of attention, what was asked, who accepted and
 * decided it, until when it lasts, and the commitment each person accepts for each vigencia. Ended, never deleted.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await points.execute(db)
  await grants.execute(db)
  await acts.execute(db)
  await signatures.execute(db)
  await commitments.execute(db)
  await notices.execute(db)
  await privileges.execute(db)
}

/** `kind`: a centre of the city (CALI), a window of an organismo (ventanilla) or another point. */
const points = sql`
alter table service_point
  add column kind text not null default 'punto' check (kind in ('centro', 'ventanilla', 'punto')),
  add column address text,
  add constraint service_point_name unique (entity_id, name);
create index service_point_agency on service_point (agency_id);
`

/** `radicado`: official communication by which it was asked (R3); without one there is no grant. */
const grants = sql`
create table access_grant (
  id uuid primary key,
  entity_id uuid not null references entity,
  year integer not null,
  n integer not null check (n > 0),
  code text not null,
  vigencia integer not null,
  agency_id uuid not null references agency,
  point_id uuid not null references service_point,
  grantee_id uuid not null references person,
  form text not null check (form in ('F004', 'F006')),
  radicado text not null check (btrim(radicado) <> ''),
  radicado_on date not null,
  reason text not null,
  starts_on date not null,
  ends_on date not null,
  content_hash text not null,
  asked_by uuid not null references person,
  asked_position uuid not null references position,
  asked_at timestamptz not null default app_now(),
  status text not null default 'filed' check (status in ('filed', 'asked', 'accepted', 'granted', 'denied', 'declined',
    'withdrawn', 'refused', 'lapsed', 'revoked', 'expired', 'unanswered')),
  begun_at timestamptz,
  ended_at timestamptz,
  cause text check (cause in ('transfer', 'contract_end', 'account_lost', 'incident', 'agency_request')),
  unique (entity_id, year, n),
  unique (entity_id, code),
  check (grantee_id <> asked_by),
  check (starts_on <= ends_on and extract(year from starts_on) = vigencia and extract(year from ends_on) = vigencia),
  check ((ended_at is not null) = (status not in ('filed', 'asked', 'accepted', 'granted'))),
  check ((cause is not null) = (status = 'revoked'))
);
create unique index access_grant_held on access_grant (grantee_id, point_id, form, vigencia)
  where status in ('filed', 'asked', 'accepted', 'granted');
create index access_grant_page on access_grant (entity_id, asked_at desc, id desc);
create index access_grant_agency on access_grant (agency_id);
${secured('access_grant')}
create policy web_asks on access_grant as restrictive for insert to caracteriza_web
  with check (status = 'filed' and asked_by = app_person());
`

/** An act is about a cycle or about a delegated access; either way one workflow carries it. */
const acts = sql`
alter table act alter column cycle_id drop not null, add column grant_id uuid references access_grant,
  add column cause text check (cause is null or (object_type = 'access_grant' and kind = 'revoke'));
alter table act drop constraint act_object_type_check;
alter table act add constraint act_object_type_check
  check (object_type in ('cycle', 'step_version', 'reopening', 'access_grant')),
  add constraint act_about check (num_nonnulls(cycle_id, grant_id) = 1
    and (grant_id is not null) = (object_type = 'access_grant'));
create index act_grant on act (grant_id, stored_at) where grant_id is not null;
`

/** What each person said of a delegated access, as they were when they said it; the two duties never meet (D8). */
const signatures = sql`
create table access_signature (
  id uuid primary key references act,
  entity_id uuid not null references entity,
  grant_id uuid not null references access_grant,
  kind text not null check (kind in ('ask', 'accept', 'decline', 'grant', 'deny', 'withdraw', 'revoke')),
  person_id uuid not null references person,
  position_id uuid not null references position,
  person_name text not null,
  position_name text not null,
  tenure_kind text not null,
  duty text not null,
  statement text not null,
  method text not null,
  content_hash text not null,
  receipt_code text not null,
  signed_at timestamptz not null default app_now()
);
create index access_signature_grant on access_signature (grant_id, signed_at);
create function guard_access_signature() returns trigger language plpgsql as $$
declare asked uuid; grantee uuid;
begin
  select g.asked_by, g.grantee_id into asked, grantee from access_grant g where g.id = new.grant_id;
  if new.kind in ('grant', 'deny') and new.person_id in (asked, grantee) then
    raise exception 'nobody decides on an access of their own' using errcode = 'CZ001';
  end if;
  if new.kind in ('accept', 'decline') and new.person_id <> grantee then
    raise exception 'nobody accepts for another' using errcode = 'CZ001';
  end if;
  return new;
end $$;
create trigger access_signature_guard before insert on access_signature
  for each row execute function guard_access_signature();
${secured('access_signature')}
`

/** Text and version accepted, by person and vigencia (Ley 1581 de 2012). */
const commitments = sql`
create table confidentiality_acceptance (
  person_id uuid not null references person,
  vigencia integer not null,
  text_version integer not null,
  entity_id uuid not null references entity,
  text_hash text not null,
  act_id uuid not null references act,
  accepted_at timestamptz not null default app_now(),
  primary key (person_id, vigencia, text_version)
);
${secured('confidentiality_acceptance')}
`

const notices = sql`
alter table notice add column grant_id uuid references access_grant;
alter table notice drop constraint notice_about;
alter table notice add constraint notice_about check (num_nonnulls(term_id, action_id, summary_id, grant_id) = 1
  and (term_id is null or num_nulls(cycle_id, step_id, attempt_id) = 0));
create unique index notice_grant on notice (grant_id, kind, planned_on, duty)
  where grant_id is not null and status <> 'superseded';
`

const privileges = sql`
grant select on access_grant, access_signature, confidentiality_acceptance
  to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on access_grant to caracteriza_web;
grant update (status, begun_at, ended_at, cause) on access_grant to caracteriza_worker;
grant insert on access_signature, confidentiality_acceptance to caracteriza_worker;
grant select (person_id, entity_id, disabled_at) on account to caracteriza_worker;
create policy worker_reads on account for select to caracteriza_worker using (entity_id = app_entity());
`
