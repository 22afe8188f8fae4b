import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Connections (E1): databases and addresses of the entity from which a source is fetched, with their credentials sealed;
 * and each fetch of a source through one, until it is a received file like any other.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await connections.execute(db)
  await fetches.execute(db)
  await sources.execute(db)
}

/**
 * `secret` is sealed to the row and to where it connects (db/connection-secrets.ts), and is gone once the connection is
 * removed. `address` is scheme, host and path of an HTTP connection: what stands behind `?` may be a key and is sealed.
 */
const connections = sql`
create table connection (
  id uuid primary key,
  entity_id uuid not null references entity,
  name text not null,
  kind text not null check (kind in ('postgresql', 'mysql', 'http')),
  host text not null,
  port integer not null check (port between 1 and 65535),
  tls text not null check (tls in ('verified', 'unverified', 'none')),
  database_name text,
  user_name text,
  address text,
  header_name text,
  secret bytea,
  secret_key_id text,
  tested_at timestamptz,
  test_code text,
  added_by uuid not null references person,
  added_at timestamptz not null default app_now(),
  removed_at timestamptz,
  removed_by uuid references person,
  check ((kind = 'http') = (address is not null)),
  check ((kind = 'http') = (database_name is null)),
  check ((kind = 'http') = (user_name is null)),
  check ((removed_at is null) = (secret is not null)),
  check ((secret is null) = (secret_key_id is null))
);
create unique index connection_name on connection (entity_id, lower(name)) where removed_at is null;
${secured('connection')}
create policy web_adds on connection as restrictive for insert to caracteriza_web with check (added_by = app_person());
grant select on connection to caracteriza_web, caracteriza_worker;
grant insert on connection to caracteriza_web;
grant update (name, host, port, tls, database_name, user_name, address, header_name, secret, secret_key_id, tested_at,
  test_code, removed_at, removed_by) on connection to caracteriza_web;
grant select (id, entity_id, name, kind, tested_at, test_code, added_by, added_at, removed_at, removed_by) on connection
  to caracteriza_auditor;
`

/** Ids and names of tables only; why it failed is a code and, of HTTP, the status. */
const fetches = sql`
create table source_fetch (
  id uuid primary key,
  entity_id uuid not null references entity,
  source_id uuid not null references source,
  connection_id uuid not null references connection,
  table_schema text,
  table_name text,
  status text not null default 'asked' check (status in ('asked', 'running', 'done', 'same', 'cancelled', 'failed')),
  progress_bytes bigint not null default 0,
  import_id uuid references source_import,
  failure_code text,
  failure_facts jsonb,
  requested_by uuid not null references person,
  requested_position uuid not null references position,
  requested_at timestamptz not null default app_now(),
  cancel_asked_at timestamptz,
  settled_at timestamptz,
  check ((status in ('done', 'same')) = (import_id is not null)),
  check ((table_schema is null) = (table_name is null))
);
create unique index source_fetch_under_way on source_fetch (source_id) where status in ('asked', 'running');
create index source_fetch_source on source_fetch (source_id, requested_at);
${secured('source_fetch')}
create policy web_asks on source_fetch as restrictive for insert to caracteriza_web
  with check (requested_by = app_person() and status = 'asked');
grant select on source_fetch to caracteriza_web, caracteriza_worker;
grant select (id, entity_id, source_id, connection_id, status, import_id, failure_code, requested_by, requested_position,
  requested_at, settled_at) on source_fetch to caracteriza_auditor;
grant insert on source_fetch to caracteriza_web;
grant update (status, cancel_asked_at, settled_at, failure_code) on source_fetch to caracteriza_web;
grant update (status, progress_bytes, import_id, failure_code, failure_facts, settled_at) on source_fetch
  to caracteriza_worker;
`

/** From where a source is fetched; null where its files are uploaded. What was fetched the worker adds as a received file. */
const sources = sql`
alter table source add column connection_id uuid references connection;
alter table source add column connection_schema text;
alter table source add column connection_table text;
grant insert on source_import to caracteriza_worker;
`
