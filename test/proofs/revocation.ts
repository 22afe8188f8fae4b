/**
 * A revoked delegate is out at once (promises G13; ASVS 7.4.1, 7.4.2, 8.3.2): delegates with live sessions at the door of
 * their access over HTTP, half of them revoked; and endings that race with what is written under the access.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { decideAccess } from '../../app/commands/decide-access.server.ts'
import { requestAccess } from '../../app/commands/request-access.server.ts'
import { type Actor, requireActor } from '../../app/session.server.ts'
import { signIn } from '../../app/sign-in.server.ts'
import { hashPassword, insertAccount } from '../../db/accounts.ts'
import { type Trx, withEntity } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { findGrant, holdGrant, moveGrant } from '../../db/grants.ts'
import { newId } from '../../db/ids.ts'
import { listProbes } from '../../db/probes.ts'
import type { GrantVerdict } from '../../domain/grants.ts'
import { capture } from '../support/capture.ts'
import { type Door, openDoor } from '../support/door.ts'
import { openProduct, type Product } from '../support/lived-in.ts'
import { randomOf } from '../support/random.ts'
import { TEST_SECRET } from '../support/services.ts'
import { openWorld, type World } from '../support/world.ts'

const AT_ONCE = 8
/** PostgreSQL's code for a row that no policy lets in. */
const DENIED = '42501'
const PASSWORD = 'una-clave-de-prueba-larga'

export interface Revoked {
  revoked: number
  untouched: number
  /** Milliseconds from the answer to whoever revoked to the refusal of the next request, the slowest. */
  slowestMs: number
  races: number
  /** Of the races, how many captured a citizen before the end. */
  written: number
  /** Of as many approvals that met whoever asked taking the request back at the same instant, how many came first. */
  approved: number
}

export interface Scene {
  world: World
  product: Product
  door: Door
  head: Actor
  lead: Actor
  pointId: string
  close: () => Promise<void>
}

export async function openScene(): Promise<Scene> {
  const door = await openDoor()
  const world = await openWorld({ courier: true, webUrl: door.url })
  const { ownerUrl, dataDir, temporal } = world
  const where = { ownerUrl, dataDir, temporalAddress: temporal.address, namespace: temporal.namespace }
  const product = openProduct({ ...where, url: 'http://localhost:3000' })
  door.serve(product.context)
  const [head, lead] = await Promise.all([world.actor('dependencia'), world.actor('jefatura_ogac')])
  const { id: pointId } = await withEntity(world.owner, world.entityId, (trx) =>
    trx
      .selectFrom('service_point')
      .select('id')
      .where('agency_id', '=', head.position.agencyId)
      .executeTakeFirstOrThrow(),
  )
  const close = async () => {
    await world.close()
    await product.close()
    await door.close()
  }
  return { world, product, door, head, lead, pointId, close }
}

export interface Delegate {
  grantId: string
  by: { entityId: string; personId: string; positionId: string; duty: string }
  /** Their session, as their browser sends it. */
  cookie: string
}

/** `count` people at the window with an access in force, each signed in. */
export async function delegates(scene: Scene, count: number): Promise<Delegate[]> {
  const passwordHash = await hashPassword(PASSWORD)
  return await inTurns(await clerks(scene, count, passwordHash), (person) => admit(scene, person))
}

const clerks = ({ world, ...scene }: Scene, count: number, passwordHash: string): Promise<Person[]> =>
  withEntity(world.owner, world.entityId, async (trx) => {
    const named: Person[] = []
    for (let n = 0; n < count; n++) named.push(await addClerk(trx, { world, ...scene }, passwordHash))
    return named
  })

async function addClerk(trx: Trx, { world, head }: Scene, passwordHash: string) {
  const { entityId } = world
  const [personId, positionId] = [newId(), newId()]
  const name = `Auxiliar de ventanilla ${personId.slice(-4)}`
  const email = `${personId}@santamarta.demo.test`
  await sql`insert into person (id, entity_id, display_name, document_hash) values (${personId}, ${entityId}, ${name}, ${personId})`.execute(
    trx,
  )
  await sql`insert into position (id, entity_id, agency_id, name, duty, heads_agency)
    values (${positionId}, ${entityId}, ${head.position.agencyId}, ${name}, 'atencion', false)`.execute(trx)
  await sql`insert into tenure (id, entity_id, person_id, position_id, kind, from_date, act_reference)
    values (${newId()}, ${entityId}, ${personId}, ${positionId}, 'titular', '2020-01-01', 'x')`.execute(trx)
  await insertAccount(trx, { entityId, personId, name, email, passwordHash })
  return { personId, email }
}

/** Asked for, accepted by the person and granted, by the product's own acts. */
async function admit(scene: Scene, person: Person): Promise<Delegate> {
  const { cookie, clerk } = await enter(scene, person)
  const grantId = await askFor(scene, clerk)
  await decide(scene, grantId, 'grant', scene.lead)
  const { personId, entityId, position } = clerk
  return { grantId, by: { entityId, personId, positionId: position.id, duty: position.duty }, cookie }
}

interface Person {
  personId: string
  email: string
}

async function enter({ product }: Scene, { email }: Person): Promise<{ cookie: string; clerk: Actor }> {
  const entry = await signIn(
    new Request('http://localhost:3000'),
    { ...product.context },
    { email, password: PASSWORD },
  )
  if (!entry.ok) throw new Error('the delegate could not sign in')
  const cookie = entry.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const clerk = await requireActor(new Request('http://localhost:3000', { headers: { cookie } }), {
    ...product.context,
  })
  return { cookie, clerk }
}

/** Asked for by the head and accepted by the person: all that is missing is the approval. */
async function askFor(scene: Scene, clerk: Actor): Promise<string> {
  const today = appToday()
  const asked = await requestAccess(scene.world.context, scene.head, {
    ...{ formKey: newId(), granteeId: clerk.personId, pointId: scene.pointId, form: 'F004', startsOn: today },
    ...{
      endsOn: `${today.slice(0, 4)}-12-31`,
      radicado: '202641730100000001',
      radicadoOn: today,
      reason: 'Atiende en la ventanilla.',
    },
  })
  if (!asked.ok) throw new Error(JSON.stringify(asked.errors))
  // The commitment is accepted once a vigencia: a later request begins accepted.
  const { entityId, owner } = scene.world
  const grant = await withEntity(owner, entityId, (trx) => findGrant(trx, asked.grantId))
  if (grant?.state.status === 'asked') await decide(scene, asked.grantId, 'accept', clerk)
  return asked.grantId
}

export async function decide({ world }: Scene, grantId: string, verdict: GrantVerdict, by: Actor): Promise<void> {
  const grant = await withEntity(world.owner, world.entityId, (trx) => findGrant(trx, grantId))
  await decideAccess(
    world.context,
    { ...by, provedAt: appNow() },
    {
      ...{ grantId, verdict, contentHash: grant?.state.contentHash ?? '', accepted: 'si', reason: 'Traslado.' },
      cause: verdict === 'revoke' ? 'transfer' : null,
    },
  )
}

/** What the person's own session is answered at the door of the access. */
export async function knock({ door }: Scene, { grantId, cookie }: Delegate): Promise<number> {
  return (await fetch(`${door.url}/accesos/${grantId}/entrada`, { headers: { cookie }, redirect: 'manual' })).status
}

/** Throws at the first delegate who is let in after the end, kept out without one, or whose end nothing proved. */
export async function proveRevocation(count: number, races: number, seed: number): Promise<Revoked> {
  const scene = await openScene()
  try {
    return await proveIn(scene, count, races, seed)
  } finally {
    await scene.close()
  }
}

/** As `proveRevocation`, on a scene that stands. */
export async function proveIn(
  scene: Scene,
  count: number,
  races: number,
  seed: number,
  approvals = races,
): Promise<Revoked> {
  const all = await delegates(scene, count)
  await mustAnswer(scene, all, 204)
  const ending = all.filter((_, n) => n % 2 === 0)
  const staying = all.filter((_, n) => n % 2 === 1)
  for (const [n, delegate] of ending.entries())
    await write(scene.product, delegate, delegate.grantId, String(41_000_000 + n))
  const took = await inTurns(ending, (delegate) => revoke(scene, delegate))
  await Promise.all([mustAnswer(scene, ending, 403), mustAnswer(scene, staying, 204)])
  for (const { grantId } of ending) await mustBeProven(scene, grantId)
  const written = await race(scene, staying[0] as Delegate, races, seed)
  const approved = await raceApprovals(scene, approvals, seed)
  return { revoked: ending.length, untouched: staying.length, slowestMs: Math.max(...took), races, written, approved }
}

async function revoke(scene: Scene, delegate: Delegate): Promise<number> {
  await decide(scene, delegate.grantId, 'revoke', scene.head)
  const answered = performance.now()
  if ((await knock(scene, delegate)) !== 403) throw new Error(`${delegate.grantId} was let in after its end`)
  return performance.now() - answered
}

async function mustAnswer(scene: Scene, all: Delegate[], status: number): Promise<void> {
  for (const delegate of all) {
    const answer = await knock(scene, delegate)
    if (answer !== status) throw new Error(`${delegate.grantId} was answered ${answer}, not ${status}`)
  }
}

/** Denied after the end, and no control failed. */
async function mustBeProven({ world }: Scene, grantId: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const probes = await withEntity(world.owner, world.entityId, (trx) => listProbes(trx, grantId))
    const after = probes.filter(({ moment }) => moment === 'after')
    if (after.some(({ outcome }) => outcome !== 'denied')) throw new Error(`${grantId} was open after its end`)
    if (after.length > 0) {
      if (probes.filter(({ target }) => target === 'record').length !== 2)
        throw new Error(`${grantId} has no proof of its record`)
      return
    }
    await sleep(100)
  }
  throw new Error(`nothing proved the end of ${grantId}`)
}

/** Answers how many captured somebody; throws where that is dated after the end. */
async function race(scene: Scene, like: Delegate, races: number, seed: number): Promise<number> {
  const { world, product } = scene
  const random = randomOf(seed)
  let written = 0
  for (let n = 0; n < races; n++) {
    const id = newId()
    await withEntity(world.owner, world.entityId, (trx) => copyOf(trx, like.grantId, id))
    const [early, late] = [random() * 8, random() * 12]
    const [isWritten] = await Promise.all([
      sleep(early).then(() => write(product, like, id, String(52_000_000 + n))),
      sleep(late).then(() => end(scene, id)),
    ])
    if (!isWritten) continue
    written += 1
    if (!(await isBeforeEnd(scene, id))) throw new Error(`race ${n} of seed ${seed} captured after the end`)
  }
  return written
}

/**
 * An approval and the taking back of what is approved, sent at the same instant: one of them holds, and nothing approved is
 * dated after an end. Answers how many were approved.
 */
async function raceApprovals(scene: Scene, races: number, seed: number): Promise<number> {
  const random = randomOf(seed)
  const hands = await clerks(scene, AT_ONCE, await hashPassword(PASSWORD))
  let approved = 0
  await inTurns(hands, async (person) => {
    const { clerk } = await enter(scene, person)
    for (let n = 0; n < races / AT_ONCE; n++) {
      const grantId = await askFor(scene, clerk)
      const at = [random() * 20, random() * 20] as const
      const answers = await Promise.allSettled([
        sleep(at[0]).then(() => decide(scene, grantId, 'grant', scene.lead)),
        sleep(at[1]).then(() => decide(scene, grantId, 'withdraw', scene.head)),
      ])
      const held = answers.map(({ status }) => status === 'fulfilled')
      const { state, signed } = await outcomeOf(scene, grantId)
      const isOne = held[0] !== held[1] && state === (held[0] ? 'granted' : 'withdrawn') && signed === (held[0] ? 1 : 0)
      if (!isOne) throw new Error(`${grantId} of seed ${seed}: ${held} answered, ${state} with ${signed} approvals`)
      if (!held[0]) continue
      approved += 1
      await decide(scene, grantId, 'revoke', scene.head)
    }
  })
  return approved
}

/** How it stands, and how many approvals of it are dated before its end, if it has one. */
async function outcomeOf({ world }: Scene, grantId: string): Promise<{ state: string; signed: number }> {
  const found = await withEntity(world.owner, world.entityId, (trx) =>
    sql<{ state: string; signed: number }>`select g.status as state, count(s.id)::int as signed
      from access_grant g left join access_signature s on s.grant_id = g.id and s.kind = 'grant'
        and s.signed_at <= coalesce(g.ended_at, s.signed_at)
      where g.id = ${grantId} group by g.id`.execute(trx),
  )
  const [row] = found.rows
  if (!row) throw new Error(`there is no access ${grantId}`)
  return row
}

async function end({ world }: Scene, id: string): Promise<void> {
  await withEntity(world.owner, world.entityId, async (trx) => {
    const { state } = await holdGrant(trx, id)
    await moveGrant(trx, state, { status: 'revoked', cause: 'incident', at: appNow() })
  })
}

async function isBeforeEnd({ world }: Scene, grantId: string): Promise<boolean> {
  const found = await withEntity(world.owner, world.entityId, (trx) =>
    sql<{ ok: boolean }>`select bool_and(r.captured_at <= g.ended_at) as ok
      from capture_record r join access_grant g on g.id = r.grant_id where g.id = ${grantId}`.execute(trx),
  )
  return found.rows[0]?.ok === true
}

/** A citizen is captured under the access; null where the record let nobody in any more. */
async function write(product: Product, { by }: Delegate, id: string, number: string): Promise<boolean> {
  try {
    await capture({ web: product.context.db, secret: TEST_SECRET }, by, id, number)
    return true
  } catch (failure) {
    if (failure instanceof TypeError || (failure as { code?: string }).code === DENIED) return false
    throw failure
  }
}

/** The same access once more, of another vigencia's form so that both may stand. */
async function copyOf(trx: Trx, from: string, id: string): Promise<void> {
  await sql`insert into access_grant (id, entity_id, year, n, code, vigencia, agency_id, point_id, grantee_id, form, radicado,
      radicado_on, reason, starts_on, ends_on, content_hash, asked_by, asked_position, status)
    select ${id}::uuid, entity_id, year, (select max(n) + 1 from access_grant), 'R-' || ${id}::text, vigencia, agency_id, point_id, grantee_id,
      'F006', radicado, radicado_on, reason, starts_on, ends_on, content_hash, asked_by, asked_position, 'granted'
    from access_grant where id = ${from}`.execute(trx)
}

async function inTurns<T, R>(items: T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) results.push(await work(item))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return results
}
