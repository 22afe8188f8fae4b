/** What the scenes of the commands play on: a municipality on the real parts, and cycles brought to where a command needs them. */
import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Change } from '../../app/administration.server.ts'
import { withdrawStep } from '../../app/commands/submit-step.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { withEntity, withoutEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import type { EventType } from '../../domain/events.ts'
import type { StepCode } from '../../domain/procedures.ts'
import type { RefusalCode } from '../../domain/refusals.ts'
import { live } from '../../scripts/demonstration/stories.ts'
import { cookieOf, openProduct, type Product } from '../support/lived-in.ts'
import { naughtyStrings, shortened } from '../support/naughty.ts'
import { complete, elaborate, openWorld, type World } from '../support/world.ts'

/** What runs, breaks out, turns the line, piles up or cannot be seen, in one line. */
const ANY_KIND = `=cmd|' /C calc'!A1 <script>alert(1)</script> "><img src=x onerror=alert(1)> {{7*7}} \\ &lt; %00 '--`
const ANY_LETTER = '👩‍👩‍👧 𝒞 مرحبا \u202etxt\u202c Z\u0351\u036b \u200b\u00a0\u0001\u007f\ufdd0'
const SEED = process.env.PROPERTY_SEED
/** Blanks and line breaks, which names of things do without, are tried on the forms (test/domain/naughty-strings.test.ts). */
const kinds = (limit: number) => {
  const other = SEED && naughtyStrings(4, Number(SEED) + limit).join(' ')
  return shortened((other || `${ANY_LETTER} ${ANY_KIND}`).replace(/\s+/g, ' ').trim(), limit)
}

/** Typed by people somewhere in the scenes, strings of any kind with a word by which each is found; no event may repeat it. */
export const TYPED = {
  document: '998877001',
  person: `Marca distintiva ${kinds(60)}.`,
  email: 'alguien.reservado@prueba.gov.co',
  text: `Texto distintivo ${kinds(160)}.`,
  secret: 'secreto-distintivo-4471',
}

/** Names of things of the entity, which events tell as they are. */
export const NAMED = `Nombre reconocible ${kinds(50)}.`

/** Steps whose form a scene can find open on a cycle that came that far. */
export const LIVED_TO = ['4', '6', '7'] as const
type LivedTo = (typeof LIVED_TO)[number]

export interface Stage {
  world: World
  entityId: string
  /** As of one request: an own request number, and nothing remembered from another. */
  on(): AppContext
  actor(duty: string): Promise<Actor>
  /** A cycle whose step 1 is open. */
  openCycle(): Promise<string>
  submitted(): Promise<{ cycleId: string; versionId: string; contentHash: string }>
  approved(): Promise<string>
  /** A cycle lived up to step `code`, which is open again. */
  livedTo(code: LivedTo): Promise<string>
  version(cycleId: string, code: StepCode): Promise<{ versionId: string; contentHash: string }>
  /** A request that carries the session of whoever holds the duty. */
  signedIn(duty: string, body?: FormData): Promise<Request>
  setupLink(): Promise<string>
  close(): Promise<void>
}

/** Prepares what the command needs and answers the command itself, so that only it is watched. */
type Play = (stage: Stage) => Promise<(context: AppContext) => Promise<unknown>>

export interface Scene {
  /** Every type the command must leave; none for a question that changes nothing. */
  events: EventType[]
  goes: Play
  /** How it is refused; a sentence where nobody can be: there is no person yet. */
  refused: { code: RefusalCode; goes: Play } | string
}

export async function openStage(): Promise<Stage> {
  const world = await openWorld()
  const { ownerUrl, dataDir, entityId, temporal } = world
  const where = { ownerUrl, dataDir, temporalAddress: temporal.address, namespace: temporal.namespace }
  const product = openProduct({ ...where, url: 'http://localhost:3000' })
  const lived: Partial<Record<LivedTo, Promise<string>>> = {}
  const stage: Stage = {
    world,
    entityId,
    on: () => ({ ...product.context, requestId: randomUUID() }),
    actor: (duty) => world.actor(duty),
    openCycle: async () => untilOpen(world, await world.newCycle(), '1'),
    submitted: async () => {
      const cycleId = await stage.openCycle()
      await elaborate(world, cycleId, '1')
      return { cycleId, ...(await stage.version(cycleId, '1')) }
    },
    approved: async () => {
      const cycleId = await stage.openCycle()
      await complete(world, cycleId, '1')
      return cycleId
    },
    livedTo: (code) => {
      lived[code] ??= liveTo(product, stage, code)
      return lived[code]
    },
    version: async (cycleId, code) => {
      const { version } = stepOf((await world.cycle(cycleId)).state, code)
      return { versionId: version?.id ?? '', contentHash: version?.hash ?? '' }
    },
    signedIn: (duty, body) => signedIn(stage, duty, body),
    setupLink: () => setupLink(world),
    close: async () => {
      await product.close()
      await world.close()
    },
  }
  return stage
}

type Settled = { settled?: boolean; receipt?: { settled: boolean } | null } | undefined

/**
 * An act whose workflow is away, or has not begun yet, is stored; where no courier brings it, asking again settles it, once. A
 * receipt may be the whole answer or a part of it.
 */
export async function settled<T>(act: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < 60; tries++) {
    const answer = await act()
    const said = answer as Settled
    if ((said?.receipt ?? said)?.settled !== false) return answer
    await sleep(200)
  }
  throw new Error('the workflow stayed away')
}

/** The workflow opens a step after the answer to whoever approved the one before. */
export async function untilOpen(world: World, cycleId: string, code: StepCode): Promise<string> {
  for (let tries = 0; tries < 400; tries++) {
    if (stepOf((await world.cycle(cycleId)).state, code).status === 'in_progress') return cycleId
    await sleep(50)
  }
  throw new Error(`step ${code} did not open`)
}

/** Lived as the demonstration lives, then the submission is taken back. */
async function liveTo(product: Product, stage: Stage, code: LivedTo): Promise<string> {
  const { entityId, world } = stage
  const radicado = `vida-${code}-${process.pid}`
  const story = { entityId, slug: 'santamarta', municipality: 'Santa Marta', vigencia: 2026, radicado }
  await live(product.context, { ...story, approved: Number(code) - 1, rows: 3_000 }, async () => {})
  const { id } = await withEntity(world.owner, entityId, (trx) =>
    trx.selectFrom('cycle').select('id').where('radicado', '=', radicado).executeTakeFirstOrThrow(),
  )
  const { versionId } = await stage.version(id, code)
  const author = await stage.actor('profesional_ogac')
  await withdrawStep(stage.on(), author, { cycleId: id, stepCode: code, versionId, reason: 'Falta un dato.' })
  return id
}

async function signedIn(stage: Stage, duty: string, body?: FormData): Promise<Request> {
  const headers = { cookie: await cookieOf(stage.on(), duty) }
  return new Request('http://localhost:3000/administracion', { method: 'POST', headers, body: body ?? new FormData() })
}

/** As `npm start` prints it on an installation without entity; here there is one already, so the row is made by hand. */
async function setupLink(world: World): Promise<string> {
  const token = newId()
  const token_hash = createHash('sha256').update(token).digest('hex')
  await withoutEntity(world.owner, (trx) => trx.insertInto('setup_link').values({ token_hash }).execute())
  return token
}

/** The row of an administration change that must have gone through. */
export function savedId<S>(change: Change<S>): string {
  if (!change.ok) throw new Error(JSON.stringify(change.problems))
  return (change.saved as { id?: string }).id ?? ''
}
