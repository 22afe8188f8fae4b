import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Collectors outside, to which the sealed events of an entity are forwarded (features K4). What opens one is sealed as a connection's
 * secret is. `confirmed` is the sequence of the last event it took: what comes next is the one after, whatever dies in between.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table collector (
  id uuid primary key,
  entity_id uuid not null references entity,
  name text not null,
  host text not null,
  port integer not null check (port between 1 and 65535),
  tls text not null check (tls in ('verified', 'none')),
  authority text,
  address text not null,
  header_name text,
  secret bytea,
  secret_key_id text,
  added_by uuid not null references person,
  added_at timestamptz not null default app_now(),
  removed_at timestamptz,
  removed_by uuid references person,
  paused_at timestamptz,
  confirmed bigint not null check (confirmed >= 0),
  confirmed_at timestamptz,
  failures integer not null default 0,
  failing_since timestamptz,
  failed_code text,
  failed_status integer,
  stopped_at timestamptz,
  is_moved boolean not null default true,
  check ((removed_at is null) = (secret is not null)),
  check ((secret is null) = (secret_key_id is null)),
  check ((failing_since is null) = (failed_code is null)),
  check (stopped_at is null or failing_since is not null)
);
comment on table collector is 'A receiver outside of the sealed events; confirmed: the sequence of the last one it took, from 1; stopped_at: it refused for good and waits for a person.';
comment on column collector.is_moved is 'A person changed it and its workflow has not been told.';
create unique index collector_name on collector (entity_id, lower(name)) where removed_at is null;
create index collector_moved on collector (id) where is_moved;
${secured('collector')}
create policy web_adds on collector as restrictive for insert to caracteriza_web with check (added_by = app_person());
grant select, insert on collector to caracteriza_web;
grant update (name, host, port, tls, authority, address, header_name, secret, secret_key_id, removed_at, removed_by, paused_at,
  confirmed, failures, failing_since, failed_code, failed_status, stopped_at, is_moved) on collector to caracteriza_web;
grant select on collector to caracteriza_worker;
grant update (confirmed, confirmed_at, failures, failing_since, failed_code, failed_status, stopped_at, is_moved) on collector
  to caracteriza_worker;
grant select (id, entity_id, name, host, port, tls, address, added_by, added_at, removed_at, removed_by, paused_at, confirmed,
  confirmed_at, failures, failing_since, failed_code, failed_status, stopped_at) on collector to caracteriza_auditor;
create trigger keeps_writes after insert or update or delete on collector for each row
  execute function keep_row_write('id', 'confirmed', 'confirmed_at', 'failures', 'failing_since', 'failed_code', 'failed_status',
    'is_moved');
alter table collector enable always trigger keeps_writes;
`.execute(db)
}
