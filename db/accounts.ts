import { hash, verify } from '@node-rs/argon2'
import { type QueryExecutorProvider, sql } from 'kysely'
import type { Proof } from '../domain/proofs.ts'

/** Accounts and what the session store keeps about attempts to enter. Runs on the session store's pool (or as owner, for the demonstration). */

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2ID)
}

export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password)
}

export interface NewAccount {
  entityId: string
  personId: string
  /** Name on screen: that of the person. */
  name: string
  email: string
  /** Made by `hashPassword`; null when the person will choose the password through a link. */
  passwordHash: string | null
}

/** Creates an account; an e-mail already taken throws the unique violation of PostgreSQL (23505). */
export async function insertAccount(db: QueryExecutorProvider, account: NewAccount): Promise<string> {
  const created = await sql<{ id: string }>`
    with created as (
      insert into account (name, email, email_verified, entity_id, person_id)
      values (${account.name}, ${account.email.toLowerCase()}, true, ${account.entityId}, ${account.personId})
      returning id
    ), credential as (
      insert into account_credential (account_id, provider_id, provider_account_id, password)
      select id, 'credential', id::text, ${account.passwordHash} from created where ${account.passwordHash}::text is not null
    )
    select id from created`.execute(db)
  const row = created.rows[0]
  if (!row) throw new Error('account was not created')
  return row.id
}

/** The first password of an account that has none yet. */
export async function insertCredential(
  db: QueryExecutorProvider,
  accountId: string,
  passwordHash: string,
): Promise<void> {
  await sql`
    insert into account_credential (account_id, provider_id, provider_account_id, password)
    values (${accountId}, 'credential', ${accountId}, ${passwordHash})`.execute(db)
}

/** Password hash of an account, undefined when it has none. */
export async function findPasswordHash(db: QueryExecutorProvider, accountId: string): Promise<string | undefined> {
  const found = await sql<{ password: string | null }>`
    select password from account_credential
    where account_id = ${accountId} and provider_id = 'credential'`.execute(db)
  return found.rows[0]?.password ?? undefined
}

/**
 * Counts one attempt to enter under `key` and says how many there were in the current window (milliseconds, from the
 * first attempt). One statement, so that parallel attempts cannot all pass.
 */
export async function countAttempt(
  db: QueryExecutorProvider,
  key: string,
  at: Date,
  windowMs: number,
): Promise<number> {
  const instant = at.getTime()
  const counted = await sql<{ count: number }>`
    insert into auth_rate_limit (key, count, last_request) values (${key}, 1, ${instant})
    on conflict (key) do update set
      count = case when auth_rate_limit.last_request < ${instant - windowMs} then 1 else auth_rate_limit.count + 1 end,
      last_request = case when auth_rate_limit.last_request < ${instant - windowMs}
        then excluded.last_request else auth_rate_limit.last_request end
    returning count`.execute(db)
  return counted.rows[0]?.count ?? 1
}

/** Forgets the attempts under `key`, and everybody's that began before `before`. */
export async function forgetAttempts(db: QueryExecutorProvider, key: string, before: Date): Promise<void> {
  await sql`delete from auth_rate_limit where key = ${key} or last_request < ${before.getTime()}`.execute(db)
}

/** Says that the session was used: half an hour without it ends the session. */
export async function touchSession(db: QueryExecutorProvider, sessionId: string, at: Date): Promise<void> {
  await sql`update session set seen_at = ${at} where id = ${sessionId}`.execute(db)
}

/** The person proved again who they are: signatures need nothing more for five minutes (model.md §4). */
export async function markProved(
  db: QueryExecutorProvider,
  sessionId: string,
  { at, proof }: { at: Date; proof: Proof },
): Promise<void> {
  await sql`update session set proved_at = ${at}, seen_at = ${at}, proof = ${proof} where id = ${sessionId}`.execute(db)
}

/** The directory let the person of a session in again; a code of the second factor may be missing still. */
export async function markDirectory(db: QueryExecutorProvider, sessionId: string, at: Date): Promise<void> {
  await sql`update session set directory_at = ${at}, seen_at = ${at} where id = ${sessionId}`.execute(db)
}

export interface NewSession {
  accountId: string
  tokenHash: string
  kind: 'person' | 'pending'
  proof: Proof
  at: Date
  /** When they showed the directory who they are. */
  provedAt: Date
  until: Date
  ipAddress: string | null
  userAgent: string | null
}

/** A session of somebody whom the directory let in. */
export async function insertSession(db: QueryExecutorProvider, session: NewSession): Promise<void> {
  const { accountId, tokenHash, kind, proof, at, provedAt, until, ipAddress, userAgent } = session
  await sql`
    insert into session (account_id, token, kind, proof, directory_at, proved_at, seen_at, created_at, updated_at,
      expires_at, ip_address, user_agent)
    values (${accountId}, ${tokenHash}, ${kind}, ${proof}, ${provedAt}, ${provedAt}, ${at}, ${at}, ${at}, ${until}, ${ipAddress},
      ${userAgent})`.execute(db)
}

/** Between the password and the code a session is nobody's: it opens nothing and lasts until `until`. */
export async function holdForCode(db: QueryExecutorProvider, tokenHash: string, until: Date): Promise<void> {
  await sql`update session set kind = 'pending', expires_at = ${until} where token = ${tokenHash}`.execute(db)
}

/** The code was right: the session is its person's from now on, under another token. False where it is pending no more. */
export async function completeSession(
  db: QueryExecutorProvider,
  sessionId: string,
  { tokenHash, proof, at, until }: { tokenHash: string; proof: Proof; at: Date; until: Date },
): Promise<boolean> {
  const done = await sql`
    update session set kind = 'person', token = ${tokenHash}, expires_at = ${until}, created_at = ${at}, seen_at = ${at},
      proved_at = case when directory_at is null then ${at} else proved_at end, factor_at = ${at}, proof = ${proof}
    where id = ${sessionId} and kind = 'pending'`.execute(db)
  return done.numAffectedRows === 1n
}

/** The position a session acts in from now on, and the substitution where it is somebody's who is absent. */
export async function choosePosition(
  db: QueryExecutorProvider,
  sessionId: string,
  { id, actingFor }: { id: string; actingFor: { substitutionId: string } | null },
): Promise<void> {
  await sql`update session set position_id = ${id}, substitution_id = ${actingFor?.substitutionId ?? null}
    where id = ${sessionId}`.execute(db)
}

export async function endSession(db: QueryExecutorProvider, sessionId: string): Promise<void> {
  await sql`delete from session where id = ${sessionId}`.execute(db)
}

export interface OpenSession {
  id: string
  userAgent: string | null
  startedAt: Date
  seenAt: Date
}

/** Sessions of an account that live on at an instant, the last used first; those of probes are nobody's. */
export async function listSessions(
  db: QueryExecutorProvider,
  accountId: string,
  { at, idleSince }: { at: Date; idleSince: Date },
): Promise<OpenSession[]> {
  const found = await sql<OpenSession>`
    select id, user_agent as "userAgent", created_at as "startedAt", seen_at as "seenAt" from session
    where account_id = ${accountId} and kind = 'person' and expires_at > ${at} and seen_at > ${idleSince}
    order by seen_at desc, id`.execute(db)
  return found.rows
}

/** Ends sessions of an account but the one of `except`; `only` one of them where it is named. Answers how many ended. */
export async function endSessions(
  db: QueryExecutorProvider,
  accountId: string,
  { except, only = null }: { except: string; only?: string | null },
): Promise<number> {
  const ended = await sql`
    delete from session where account_id = ${accountId} and id <> ${except} and kind = 'person'
      and (${only}::uuid is null or id = ${only}::uuid)`.execute(db)
  return Number(ended.numAffectedRows ?? 0)
}

export async function changePassword(
  db: QueryExecutorProvider,
  accountId: string,
  passwordHash: string,
): Promise<void> {
  await sql`
    update account_credential set password = ${passwordHash}, updated_at = app_now()
    where account_id = ${accountId} and provider_id = 'credential'`.execute(db)
}

export interface AccountRow {
  id: string
  entity_id: string | null
  person_id: string | null
  disabled_at: Date | null
}

/** `email` in lower case; closed accounts too. */
export async function findAccountByEmail(db: QueryExecutorProvider, email: string): Promise<AccountRow | undefined> {
  const found = await sql<AccountRow>`
    select id, entity_id, person_id, disabled_at from account where email = ${email}`.execute(db)
  return found.rows[0]
}
