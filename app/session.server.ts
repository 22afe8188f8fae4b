import { redirect } from '@remix-run/node'
import * as accounts from '../db/accounts.ts'
import { recordEvent } from '../db/audit.ts'
import { withActor } from '../db/client.ts'
import { appNow } from '../db/clock.ts'
import { findCycleHead } from '../db/cycle-pages.ts'
import { choiceOf, type HeldPosition, type PersonAtWork } from '../db/positions.ts'
import { hashToken, markedSession, tokenIn } from '../db/probe-marks.ts'
import { recordRefusal } from '../db/refusals.ts'
import { askWhoAsks } from '../db/who-asks.ts'
import { isId } from '../domain/ids.ts'
import { PROBE_HEADER } from '../domain/probes.ts'
import { isFactorLacking, type Proof } from '../domain/proofs.ts'
import { Refused } from '../domain/refusals.ts'
import { IDLE_MS } from '../domain/sessions.ts'
import type { AppContext } from './context.server.ts'
import { signInAddress } from './return-address.server.ts'
import type { Reader } from './text/refusals.ts'

/** Who is asking. Checked at every request from the database; the cookie carries nothing but the session's token. */

const SEEN_EVERY_MS = 60_000
const PROOF_MS = 5 * 60_000

export interface SignedInSession {
  id: string
  accountId: string
  entityId: string
  personId: string
  email: string
  /** Asked by the worker to see what the person would be answered (db/probes.ts). */
  isProbe: boolean
  positionId: string | null
  /** The substitution they act under; null in a position of their own. */
  substitutionId: string | null
  /** When they last showed who they are, at sign-in or again, and how. */
  provedAt: Date
  proof: Proof
  /** When the entity's directory last let them in. */
  directoryAt: Date | null
  startedAt: Date
  endsAt: Date
  /** As today finds them; null where they have left. */
  person: PersonAtWork | null
}

export interface Actor {
  sessionId: string
  accountId: string
  entityId: string
  personId: string
  displayName: string
  email: string
  entity: PersonAtWork['entity']
  /** Positions of today, one's own and those of people one substitutes; acting happens in exactly one of them. */
  positions: HeldPosition[]
  position: HeldPosition
  /** Their account asks for a second factor. */
  hasFactor: boolean
  /** It is a probe that asks as this person (C10): what it is answered has no other effect. */
  isProbe: boolean
  /** What delegated accesses in force let them enter and read today. */
  scopes: string[]
  provedAt: Date
  proof: Proof
  directoryAt: Date | null
  sessionEndsAt: Date
}

const sessions = new WeakMap<AppContext, Promise<SignedInSession | null>>()

/** What a page asks by itself while nobody touches it is no sign of life: it must not keep a session from ending. */
type AskedBy = 'person' | 'page'

/** The live session of this request, null when there is none, it idled for 30 minutes or its account was closed. */
export function findSession(
  request: Request,
  context: AppContext,
  askedBy: AskedBy = 'person',
): Promise<SignedInSession | null> {
  const known = sessions.get(context)
  if (known) return known
  const reading = readSession(request, context, askedBy)
  sessions.set(context, reading)
  return reading
}

async function readSession(request: Request, context: AppContext, askedBy: AskedBy): Promise<SignedInSession | null> {
  const found = await findStandingSession(request, context)
  if (!found || found.kind === 'pending') return null
  const { kind, isClosed, seenAt, ...session } = found
  const isProbe = kind === 'probe'
  if (isProbe && !isGenuineProbe(request, context, session.id)) return null
  const idle = appNow().getTime() - seenAt.getTime()
  if (isClosed || idle > IDLE_MS) {
    await accounts.endSession(context.sessionDb, session.id)
    return null
  }
  if (askedBy === 'person' && !isProbe && idle > SEEN_EVERY_MS)
    await accounts.touchSession(context.sessionDb, session.id, appNow())
  return { ...session, isProbe }
}

/** What stands behind the cookie of a request, whatever its kind; null where its ten hours are over. */
export async function findStandingSession(request: Request, { config, db, sessionDb }: AppContext) {
  const token = tokenIn(request.headers.get('cookie'), config.PUBLIC_URL, config.APP_SECRET)
  const found = token && (await askWhoAsks(db, hashToken(token)))
  if (!found) return null
  if (found.endsAt <= appNow()) {
    await accounts.endSession(sessionDb, found.id)
    return null
  }
  const { entityId, personId } = found
  return entityId && personId ? { ...found, entityId, personId } : null
}

/** A probe reads, and only what its worker marked it for; anybody else with its token is nobody (C10). */
function isGenuineProbe(request: Request, { config }: AppContext, sessionId: string): boolean {
  if (!READING.includes(request.method)) return false
  const mark = request.headers.get(PROBE_HEADER)
  return markedSession(config.APP_SECRET, mark, new URL(request.url).pathname) === sessionId
}

/** Person and the position they act in, or null without a session or without a position in force today. */
export async function findActor(request: Request, context: AppContext): Promise<Actor | null> {
  const session = await findSession(request, context)
  if (!session) return null
  const { person } = session
  const position = person && chosenPosition(person.positions, session.substitutionId ?? session.positionId)
  if (!person || !position) return null
  return {
    sessionId: session.id,
    accountId: session.accountId,
    entityId: session.entityId,
    personId: session.personId,
    email: session.email,
    provedAt: session.provedAt,
    proof: session.proof,
    directoryAt: session.directoryAt,
    sessionEndsAt: session.endsAt,
    displayName: person.displayName,
    entity: person.entity,
    positions: person.positions,
    scopes: person.scopes,
    hasFactor: person.hasFactor,
    isProbe: session.isProbe,
    position,
  }
}

/** Whoever reads the answer to a request; looking for them is no sign of life. */
export async function findReader(request: Request, context: AppContext): Promise<Reader> {
  await findSession(request, context, 'page')
  return await findActor(request, context)
}

function chosenPosition(positions: HeldPosition[], chosen: string | null): HeldPosition | undefined {
  return positions.find((position) => choiceOf(position) === chosen) ?? positions[0]
}

/** The actor, or: without a session, off to sign in and back; without a position in force today, 403. */
export async function requireActor(request: Request, context: AppContext, askedBy: AskedBy = 'person'): Promise<Actor> {
  const session = await findSession(request, context, askedBy)
  if (!session) throw redirect(signInAddress(request))
  const actor = await findActor(request, context)
  if (!actor) throw await refusedWithoutPosition(request, context, session)
  return actor
}

/** What somebody without a position in force sends leaves its refusal; a page they only open does not (model.md §3.1). */
async function refusedWithoutPosition(
  request: Request,
  context: AppContext,
  session: SignedInSession,
): Promise<Refused> {
  if (!READING.includes(request.method)) {
    const [, typedId, stepCode = null] = PLACE.exec(new URL(request.url).pathname) ?? []
    const { entityId, personId } = session
    const { requestId } = context
    await withActor(context.db, session, async (trx) => {
      const cycleId = isId(typedId) ? ((await findCycleHead(trx, typedId))?.id ?? null) : null
      const about = { objectId: cycleId ?? personId, cycleId, stepCode: cycleId && stepCode }
      const who = { entityId, personId, positionId: null }
      await recordRefusal(trx, { ...who, ...about, code: 'tenure_ended', origin: 'web', requestId })
    })
  }
  return new Refused('tenure_ended')
}

const READING = ['GET', 'HEAD']
/** The cycle and the step an address is about. */
const PLACE = /^\/ejercicios\/([0-9a-f-]{36})(?:\/pasos\/([1-7])(?=\/|$))?/

/**
 * Not older than five minutes: then a signature needs no password (model.md §4). Never for whoever has to set up their second
 * factor first.
 */
export function isProofRecent(actor: Pick<Actor, 'provedAt' | 'proof' | 'hasFactor' | 'entity'>): boolean {
  return !lacksFactor(actor) && isRecent(actor.provedAt)
}

/** Whether the entity asks a second factor of whoever approves or administers, and this person has none. */
export function lacksFactor({ entity, hasFactor, proof }: Pick<Actor, 'hasFactor' | 'entity' | 'proof'>): boolean {
  return isFactorLacking({ isRequired: entity.requiresFactor, hasFactor, proof })
}

/** Within the five minutes that a proof lasts. */
export function isRecent(provedAt: Date): boolean {
  return appNow().getTime() - provedAt.getTime() <= PROOF_MS
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

/** Acts from now on in another of today's positions, for somebody or not (`choiceOf`); anything else is refused, with its event. */
export async function switchPosition(request: Request, context: AppContext, choice: string): Promise<void> {
  const actor = await requireActor(request, context)
  const chosen = actor.positions.find((position) => choiceOf(position) === choice)
  if (!chosen) return await refuseSwitch(context, actor)
  await accounts.choosePosition(context.sessionDb, actor.sessionId, chosen)
  const { entityId, personId } = actor
  await withActor(context.db, { entityId, personId, position: chosen }, (trx) =>
    recordEvent(trx, {
      entityId,
      type: 'session.position_chosen',
      objectId: chosen.id,
      actorPerson: personId,
      actorPosition: actor.position.id,
      origin: 'web',
      requestId: context.requestId,
    }),
  )
}
