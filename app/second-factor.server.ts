import { randomBytes } from 'node:crypto'
import * as accounts from '../db/accounts.ts'
import { recordEvent } from '../db/audit.ts'
import { type Trx, withActor } from '../db/client.ts'
import { appNow } from '../db/clock.ts'
import { cookieOf, hashToken } from '../db/probe-marks.ts'
import { type FactorOf, isFactorAsked, spendCode } from '../db/second-factors.ts'
import type { EventType, FieldChange } from '../domain/events.ts'
import { type Proof, withCode } from '../domain/proofs.ts'
import { TEN_HOURS } from './auth.server.ts'
import type { AppContext } from './context.server.ts'
import { findStandingSession } from './session.server.ts'

/** The second factor at the door: between the password and the code nobody is signed in (ASVS 6.3.3, 7.2.4). */

const CODE_WITHIN_MS = 5 * 60_000
const CODES = { perAccount: 10, windowMs: 15 * 60_000 }

export type CodeRefusal = 'code_missing' | 'code_wrong' | 'throttled'

export interface CodeHolder {
  accountId: string
  entityId: string
  personId: string
}

/** Until when the code may be typed. */
export const codeBefore = () => new Date(appNow().getTime() + CODE_WITHIN_MS)

export function factorOf(context: AppContext, { entityId, accountId }: CodeHolder): FactorOf {
  return { entityId, accountId, secret: context.config.APP_SECRET }
}

/** Whether the account has a second factor, which is then asked for whatever the entity asks of everybody. */
export async function isCodeAsked(context: AppContext, account: accounts.AccountRow): Promise<boolean> {
  const { id, entity_id: entityId, person_id: personId } = account
  if (!entityId) return false
  return await withActor(context.db, { entityId, personId }, (trx) => isFactorAsked(trx, id))
}

interface PendingSession extends CodeHolder {
  sessionId: string
  /** What was proved before the code. */
  proof: Proof
}

/** Whoever has given the password and not yet the code, in time; null for everybody else. */
export async function findPending(request: Request, context: AppContext): Promise<PendingSession | null> {
  const found = await findStandingSession(request, context)
  if (found?.kind !== 'pending' || found.isClosed) return null
  const { id: sessionId, proof, accountId, entityId, personId } = found
  return { sessionId, proof, accountId, entityId, personId }
}

/** Why the code is not taken, with its refusal event; null when it was, and is spent. */
export async function objectionToCode(
  context: AppContext,
  who: CodeHolder,
  typed: string,
): Promise<CodeRefusal | null> {
  if (!typed.trim()) return 'code_missing'
  const key = `code:${who.accountId}`
  const tries = await accounts.countAttempt(context.sessionDb, key, appNow(), CODES.windowMs)
  const against = tries > CODES.perAccount ? 'throttled' : await takeCode(context, who, typed)
  if (!against) await accounts.forgetAttempts(context.sessionDb, key, new Date(appNow().getTime() - CODES.windowMs))
  return against
}

/** Spent and told in one transaction: which kind of code it was is in the record, the code is not. */
async function takeCode(context: AppContext, who: CodeHolder, typed: string): Promise<'code_wrong' | null> {
  return await withActor(context.db, who, async (trx) => {
    const kind = await spendCode(trx, factorOf(context, who), typed)
    if (kind === 'recovery') await recordFactor(trx, context, who, 'account.recovery_used')
    if (kind !== null) return null
    await recordFactor(trx, context, { ...who, personId: null }, 'session.refused', { reasonCode: 'code_wrong' })
    return 'code_wrong'
  })
}

export async function recordFactor(
  trx: Trx,
  context: AppContext,
  who: Omit<CodeHolder, 'personId'> & { personId: string | null },
  type: EventType,
  { reasonCode = null, proof }: { reasonCode?: string | null; proof?: Proof } = {},
): Promise<void> {
  const { entityId, accountId, personId: actorPerson } = who
  const { requestId } = context
  await recordEvent(trx, {
    ...{ entityId, type, objectId: accountId, actorPerson, reasonCode, origin: 'web', requestId },
    changes: proof ? [methodChange(proof)] : [],
  })
}

/** How somebody came in or proved themselves, as the event keeps it. */
export const methodChange = (proof: Proof): FieldChange => ({ field: 'proof', before: null, after: proof })

/** Enters with the code: the session is a new one to the browser, so that what was known before it is good for nothing. */
export async function enterWithCode(
  request: Request,
  context: AppContext,
  typed: string,
): Promise<{ ok: true; headers: Headers } | { ok: false; reason: CodeRefusal | 'late' }> {
  const pending = await findPending(request, context)
  if (!pending) return { ok: false, reason: 'late' }
  const reason = await objectionToCode(context, pending, typed)
  if (reason) return { ok: false, reason }
  const token = randomBytes(24).toString('base64url')
  const at = appNow()
  const until = new Date(at.getTime() + TEN_HOURS * 1000)
  const proof = withCode(pending.proof)
  const isDone = await accounts.completeSession(context.sessionDb, pending.sessionId, {
    ...{ tokenHash: hashToken(token), proof, at, until },
  })
  if (!isDone) return { ok: false, reason: 'late' }
  await withActor(context.db, pending, (trx) => recordFactor(trx, context, pending, 'session.started', { proof }))
  return { ok: true, headers: sessionCookieOf(context, token) }
}

/** What a browser keeps of a session that was opened here. */
export function sessionCookieOf({ config }: AppContext, token: string): Headers {
  const secure = config.PUBLIC_URL.startsWith('https://') ? '; Secure' : ''
  const cookie = cookieOf(config.PUBLIC_URL, config.APP_SECRET, token)
  return new Headers({ 'Set-Cookie': `${cookie}; Max-Age=${TEN_HOURS}; Path=/; HttpOnly; SameSite=Lax${secure}` })
}
