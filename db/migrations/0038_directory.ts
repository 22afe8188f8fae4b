import { type Kysely, sql } from 'kysely'

/**
 * Signing in with the entity's directory, and what was proved of whoever signs: the session says how its person showed who
 * they are, the act takes it over, its signature tells it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await proofs.execute(db)
  await links.execute(db)
}

/** `directory_at`: when the directory last let the person in, while a code of the second factor is still missing. */
const proofs = sql`
alter table session add column proof text not null default 'password'
    check (proof in ('password', 'password_code', 'directory', 'directory_code', 'directory_factor')),
  add column directory_at timestamptz;
update session set proof = 'password_code' where factor_at is not null;
alter table act add column proof text
  check (proof in ('password', 'password_code', 'directory', 'directory_code', 'directory_factor'));
grant select (method) on access_signature, rights_signature to caracteriza_public;
update act set proof = 'password' where proved_at is not null;
alter table act add constraint act_proof check ((proof is null) = (proved_at is null));
`

/**
 * One subject of a directory for an account: whoever inherits an address there inherits nothing here. The administration
 * sees that a link stands and takes it away; passwords stay the session store's alone.
 */
const links = sql`
create unique index account_credential_one on account_credential (account_id, provider_id);
create policy web_reads on account_credential for select to caracteriza_web using (provider_id <> 'credential'
  and exists (select 1 from account where account.id = account_credential.account_id));
create policy web_unlinks on account_credential for delete to caracteriza_web using (provider_id <> 'credential'
  and exists (select 1 from account where account.id = account_credential.account_id));
grant select (account_id, provider_id), delete on account_credential to caracteriza_web;
`
