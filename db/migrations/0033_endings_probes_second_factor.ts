import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Ending a delegated access because of what else is recorded (circular 4173.010.22.2.1020.000150; D4): the order stands
 * with the change that causes it, and the workflow of the access carries it out. And the proof that an end took effect: what
 * a session of that person was answered before and after (C10, N2).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await endings.execute(db)
  await inForce.execute(db)
  await probes.execute(db)
  await factors.execute(db)
  await privileges.execute(db)
}

/**
 * `origin`, `origin_id`: what was recorded, and its row. `ordered_by`: whoever recorded it; null where nobody did, as when
 * a campaign closes in silence. `effective_on`: first civil day without the access.
 */
const endings = sql`
create table access_ending (
  id uuid primary key,
  entity_id uuid not null references entity,
  grant_id uuid not null references access_grant,
  cause text not null,
  origin text not null,
  origin_id uuid not null,
  ordered_by uuid references person,
  ordered_position uuid references position,
  ordered_at timestamptz not null default app_now(),
  effective_on date not null,
  sent_at timestamptz,
  settled_at timestamptz,
  outcome text check (outcome in ('revoked', 'kept', 'over')),
  unique (grant_id, origin, origin_id, effective_on),
  check ((settled_at is null) = (outcome is null))
);
create index access_ending_open on access_ending (effective_on, sent_at) where settled_at is null;
create index access_ending_of on access_ending (grant_id) where settled_at is null;
${secured('access_ending')}
`

/** As in 0030_capture.ts, and not where what was recorded ends it from today on. */
const inForce = sql`
create or replace function grants_in_force(holder uuid) returns setof access_grant language sql stable as $$
  select g.* from access_grant g
  where g.grantee_id = holder and g.status = 'granted' and app_today() between g.starts_on and g.ends_on
    and exists (select from account a where a.person_id = g.grantee_id and a.disabled_at is null)
    and exists (select from tenure t join position pos on pos.id = t.position_id join person p on p.id = t.person_id
      where t.person_id = g.grantee_id and t.from_date <= app_today() and (t.to_date is null or t.to_date >= app_today())
        and (pos.ended_on is null or pos.ended_on >= app_today()) and (p.ended_on is null or p.ended_on >= app_today()))
    and exists (select from service_point s where s.id = g.point_id and (s.ended_on is null or s.ended_on >= app_today()))
    and not exists (select from access_ending e where e.grant_id = g.id and e.settled_at is null
      and e.effective_on <= app_today())
$$;
`

/**
 * A session of kind `probe` lasts a minute and only its worker can use it. `moment`: when the access began, before it is
 * revoked, after its end. `facts`: what the rows said at that instant.
 */
const probes = sql`
alter table session add column kind text not null default 'person' check (kind in ('person', 'probe')),
  add constraint session_probe_short check (kind <> 'probe' or expires_at <= created_at + interval '61 seconds');
create table access_probe (
  id uuid primary key,
  entity_id uuid not null references entity,
  grant_id uuid not null references access_grant,
  moment text not null check (moment in ('begun', 'before', 'after')),
  target text not null,
  address text not null,
  expected text not null check (expected in ('allowed', 'denied')),
  outcome text not null check (outcome in ('allowed', 'denied', 'unanswered')),
  status integer,
  facts jsonb not null,
  asked_at timestamptz not null,
  answered_at timestamptz not null,
  content_hash text not null,
  check (outcome <> 'unanswered' or status is null)
);
create index access_probe_of on access_probe (grant_id, asked_at);
${secured('access_probe')}
create policy worker_opens on session for insert to caracteriza_worker with check (kind = 'probe'
  and exists (select 1 from account where account.id = session.account_id and account.entity_id = app_entity()));
create policy worker_reads on session for select to caracteriza_worker
  using (exists (select 1 from account where account.id = session.account_id));
create policy worker_ends on session for delete to caracteriza_worker using (kind = 'probe');
grant select on access_probe to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on access_probe to caracteriza_worker;
grant select (id) on account to caracteriza_worker;
grant insert (id, token, account_id, expires_at, kind), select (id, account_id, expires_at, kind), delete on session
  to caracteriza_worker;
grant select (kind) on session to caracteriza_web;
`

/**
 * Second factor by code of time (RFC 6238). `sealed`: its key, under the secret of the installation. `last_step`: the code
 * that was used last, so that none is taken twice. A session is pending between the password and the code.
 */
const factors = sql`
alter table session drop constraint session_kind_check,
  add constraint session_kind_check check (kind in ('person', 'probe', 'pending')),
  add column factor_at timestamptz;
alter table entity add column second_factor_required boolean not null default true;
create table account_factor (
  account_id uuid primary key references account,
  entity_id uuid not null references entity,
  sealed bytea not null,
  confirmed_at timestamptz,
  last_step bigint,
  added_at timestamptz not null default app_now()
);
create table account_recovery_code (
  account_id uuid not null references account_factor on delete cascade,
  entity_id uuid not null references entity,
  code_hash text not null check (code_hash ~ '^[0-9a-f]{64}$'),
  primary key (account_id, code_hash)
);
${secured('account_factor')}
${secured('account_recovery_code')}
grant select, insert, delete on account_factor, account_recovery_code to caracteriza_web;
grant update (sealed, confirmed_at, last_step, added_at) on account_factor to caracteriza_web;
grant update (second_factor_required) on entity to caracteriza_web;
grant select (factor_at), delete on session to caracteriza_web;
create policy web_ends on session for delete to caracteriza_web
  using (exists (select 1 from account where account.id = session.account_id));
`

const privileges = sql`
grant select on access_ending to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on access_ending to caracteriza_web, caracteriza_worker;
grant update (sent_at, settled_at, outcome) on access_ending to caracteriza_worker;
`
