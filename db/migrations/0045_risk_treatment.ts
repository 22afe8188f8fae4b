import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * What is done about a risk (guía v7, num. 3; domain facts §2.7; features D9): its treatment, the plan of who reduces it, and
 * its acceptance, bound to exactly what stood when it was signed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await hands.execute(db)
  await treatments.execute(db)
  await plans.execute(db)
  await acceptances.execute(db)
  await acts.execute(db)
  await signatures.execute(db)
  await privileges.execute(db)
}

/** Whoever rates a risk for somebody accepts it for nobody. */
const hands = sql`
alter table risk_assessment add column acting_for uuid references person default app_acting_for();
alter table risk_control add column acting_for uuid references person default app_acting_for();
`

/** Never updated: deciding anew is another row. `statement`: how it is reduced, or what ceases. */
const treatments = sql`
create table risk_treatment (
  id uuid primary key,
  entity_id uuid not null references entity,
  risk_id uuid not null references risk,
  n integer not null check (n > 0),
  assessment_id uuid not null references risk_assessment,
  option text not null check (option in ('accept', 'mitigate', 'transfer', 'avoid')),
  statement text not null check (btrim(statement) <> ''),
  body_hash text not null check (body_hash ~ '^[0-9a-f]{64}$'),
  decided_by uuid not null references person,
  decided_position uuid not null references position,
  acting_for uuid references person default app_acting_for(),
  decided_at timestamptz not null default app_now(),
  unique (risk_id, n)
);
${secured('risk_treatment')}
create policy web_decides on risk_treatment as restrictive for insert to caracteriza_web with check (decided_by = app_person());
`

/** An action of the plan is an improvement action like any other, with the days that a plan of treatment has besides. */
const plans = sql`
alter table improvement_action drop constraint improvement_action_origin_check;
alter table improvement_action add constraint improvement_action_origin_check
  check (origin in ('recommendation', 'commitment', 'finding', 'risk'));
create table risk_plan_action (
  action_id uuid primary key references improvement_action,
  entity_id uuid not null references entity,
  risk_id uuid not null references risk,
  starts_on date not null,
  follow_up_on date not null check (follow_up_on >= starts_on)
);
create index risk_plan_action_of on risk_plan_action (risk_id);
${secured('risk_plan_action')}
`

/**
 * `content`: what was to be accepted, as it stood; `state_hash`: of the part that lapses the acceptance when it changes;
 * `content_hash`: of all of it with its reason and term, which is what is signed. `hands`: who may not accept it.
 */
const acceptances = sql`
create table risk_acceptance (
  id uuid primary key,
  entity_id uuid not null references entity,
  risk_id uuid not null references risk,
  assessment_id uuid not null references risk_assessment,
  status text not null default 'asked' check (status in ('asked', 'accepted', 'declined', 'withdrawn', 'lapsed', 'expired')),
  reason text not null check (btrim(reason) <> ''),
  until date not null,
  acceptor_duty text not null,
  content jsonb not null,
  state_hash text not null check (state_hash ~ '^[0-9a-f]{64}$'),
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  hands uuid[] not null,
  asked_by uuid not null references person,
  asked_position uuid not null references position,
  acting_for uuid references person default app_acting_for(),
  asked_at timestamptz not null default app_now(),
  ended_at timestamptz,
  signal_wanted boolean not null default true,
  check ((ended_at is null) = (status in ('asked', 'accepted')))
);
create unique index risk_acceptance_open on risk_acceptance (risk_id) where ended_at is null;
create index risk_acceptance_of on risk_acceptance (risk_id, asked_at desc);
create index risk_acceptance_waiting on risk_acceptance (entity_id, acceptor_duty, asked_at) where status = 'asked';
create index risk_acceptance_wanted on risk_acceptance (asked_at) where signal_wanted;
${secured('risk_acceptance')}
create policy web_asks on risk_acceptance as restrictive for insert to caracteriza_web with check (asked_by = app_person());
`

const acts = sql`
alter table act add column acceptance_id uuid references risk_acceptance;
alter table act drop constraint act_object_type_check, drop constraint act_about;
alter table act add constraint act_object_type_check
  check (object_type in ('cycle', 'step_version', 'reopening', 'access_grant', 'access_campaign', 'review_batch',
    'rights_request', 'risk_acceptance')),
  add constraint act_about check (num_nonnulls(cycle_id, grant_id, campaign_id, list_id, rights_id, acceptance_id) = 1
    and (grant_id is not null) = (object_type = 'access_grant')
    and (campaign_id is not null) = (object_type = 'access_campaign')
    and (list_id is not null) = (object_type = 'review_batch')
    and (rights_id is not null) = (object_type = 'rights_request')
    and (acceptance_id is not null) = (object_type = 'risk_acceptance'));
create index act_acceptance on act (acceptance_id, stored_at) where acceptance_id is not null;
`

/** What each person decided, as they were then. Nobody accepts what they rated or asked for, whatever writes the row. */
const signatures = sql`
create table risk_signature (
  id uuid primary key references act,
  entity_id uuid not null references entity,
  acceptance_id uuid not null references risk_acceptance,
  kind text not null check (kind in ('accept_risk', 'decline_risk', 'withdraw_risk')),
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
create index risk_signature_of on risk_signature (acceptance_id, signed_at);
create index risk_signature_receipt on risk_signature (receipt_code);
${secured('risk_signature')}
create function guard_risk_acceptance() returns trigger language plpgsql as $$
declare signers uuid[] := array_remove(array[new.person_id, new.acting_for], null);
begin
  if new.kind = 'accept_risk' and exists (select from risk_acceptance a where a.id = new.acceptance_id
      and (a.hands && signers or a.content_hash <> new.content_hash)) then
    raise exception 'nobody accepts what they rated, or other than what stands' using errcode = 'CZ001';
  end if;
  return new;
end $$;
create trigger risk_acceptance_hands before insert on risk_signature for each row execute function guard_risk_acceptance();
grant select (id, entity_id, acceptance_id, kind, position_name, receipt_code, signed_at, content_hash, method) on risk_signature
  to caracteriza_public;
create policy public_signature on risk_signature for select to caracteriza_public
  using (receipt_code = nullif(current_setting('app.receipt', true), ''));
`

const privileges = sql`
grant select on risk_treatment, risk_plan_action, risk_acceptance, risk_signature
  to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on risk_treatment, risk_plan_action, risk_acceptance to caracteriza_web;
grant update (status, ended_at, signal_wanted) on risk_acceptance to caracteriza_web, caracteriza_worker;
grant insert on risk_signature to caracteriza_worker;
`
