import { type Kysely, sql } from 'kysely'

/**
 * The certificate of the authority that a connection trusts (E1), in PEM: for servers whose certificate is signed inside
 * the entity. It is no secret, but what opens the connection is sealed to it. Null where the public authorities are trusted.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
alter table connection add column authority text check (authority is null or tls = 'verified');
grant update (authority) on connection to caracteriza_web;
`.execute(db)
}
