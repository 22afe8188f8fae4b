import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { redirect } from '@remix-run/node'
import * as accounts from '../db/accounts.ts'
import { recordRefusal } from '../db/acts.ts'
import { recordEvent } from '../db/audit.ts'
import { withActor } from '../db/client.ts'
import { appNow } from '../db/clock.ts'
import { type LinkedAccount, spendPasswordLink } from '../db/password-links.ts'
import { findPersonAtWork, type HeldPosition, type PersonAtWork } from '../db/positions.ts'
import { Refused } from '../domain/refusals.ts'
import type { AppContext } from './context.server.ts'

/** Who is asking. Checked at every request from the database; the cookie carries nothing but the session's token. */

const IDLE_MS = 30 * 60_000
const SEEN_EVERY_MS = 60_000
const PROOF_MS = 5 * 60_000
const REFUSAL_TAKES_MS = 400
const ATTEMPTS = { perAccount: 20, windowMs: 15 * 60_000 }

export interface SignedInSession {
  id: string
  accountId: string
  entityId: string
  personId: string
  email: string
  positionId: string | null
  /** When the password was last given: sign-in or `proveAgain`. */
  provedAt: Date
  startedAt: Date
  endsAt: Date
}

export interface Actor {
  sessionId: string
  accountId: string
  entityId: string
  personId: string
  displayName: string
  email: string
  entity: PersonAtWork['entity']
  /** Positions held today; acting happens in exactly one of them. */
  positions: HeldPosition[]
  position: HeldPosition
  provedAt: Date
  sessionEndsAt: Date
}

const sessions = new WeakMap<AppContext, Promise<SignedInSession | null>>()
const people = new WeakMap<AppContext, Promise<PersonAtWork | null>>()

/** The live session of this request, null when there is none, it idled for 30 minutes or its account was closed. */
export function findSession(request: Request, context: AppContext): Promise<SignedInSession | null> {
  const known = sessions.get(context)
  if (known) return known
  const reading = readSession(request, context)
  sessions.set(context, reading)
  return reading
}

async function readSession(request: Request, context: AppContext): Promise<SignedInSession | null> {
  const found = await context.auth.api.getSession({ headers: request.headers, query: { disableRefresh: true } })
  if (!found?.user.entityId || !found.user.personId) return null
  const { session, user } = found
  const idle = appNow().getTime() - session.seenAt.getTime()
  if (user.disabledAt || idle > IDLE_MS) {
    await accounts.endSession(context.sessionDb, session.id)
    return null
  }
  if (idle > SEEN_EVERY_MS) await accounts.touchSession(context.sessionDb, session.id, appNow())
  return {
    id: session.id,
    accountId: user.id,
    entityId: user.entityId as string,
    personId: user.personId as string,
    email: user.email,
    positionId: session.positionId ?? null,
    provedAt: session.provedAt,
    startedAt: session.createdAt,
    endsAt: session.expiresAt,
  }
}

/** Person and the position they act in, or null without a session or without a position in force today. */
export async function findActor(request: Request, context: AppContext): Promise<Actor | null> {
  const session = await findSession(request, context)
  if (!session) return null
  const person = await findPerson(context, session)
  const position = person && chosenPosition(person.positions, session.positionId)
  if (!person || !position) return null
  return {
    sessionId: session.id,
    accountId: session.accountId,
    entityId: session.entityId,
    personId: session.personId,
    email: session.email,
    provedAt: session.provedAt,
    sessionEndsAt: session.endsAt,
    displayName: person.displayName,
    entity: person.entity,
    positions: person.positions,
    position,
  }
}

function findPerson(context: AppContext, session: SignedInSession): Promise<PersonAtWork | null> {
  const known = people.get(context)
  if (known) return known
  const reading = withActor(context.db, session, (trx) => findPersonAtWork(trx, session.personId))
  people.set(context, reading)
  return reading
}

function chosenPosition(positions: HeldPosition[], chosen: string | null): HeldPosition | undefined {
  return positions.find((position) => position.id === chosen) ?? positions[0]
}

/** The actor, or: without a session, off to sign in and back; without a position in force today, 403. */
export async function requireActor(request: Request, context: AppContext): Promise<Actor> {
  if (!(await findSession(request, context))) throw redirect(signInAddress(request))
  const actor = await findActor(request, context)
  if (!actor) throw new Refused('tenure_ended')
  return actor
}

/** Not older than five minutes: then a signature needs no password (model.md §4). */
export function isProofRecent(actor: { provedAt: Date }): boolean {
  return appNow().getTime() - actor.provedAt.getTime() <= PROOF_MS
}

export type Entry = { ok: true; headers: Headers } | { ok: false; reason: 'wrong' | 'throttled' }

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
  const headers = reason ? null : await openSession(request, context, email, given.password)
  if (!headers) {
    await recordEntry(context, known, 'session.refused', reason ?? 'wrong')
    return { ok: false, reason: reason === 'throttled' ? 'throttled' : 'wrong' }
  }
  await accounts.forgetAttempts(context.sessionDb, attemptKey(email), forgetBefore())
  await recordEntry(context, known, 'session.started')
  return { ok: true, headers }
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
): Promise<Headers | null> {
  try {
    const before = await findSession(request, context)
    const opened = await context.auth.api.signInEmail({
      body: { email, password },
      headers: request.headers,
      returnHeaders: true,
    })
    if (before) await accounts.endSession(context.sessionDb, before.id)
    return cookiesOnly(opened.headers)
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

/** Takes the password once more; when it is right, the five minutes of proof begin again. */
export async function proveAgain(
  request: Request,
  context: AppContext,
  password: string,
): Promise<'proved' | 'wrong' | 'throttled'> {
  const actor = await requireActor(request, context)
  const account = accountOf(actor)
  if (await tooManyAttempts(context, actor.email)) {
    await recordEntry(context, account, 'session.refused', 'throttled')
    return 'throttled'
  }
  const hash = await accounts.findPasswordHash(context.sessionDb, actor.accountId)
  if (!hash || !(await accounts.verifyPassword(hash, password))) {
    await recordEntry(context, account, 'session.refused', 'wrong')
    return 'wrong'
  }
  await accounts.forgetAttempts(context.sessionDb, attemptKey(actor.email), forgetBefore())
  await accounts.markProved(context.sessionDb, actor.sessionId, appNow())
  await recordEntry(context, account, 'session.proved')
  return 'proved'
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
  reasonCode: string | null = null,
): Promise<void> {
  if (!account?.entity_id) return context.log.warn({ requestId: context.requestId }, 'sign-in to an unknown account')
  const { id, entity_id: entityId, person_id: personId } = account
  const { requestId } = context
  // Who failed to enter is not known to be the account's person.
  const actorPerson = type === 'session.refused' ? null : personId
  await withActor(context.db, { entityId, personId }, (trx) =>
    recordEvent(trx, { entityId, type, objectId: id, actorPerson, reasonCode, origin: 'web', requestId }),
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

async function refuseSwitch(context: AppContext, actor: Actor): Promise<never> {
  const { entityId, personId, position } = actor
  const { requestId } = context
  const about = { entityId, personId, positionId: position.id, objectId: personId }
  await withActor(context.db, actor, (trx) =>
    recordRefusal(trx, { ...about, code: 'tenure_ended', origin: 'web', requestId }),
  )
  throw new Refused('tenure_ended')
}

/** Acts from now on in another of the positions held today; anything else is refused, with its event. */
export async function switchPosition(request: Request, context: AppContext, positionId: string): Promise<void> {
  const actor = await requireActor(request, context)
  if (!actor.positions.some((position) => position.id === positionId)) return await refuseSwitch(context, actor)
  await accounts.choosePosition(context.sessionDb, actor.sessionId, positionId)
  const { entityId, personId, position } = actor
  await withActor(context.db, actor, (trx) =>
    recordEvent(trx, {
      entityId,
      type: 'session.position_chosen',
      objectId: positionId,
      actorPerson: personId,
      actorPosition: position.id,
      origin: 'web',
      requestId: context.requestId,
    }),
  )
}

/** Nowhere: only the path of an address that stays here is used. */
const HERE = 'http://aqui.invalid'

/**
 * Only paths of our own site: a return address never leaves it. Read as a browser reads it, which drops tabs and line
 * breaks and takes a backslash for a slash; what goes back is the address as read.
 */
export function safeReturn(path: string | null | undefined, otherwise = '/inicio'): string {
  if (!path?.startsWith('/') || !URL.canParse(path, HERE)) return otherwise
  const { origin, pathname, search, hash } = new URL(path, HERE)
  return origin === HERE && !pathname.startsWith('//') ? pathname + search + hash : otherwise
}

/** By account first: an office shares one network address. */
async function tooManyAttempts(context: AppContext, email: string): Promise<boolean> {
  const key = attemptKey(email)
  const count = await accounts.countAttempt(context.sessionDb, key, appNow(), ATTEMPTS.windowMs)
  return count > ATTEMPTS.perAccount
}

function forgetBefore(): Date {
  return new Date(appNow().getTime() - ATTEMPTS.windowMs)
}

function attemptKey(email: string): string {
  return `sign-in:${createHash('sha256').update(email).digest('hex')}`
}

function signInAddress(request: Request): string {
  const path = returnPath(request)
  return path === '/inicio' ? '/ingresar' : `/ingresar?volver=${encodeURIComponent(path)}`
}

/** Where to come back to: the page asked for, or the page a form was on. */
function returnPath(request: Request): string {
  const referer = request.headers.get('referer') ?? ''
  const url = new URL(request.method !== 'GET' && URL.canParse(referer) ? referer : request.url)
  return url.pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/') + url.search.replace(/[?&]_routes=[^&]*/, '')
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
