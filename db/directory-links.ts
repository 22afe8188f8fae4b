/** People of the entity's directory and the accounts they open. Runs on the session store's pool. */
import { createHash } from 'node:crypto'
import { type QueryExecutorProvider, sql } from 'kysely'
import type { AccountRow } from './accounts.ts'

/** One going to the directory and coming back; what is kept of it is good once, and for ten minutes. */
export interface DirectoryVisit {
  nonce: string
  /** PKCE (RFC 7636). */
  verifier: string
  /** Path of this site. */
  returnTo: string
  /** The session that proves itself again; null when somebody comes in. */
  sessionId: string | null
  /** ISO instant. */
  begunAt: string
}

const VISIT_MS = 10 * 60_000

export async function keepVisit(
  db: QueryExecutorProvider,
  state: string,
  visit: DirectoryVisit,
  at: Date,
): Promise<void> {
  await sql`
    with past as (delete from auth_verification where identifier like 'directory:%' and expires_at < ${at})
    insert into auth_verification (identifier, value, expires_at)
    values (${identifierOf(state)}, ${JSON.stringify(visit)}, ${new Date(at.getTime() + VISIT_MS)})`.execute(db)
}

/** Ends the visit and answers it; undefined when nobody began it, it was over or is too old. */
export async function takeVisit(
  db: QueryExecutorProvider,
  state: string,
  at: Date,
): Promise<DirectoryVisit | undefined> {
  const taken = await sql<{ value: string; late: boolean }>`
    delete from auth_verification where identifier = ${identifierOf(state)}
    returning value, expires_at <= ${at} as late`.execute(db)
  const [row] = taken.rows
  return row && !row.late ? JSON.parse(row.value) : undefined
}

function identifierOf(state: string): string {
  return `directory:${createHash('sha256').update(state).digest('hex')}`
}

/** The account a subject of this issuer opens, closed ones too. */
export async function findLinked(
  db: QueryExecutorProvider,
  issuer: string,
  subject: string,
): Promise<AccountRow | undefined> {
  const found = await sql<AccountRow>`
    select a.id, a.entity_id, a.person_id, a.disabled_at
    from account_credential c join account a on a.id = c.account_id
    where c.provider_id = ${issuer} and c.provider_account_id = ${subject}`.execute(db)
  return found.rows[0]
}

/** Links an account to a subject of the issuer, once; false where it is linked to another one already. */
export async function linkSubject(
  db: QueryExecutorProvider,
  accountId: string,
  { issuer, subject }: { issuer: string; subject: string },
): Promise<boolean> {
  const linked = await sql`
    insert into account_credential (account_id, provider_id, provider_account_id)
    values (${accountId}, ${issuer}, ${subject}) on conflict do nothing`.execute(db)
  return linked.numAffectedRows === 1n
}
