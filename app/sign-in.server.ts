import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import * as accounts from '../db/accounts.ts'
import { recordEvent } from '../db/audit.ts'
import { withActor } from '../db/client.ts'
import { appNow } from '../db/clock.ts'
import { type LinkedAccount, spendPasswordLink } from '../db/password-links.ts'
import { hashToken } from '../db/probe-marks.ts'
import type { Proof, Proved } from '../domain/proofs.ts'
import type { AppContext } from './context.server.ts'
import { type CodeRefusal, codeBefore, isCodeAsked, methodChange, objectionToCode } from './second-factor.server.ts'
import { type Actor, findSession, requireActor } from './session.server.ts'

/** Coming in and going out: each attempt, refused or not, leaves an event. */

const REFUSAL_TAKES_MS = 400
const ATTEMPTS = { perAccount: 20, windowMs: 15 * 60_000 }

/** `asksCode`: the password was right, and the second factor comes next. */
export type Entry = { ok: true; headers: Headers; asksCode: boolean } | { ok: false; reason: 'wrong' | 'throttled' }

/** Signs in with e-mail and password; success and refusal each leave an event. */
export async function signIn(
  request: Request,
  context: AppContext,
  given: { email: string; password: string },
): Promise<Entry> {
  const begun = performance.now()
  const entry = await tryToSignIn(request, context, given)
  // What is done for an address that has an account takes longer; the time of a refusal must not tell.
  if (!entry.ok) await sleep(Math.max(0, begun + REFUSAL_TAKES_MS - performance.now()))
  return entry
}

async function tryToSignIn(
  request: Request,
  context: AppContext,
  given: { email: string; password: string },
): Promise<Entry> {
  const email = given.email.trim().toLowerCase()
  const known = await accounts.findAccountByEmail(context.sessionDb, email)
  const reason = await reasonAgainst(context, email, known)
  // As much work as a wrong password makes, so that it takes as long on a busy machine too.
  if (reason === 'closed') await accounts.hashPassword(given.password)
  const opened = reason ? null : await openSession(request, context, email, given.password)
  if (!opened) {
    await recordEntry(context, known, 'session.refused', { reasonCode: reason ?? 'wrong' })
    return { ok: false, reason: reason === 'throttled' ? 'throttled' : 'wrong' }
  }
  await accounts.forgetAttempts(context.sessionDb, attemptKey(context, email), forgetBefore())
  const asksCode = known !== undefined && (await isCodeAsked(context, known))
  if (asksCode) await accounts.holdForCode(context.sessionDb, hashToken(opened.token), codeBefore())
  else await recordEntry(context, known, 'session.started', { proof: 'password' })
  return { ok: true, headers: opened.headers, asksCode }
}

/** Unknown and closed accounts are told "wrong", as if the password were; only the event knows better. */
async function reasonAgainst(
  context: AppContext,
  email: string,
  known: accounts.AccountRow | undefined,
): Promise<'throttled' | 'closed' | undefined> {
  if (await tooManyAttempts(context, email)) return 'throttled'
  return known?.disabled_at || (known && !known.person_id) ? 'closed' : undefined
}

/** Set-Cookie of a new session; null when the password is wrong. A session this browser had before ends. */
async function openSession(
  request: Request,
  context: AppContext,
  email: string,
  password: string,
): Promise<{ headers: Headers; token: string } | null> {
  try {
    const before = await findSession(request, context)
    const opened = await context.auth.api.signInEmail({
      body: { email, password },
      headers: request.headers,
      returnHeaders: true,
    })
    if (before) await accounts.endSession(context.sessionDb, before.id)
    return { headers: cookiesOnly(opened.headers), token: opened.response.token }
  } catch (error) {
    if (isAuthRefusal(error)) return null
    throw error
  }
}

export async function signOut(request: Request, context: AppContext): Promise<Headers> {
  const session = await findSession(request, context)
  const ended = await context.auth.api.signOut({ headers: request.headers, returnHeaders: true })
  if (session) await recordEntry(context, accountOf(session), 'session.ended')
  return cookiesOnly(ended.headers)
}

/** Takes the password once more, and a code where the account has a second factor; when both are right, the five minutes of proof begin again. */
export async function proveAgain(
  request: Request,
  context: AppContext,
  password: string,
  code = '',
): Promise<Proved | 'wrong' | 'throttled' | CodeRefusal> {
  const actor = await requireActor(request, context)
  const account = accountOf(actor)
  if (await tooManyAttempts(context, actor.email)) {
    await recordEntry(context, account, 'session.refused', { reasonCode: 'throttled' })
    return 'throttled'
  }
  const hash = await accounts.findPasswordHash(context.sessionDb, actor.accountId)
  if (!hash || !(await accounts.verifyPassword(hash, password))) {
    await recordEntry(context, account, 'session.refused', { reasonCode: 'wrong' })
    return 'wrong'
  }
  await accounts.forgetAttempts(context.sessionDb, attemptKey(context, actor.email), forgetBefore())
  const against = actor.hasFactor ? await objectionToCode(context, actor, code) : null
  if (against) return against
  return await settleProof(context, actor, actor.hasFactor ? 'password_code' : 'password')
}

/** As `proveAgain` for whom the directory let in again just now, and a code is still due. */
export async function proveWithCode(
  request: Request,
  context: AppContext,
  code: string,
): Promise<Proved | CodeRefusal> {
  const actor = await requireActor(request, context)
  const against = await objectionToCode(context, actor, code)
  return against ?? (await settleProof(context, actor, 'directory_code'))
}

async function settleProof(context: AppContext, actor: Actor, proof: Proof): Promise<Proved> {
  const provedAt = appNow()
  await accounts.markProved(context.sessionDb, actor.sessionId, { at: provedAt, proof })
  await recordEntry(context, accountOf(actor), 'session.proved', { proof })
  return { provedAt, proof }
}

function accountOf(actor: { accountId: string; entityId: string; personId: string }): accounts.AccountRow {
  return { id: actor.accountId, entity_id: actor.entityId, person_id: actor.personId, disabled_at: null }
}

type EntryEvent = 'account.password_set' | 'session.started' | 'session.refused' | 'session.ended' | 'session.proved'

/** In a transaction of its own. An address nobody here has belongs to no entity: that one is only logged. */
async function recordEntry(
  context: AppContext,
  account: accounts.AccountRow | undefined,
  type: EntryEvent,
  { reasonCode = null, proof }: { reasonCode?: string | null; proof?: Proof } = {},
): Promise<void> {
  if (!account?.entity_id) return context.log.warn({ requestId: context.requestId }, 'sign-in to an unknown account')
  const { id, entity_id: entityId, person_id: personId } = account
  const { requestId } = context
  // Who failed to enter is not known to be the account's person.
  const actorPerson = type === 'session.refused' ? null : personId
  await withActor(context.db, { entityId, personId }, (trx) =>
    recordEvent(trx, {
      ...{ entityId, type, objectId: id, actorPerson, reasonCode, origin: 'web', requestId },
      changes: proof ? [methodChange(proof)] : [],
    }),
  )
}

/** Sets the password a one-time link is for; false when somebody used the link first. Every session of the account ends. */
export async function choosePassword(
  context: AppContext,
  account: LinkedAccount,
  secret: string,
  password: string,
): Promise<boolean> {
  const hash = await accounts.hashPassword(password)
  const spent = await spendPasswordLink(context.sessionDb, secret, hash, appNow())
  if (spent) await recordEntry(context, { ...account, disabled_at: null }, 'account.password_set')
  return spent
}

/** By account first: an office shares one network address. */
async function tooManyAttempts(context: AppContext, email: string): Promise<boolean> {
  const key = attemptKey(context, email)
  const count = await accounts.countAttempt(context.sessionDb, key, appNow(), ATTEMPTS.windowMs)
  return count > ATTEMPTS.perAccount
}

function forgetBefore(): Date {
  return new Date(appNow().getTime() - ATTEMPTS.windowMs)
}

/** Under a key of the installation: anybody may have typed the address of anybody, and a plain hash of one is soon guessed. */
function attemptKey({ config }: AppContext, email: string): string {
  return `sign-in:${createHmac('sha256', config.APP_SECRET).update(`caracteriza:sign-in:${email}`).digest('hex')}`
}

function cookiesOnly(from: Headers): Headers {
  const headers = new Headers()
  for (const cookie of from.getSetCookie()) headers.append('Set-Cookie', cookie)
  return headers
}

function isAuthRefusal(error: unknown): boolean {
  const status = (error as { statusCode?: number }).statusCode
  return status !== undefined && status >= 400 && status < 500
}
