import { type Kysely, sql } from 'kysely'

/**
 * The administration opens and closes accounts of its own entity in the transaction of the event that says so
 * (model.md §3): the web role may add an account, close it and leave the link with which its password is chosen. It
 * still reads no token and no password.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    grant insert (name, email, email_verified, entity_id, person_id), update (disabled_at, updated_at) on account
    to caracteriza_web`.execute(db)
  await sql`
    create policy own_entity_adds on account for insert to caracteriza_web with check (entity_id = app_entity())`.execute(
    db,
  )
  await sql`
    create policy own_entity_changes on account for update to caracteriza_web
    using (entity_id = app_entity()) with check (entity_id = app_entity())`.execute(db)
  await protectCredentials(db)
  await protectLinks(db)
  // The act that ends a tenure is another than the one that began it.
  await sql`alter table tenure add column end_act_reference text`.execute(db)
}

async function protectCredentials(db: Kysely<unknown>): Promise<void> {
  await sql`
    grant insert (account_id, provider_id, provider_account_id, password) on account_credential
    to caracteriza_web`.execute(db)
  await sql`alter table account_credential enable row level security`.execute(db)
  await sql`alter table account_credential force row level security`.execute(db)
  await sql`create policy session_store on account_credential to caracteriza_session using (true) with check (true)`.execute(
    db,
  )
  await sql`create policy owner on account_credential to caracteriza_owner using (true) with check (true)`.execute(db)
  await sql`
    create policy own_entity_adds on account_credential for insert to caracteriza_web
    with check (exists (select 1 from account where account.id = account_id))`.execute(db)
}

/** An account is visible to the web role within its entity only, and so are the links made for it. */
async function protectLinks(db: Kysely<unknown>): Promise<void> {
  await sql`
    grant select (identifier, expires_at), insert (identifier, value, expires_at), delete on auth_verification
    to caracteriza_web`.execute(db)
  await sql`alter table auth_verification enable row level security`.execute(db)
  await sql`alter table auth_verification force row level security`.execute(db)
  await sql`create policy session_store on auth_verification to caracteriza_session using (true) with check (true)`.execute(
    db,
  )
  await sql`create policy owner on auth_verification to caracteriza_owner using (true) with check (true)`.execute(db)
  await sql`
    create policy own_entity on auth_verification to caracteriza_web
    using (exists (select 1 from account where 'password:' || account.id = identifier))
    with check (exists (select 1 from account where 'password:' || account.id = identifier))`.execute(db)
}
