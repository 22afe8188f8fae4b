import { type Kysely, sql } from 'kysely'

/**
 * Sign-in: accounts, their password, sessions. Written by the session store under its own role; the web role reads
 * who an account is, never a token or a password (column privileges).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createTables(db)
  await protect(db)
}

async function createTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table account (
      id uuid primary key default gen_random_uuid(),
      name text not null,
      email text not null unique check (email = lower(email)),
      email_verified boolean not null default false,
      image text,
      entity_id uuid references entity (id),
      person_id uuid references person (id),
      disabled_at timestamptz,
      created_at timestamptz not null default app_now(),
      updated_at timestamptz not null default app_now()
    )`.execute(db)
  await sql`create index account_person on account (person_id)`.execute(db)
  await sql`
    create table account_credential (
      id uuid primary key default gen_random_uuid(),
      account_id uuid not null references account (id),
      provider_id text not null,
      provider_account_id text not null,
      password text,
      access_token text,
      refresh_token text,
      id_token text,
      access_token_expires_at timestamptz,
      refresh_token_expires_at timestamptz,
      scope text,
      created_at timestamptz not null default app_now(),
      updated_at timestamptz not null default app_now(),
      unique (provider_id, provider_account_id)
    )`.execute(db)
  await sql`create index account_credential_account on account_credential (account_id)`.execute(db)
  // expires_at is the absolute end (10 h after sign-in); seen_at carries the idle limit of 30 minutes.
  await sql`
    create table session (
      id uuid primary key default gen_random_uuid(),
      token text not null unique,
      account_id uuid not null references account (id),
      position_id uuid references position (id),
      proved_at timestamptz not null default app_now(),
      seen_at timestamptz not null default app_now(),
      expires_at timestamptz not null,
      ip_address text,
      user_agent text,
      created_at timestamptz not null default app_now(),
      updated_at timestamptz not null default app_now()
    )`.execute(db)
  await sql`create index session_account on session (account_id)`.execute(db)
  await sql`
    create table auth_verification (
      id uuid primary key default gen_random_uuid(),
      identifier text not null,
      value text not null,
      expires_at timestamptz not null,
      created_at timestamptz not null default app_now(),
      updated_at timestamptz not null default app_now()
    )`.execute(db)
  await sql`create index auth_verification_identifier on auth_verification (identifier)`.execute(db)
  await sql`
    create table auth_rate_limit (
      id uuid primary key default gen_random_uuid(),
      key text not null unique,
      count integer not null,
      last_request bigint not null
    )`.execute(db)
}

async function protect(db: Kysely<unknown>): Promise<void> {
  await sql`
    grant select, insert, update, delete on account, account_credential, session, auth_verification, auth_rate_limit
    to caracteriza_session`.execute(db)
  await sql`
    grant select (id, name, email, entity_id, person_id, disabled_at, created_at, updated_at) on account
    to caracteriza_web`.execute(db)
  await sql`
    grant select (id, account_id, position_id, proved_at, seen_at, expires_at, created_at) on session
    to caracteriza_web`.execute(db)
  await sql`grant select on kysely_migration to caracteriza_web`.execute(db)
  await sql`alter table account enable row level security`.execute(db)
  await sql`alter table account force row level security`.execute(db)
  await sql`create policy session_store on account to caracteriza_session using (true) with check (true)`.execute(db)
  await sql`create policy owner on account to caracteriza_owner using (true) with check (true)`.execute(db)
  await sql`
    create policy own_entity on account for select to caracteriza_web
    using (entity_id = nullif(current_setting('app.entity', true), '')::uuid)`.execute(db)
  await protectSessions(db)
}

/** The web role sees the sessions of its own entity's accounts only. */
async function protectSessions(db: Kysely<unknown>): Promise<void> {
  await sql`alter table session enable row level security`.execute(db)
  await sql`alter table session force row level security`.execute(db)
  await sql`create policy session_store on session to caracteriza_session using (true) with check (true)`.execute(db)
  await sql`create policy owner on session to caracteriza_owner using (true) with check (true)`.execute(db)
  await sql`
    create policy own_entity on session for select to caracteriza_web
    using (exists (select 1 from account where account.id = session.account_id))`.execute(db)
}
