import { createHash, randomBytes } from 'node:crypto'
import { type QueryExecutorProvider, sql } from 'kysely'

/** One-time links with which a person chooses the password of their account. Runs on the session store's pool. */

const VALID_MS = 72 * 3_600_000

/** Makes a link's secret, good once within 72 hours; earlier links of the account end. Only its hash is kept. */
export async function makePasswordLink(db: QueryExecutorProvider, accountId: string, at: Date): Promise<string> {
  const secret = randomBytes(24).toString('base64url')
  const expires = new Date(at.getTime() + VALID_MS)
  await sql`
    with earlier as (delete from auth_verification where identifier = ${identifierOf(accountId)})
    insert into auth_verification (identifier, value, expires_at)
    values (${identifierOf(accountId)}, ${hashOf(secret)}, ${expires})`.execute(db)
  return secret
}

export interface LinkedAccount {
  id: string
  email: string
  entity_id: string | null
  person_id: string | null
}

/** The open account a link is for; undefined when the link was used, replaced or is too old. */
export async function findLinkedAccount(
  db: QueryExecutorProvider,
  secret: string,
  at: Date,
): Promise<LinkedAccount | undefined> {
  const found = await sql<LinkedAccount>`
    select a.id, a.email, a.entity_id, a.person_id
    from auth_verification v join account a on v.identifier = 'password:' || a.id
    where v.value = ${hashOf(secret)} and v.expires_at > ${at} and a.disabled_at is null`.execute(db)
  return found.rows[0]
}

/**
 * Sets the password (hash by `hashPassword`) and ends the link and every session of the account, in one statement.
 * False when the link is no longer good, for example because it was used a moment ago.
 */
export async function spendPasswordLink(
  db: QueryExecutorProvider,
  secret: string,
  passwordHash: string,
  at: Date,
): Promise<boolean> {
  const spent = await sql<{ account_id: string }>`
    with link as (
      delete from auth_verification where value = ${hashOf(secret)} and expires_at > ${at}
      returning substring(identifier from 10)::uuid as account_id
    ), ended as (
      delete from session where account_id in (select account_id from link)
    )
    insert into account_credential (account_id, provider_id, provider_account_id, password)
    select account_id, 'credential', account_id::text, ${passwordHash} from link
    on conflict (provider_id, provider_account_id) do update set password = excluded.password, updated_at = app_now()
    returning account_id`.execute(db)
  return spent.rows.length === 1
}

function identifierOf(accountId: string): string {
  return `password:${accountId}`
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
