import { randomBytes } from 'node:crypto'
import { redirect } from '@remix-run/node'
import * as accounts from '../db/accounts.ts'
import { recordEvent } from '../db/audit.ts'
import { withActor, withoutEntity } from '../db/client.ts'
import { appNow } from '../db/clock.ts'
import { type DirectoryVisit, findLinked, keepVisit, linkSubject, takeVisit } from '../db/directory-links.ts'
import { listNumberedEntities } from '../db/named-entities.ts'
import { hashToken } from '../db/probe-marks.ts'
import { type DirectoryRefusal, directoryEntity, type IdentityClaims, proofBy } from '../domain/directory.ts'
import type { EventType } from '../domain/events.ts'
import { isByDirectory, type Proof } from '../domain/proofs.ts'
import { TEN_HOURS } from './auth.server.ts'
import type { AppContext } from './context.server.ts'
import {
  authorizationAddress,
  type Directory,
  DirectoryAway,
  directoryOf,
  identityBy,
  Untrusted,
} from './directory.server.ts'
import { endedVisitCookie, isVisitOf, visitCookie } from './directory-cookie.server.ts'
import { codeAddress } from './return-address.server.ts'
import { codeBefore, isCodeAsked, methodChange, sessionCookieOf } from './second-factor.server.ts'
import { type Actor, findActor, findSession } from './session.server.ts'

/**
 * Coming in, and proving oneself again, by the entity's directory: it says who somebody is, the accounts here say whether
 * they come in. It opens no account, and those of its own entity alone open by it; a person is matched by the subject they
 * were linked to, the first time by the address the directory has verified (decision 0038).
 */

/** Off to the directory; for `actor`, to prove again who they are. */
export async function visitDirectory(
  context: AppContext,
  directory: Directory,
  { returnTo, actor = null }: { returnTo: string; actor?: Actor | null },
): Promise<Response> {
  const [state = '', nonce = '', verifier = ''] = [24, 24, 48].map((n) => randomBytes(n).toString('base64url'))
  const at = appNow()
  const visit = { nonce, verifier, returnTo, sessionId: actor?.sessionId ?? null, begunAt: at.toISOString() }
  try {
    const entityId = await entityOf(context, directory)
    if (actor) requireVisitor(actor, entityId)
    const address = await authorizationAddress(directory, { state, nonce, verifier, maxAge: maxAgeOf(visit) })
    await keepVisit(context.sessionDb, state, visit, at)
    return redirect(address, { headers: { 'Set-Cookie': visitCookie(context, state) } })
  } catch (failure) {
    return await refuseVisit(context, visit, failure)
  }
}

/** The entity the directory belongs to. Throws `NotIn` where the installation does not say which of several. */
async function entityOf(context: AppContext, { entityNumber }: Directory): Promise<string> {
  const entity = directoryEntity(await withoutEntity(context.publicDb, listNumberedEntities), entityNumber)
  if (!entity) throw new NotIn('entity_unclear')
  return entity.id
}

/** What the directory remembers is good for as long as a session here, and for no signature. */
const maxAgeOf = ({ sessionId }: Pick<DirectoryVisit, 'sessionId'>) => (sessionId === null ? TEN_HOURS : 0)

/** What the directory sent back: somebody is in, or proved themselves again, or one sentence says why not. */
export async function returnFromDirectory(request: Request, context: AppContext): Promise<Response> {
  const directory = directoryOf(context.config)
  const { searchParams } = new URL(request.url)
  const state = searchParams.get('state') ?? ''
  const isSameBrowser = state !== '' && isVisitOf(request, context, state)
  const visit = isSameBrowser ? await takeVisit(context.sessionDb, state, appNow()) : undefined
  if (!directory || !visit) return refusedTo(context, NOBODYS_VISIT, 'late')
  try {
    const entityId = await entityOf(context, directory)
    const claims = await identityBy(directory, answerOf(searchParams, directory, visit))
    const isAgain = visit.sessionId !== null
    return await (isAgain ? proveByDirectory : enterByDirectory)(request, context, {
      directory,
      entityId,
      visit,
      claims,
    })
  } catch (failure) {
    return await refuseVisit(context, visit, failure, await ownSession(request, context, visit))
  }
}

interface Returned {
  directory: Directory
  /** Whose directory it is. */
  entityId: string
  visit: DirectoryVisit
  claims: IdentityClaims
}

/** Refuses in words: shown, and recorded where it is known whose account it is about. */
class NotIn extends Error {
  readonly code: DirectoryRefusal
  readonly account: accounts.AccountRow | undefined

  constructor(code: DirectoryRefusal, account?: accounts.AccountRow) {
    super(code)
    this.code = code
    this.account = account
  }
}

function answerOf(search: URLSearchParams, { issuer }: Directory, visit: DirectoryVisit) {
  if (search.get('error')) throw new NotIn('denied')
  // RFC 9207: another directory's answer is none of this one.
  if (search.has('iss') && search.get('iss') !== issuer) throw new Untrusted('iss')
  const since = Date.parse(visit.begunAt) - maxAgeOf(visit) * 1000
  return { code: search.get('code') ?? '', verifier: visit.verifier, nonce: visit.nonce, since }
}

async function enterByDirectory(request: Request, context: AppContext, returned: Returned): Promise<Response> {
  const { visit, claims } = returned
  const account = await accountFor(context, returned)
  const proof = proofBy(claims)
  const asksCode = proof === 'directory' && (await isCodeAsked(context, account))
  const before = await findSession(request, context)
  const token = randomBytes(24).toString('base64url')
  const at = appNow()
  await accounts.insertSession(context.sessionDb, {
    ...{
      accountId: account.id,
      tokenHash: hashToken(token),
      proof,
      at,
      provedAt: new Date(Math.min(at.getTime(), claims.auth_time * 1000)),
    },
    kind: asksCode ? 'pending' : 'person',
    until: asksCode ? codeBefore() : new Date(at.getTime() + TEN_HOURS * 1000),
    ipAddress: request.headers.get('x-client-address'),
    userAgent: request.headers.get('user-agent'),
  })
  if (before) await accounts.endSession(context.sessionDb, before.id)
  if (!asksCode) await record(context, account, { type: 'session.started', proof })
  const headers = sessionCookieOf(context, token)
  headers.append('Set-Cookie', endedVisitCookie(context))
  return redirect(asksCode ? codeAddress(visit.returnTo) : visit.returnTo, { headers })
}

/** The open account, in the directory's entity, of whom it names, linked to that subject from the first time on. Throws `NotIn`. */
async function accountFor(
  context: AppContext,
  { directory, entityId, claims }: Returned,
): Promise<accounts.AccountRow> {
  const { sessionDb } = context
  const { issuer } = directory
  const { sub: subject, email, email_verified: isVerified } = claims
  const linked = await findLinked(sessionDb, issuer, subject)
  const account = linked ?? (email && isVerified ? await accounts.findAccountByEmail(sessionDb, email) : undefined)
  if (!account) throw new NotIn(isVerified ? 'no_account' : 'unverified')
  const isOpen = !account.disabled_at && account.person_id !== null
  // Of another entity: told as if there were none, so that nobody learns here who works there.
  if (!isOpen || account.entity_id !== entityId) throw new NotIn('no_account', account)
  if (linked) return linked
  if (!(await linkSubject(sessionDb, account.id, { issuer, subject }))) throw new NotIn('other_subject', account)
  await record(context, account, { type: 'account.directory_linked' })
  return account
}

/** The five minutes of proof begin again, unless a code of the second factor is still due, which the form asks for. */
async function proveByDirectory(request: Request, context: AppContext, returned: Returned): Promise<Response> {
  const { visit, claims, directory, entityId } = returned
  const actor = await findActor(request, context)
  if (actor?.sessionId !== visit.sessionId || !actor) throw new NotIn('late')
  const account = accountOf(actor)
  requireVisitor(actor, entityId)
  const linked = await findLinked(context.sessionDb, directory.issuer, claims.sub)
  if (linked?.id !== actor.accountId) throw new NotIn('other_person', account)
  const proof = proofBy(claims)
  const at = appNow()
  await accounts.markDirectory(context.sessionDb, actor.sessionId, at)
  const asksCode = proof === 'directory' && actor.hasFactor
  if (!asksCode) {
    await accounts.markProved(context.sessionDb, actor.sessionId, { at, proof })
    await record(context, account, { type: 'session.proved', proof })
  }
  return redirect(asksCode ? '/cuenta?hecho=directorio-codigo' : '/cuenta?hecho=directorio', {
    headers: { 'Set-Cookie': endedVisitCookie(context) },
  })
}

/** Only whoever this directory let in shows it again who they are: forms ask everybody else for their password. */
function requireVisitor(actor: Actor, entityId: string): void {
  if (!isByDirectory(actor.proof)) throw new NotIn('by_password', accountOf(actor))
  if (actor.entityId !== entityId) throw new NotIn('other_entity', accountOf(actor))
}

/** The session that a visit is to prove again; null where it is another, or somebody comes in. */
async function ownSession(request: Request, context: AppContext, visit: DirectoryVisit) {
  const session = await findSession(request, context)
  return session?.id === visit.sessionId ? session : null
}

const accountOf = (of: Pick<Actor, 'accountId' | 'entityId' | 'personId'>): accounts.AccountRow => ({
  ...{ id: of.accountId, entity_id: of.entityId, person_id: of.personId, disabled_at: null },
})

/** In words on the page it began on. What cannot be said of anybody's account belongs to no entity: that is only logged. */
async function refuseVisit(
  context: AppContext,
  visit: DirectoryVisit,
  failure: unknown,
  session: { accountId: string; entityId: string; personId: string } | null = null,
): Promise<Response> {
  const code = codeOf(failure)
  if (!code) throw failure
  const known = failure instanceof NotIn ? failure.account : undefined
  const account = known ?? (session ? accountOf(session) : undefined)
  context.log.warn({ requestId: context.requestId, code, why: (failure as Error).message }, 'directory sign-in refused')
  if (account) await record(context, account, { type: 'session.refused', reasonCode: `directory_${code}` })
  return refusedTo(context, visit, code)
}

function codeOf(failure: unknown): DirectoryRefusal | undefined {
  if (failure instanceof NotIn) return failure.code
  if (failure instanceof DirectoryAway) return 'away'
  return failure instanceof Untrusted ? 'untrusted' : undefined
}

const NOBODYS_VISIT = { returnTo: '/inicio', sessionId: null }

function refusedTo(
  context: AppContext,
  { returnTo, sessionId }: Pick<DirectoryVisit, 'returnTo' | 'sessionId'>,
  code: DirectoryRefusal,
): Response {
  const query = new URLSearchParams({ directorio: code, ...(sessionId === null && { volver: returnTo }) })
  const headers = { 'Set-Cookie': endedVisitCookie(context) }
  return redirect(`${sessionId === null ? '/ingresar' : '/cuenta'}?${query}`, { headers })
}

interface DirectoryEvent {
  type: EventType
  proof?: Proof
  reasonCode?: string
}

/** In a transaction of its own; who failed to enter is not known to be the account's person. */
async function record(context: AppContext, account: accounts.AccountRow, event: DirectoryEvent): Promise<void> {
  const { id: accountId, entity_id: entityId, person_id: personId } = account
  if (!entityId) return
  const { type, proof, reasonCode = null } = event
  await withActor(context.db, { entityId, personId }, (trx) =>
    recordEvent(trx, {
      ...{ entityId, type, objectId: accountId, actorPerson: type === 'session.refused' ? null : personId },
      ...{ reasonCode, changes: proof ? [methodChange(proof)] : [], origin: 'web', requestId: context.requestId },
    }),
  )
}
