/** What an entity calls its functions is what it reads: on pages, in files, and on the way of an exercise. */
import { randomUUID } from 'node:crypto'
import type { ServerBuild } from '@remix-run/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answeringErrors, type ErrorPageData } from '../../app/answer.server.ts'
import { cancelCycle } from '../../app/commands/cancel-cycle.server.ts'
import { saveView } from '../../app/commands/keep-views.server.ts'
import { startCycle } from '../../app/commands/start-cycle.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { findCyclePage } from '../../app/pages/cycle.server.ts'
import { LISTINGS } from '../../app/pages/lists/index.server.ts'
import { allRows } from '../../app/pages/lists/listing.server.ts'
import { shownRefusal } from '../../app/refusal.server.ts'
import * as postsRoute from '../../app/routes/administration/posts.tsx'
import * as tenureRoute from '../../app/routes/administration/tenure.tsx'
import * as viewsRoute from '../../app/routes/work/inbox-views.tsx'
import type { Actor } from '../../app/session.server.ts'
import { signIn } from '../../app/sign-in.server.ts'
import { cycleText } from '../../app/text/cycles.ts'
import { eventSentence } from '../../app/text/events.ts'
import { DEMO_ENTITIES, DEMO_PASSWORD } from '../../catalog/demo-users.ts'
import { withActor } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { demoEntityId } from '../../db/seed.ts'
import { listAdministrationEvents } from '../../db/timeline.ts'
import { Refused } from '../../domain/refusals.ts'
import { openProduct, type Product } from '../support/lived-in.ts'
import { pageOf } from '../support/route-page.ts'
import { openWorld, type World } from '../support/world.ts'

/** Of Santiago de Cali: who leads the process there, and who characterizes. */
const [LEADS, WORKS] = ['Secretaría de Desarrollo Territorial', 'Profesional de Caracterización']
/** Of Santa Marta. */
const [LEADS_THERE, WORKS_THERE] = ['Jefatura OGAC', 'Profesional OGAC']

let world: World
let product: Product
let administrator: Actor
let lead: Actor
beforeAll(async () => {
  world = await openWorld()
  const { ownerUrl, dataDir, temporal } = world
  const { address: temporalAddress, namespace } = temporal
  product = openProduct({ ownerUrl, temporalAddress, namespace, dataDir, url: 'http://localhost:3000' })
  administrator = await world.actor('administracion', 'cali')
  lead = await world.actor('jefatura_ogac', 'cali')
}, 120_000)
afterAll(async () => {
  await product?.close()
  await world?.close()
}, 60_000)

const on = (): AppContext => ({ ...product.context, requestId: randomUUID() })

async function requestOf(duty: string, address: string): Promise<Request> {
  const email = DEMO_ENTITIES[1]?.users.find((user) => user.duty === duty)?.email ?? ''
  const entry = await signIn(new Request('http://localhost:3000/'), on(), { email, password: DEMO_PASSWORD })
  if (!entry.ok) throw new Error(entry.reason)
  const cookie = entry.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  return new Request(`http://localhost:3000/${address}`, { headers: { cookie } })
}

async function pageFor(duty: string, route: Parameters<typeof pageOf>[0], path: string, address = path) {
  const answer = await pageOf(route, path)(await requestOf(duty, address), on())
  expect(answer.status).toBe(200)
  return await answer.text()
}

function expectOwn(text: string, ...names: string[]) {
  for (const name of names) expect(text).toContain(name)
  expect(text).not.toContain(LEADS_THERE)
  expect(text).not.toContain(WORKS_THERE)
}

/** What the app answers a request whose loader refuses so, as its error page is given it. */
async function answerTo(request: Request, refused: Refused): Promise<string> {
  const loader = () => Promise.reject(refused)
  const build = { routes: { page: { module: { loader } } } } as unknown as ServerBuild
  const guarded = answeringErrors(build).routes.page?.module.loader
  const answer = await Promise.resolve(guarded?.({ request, params: {}, context: { ...on() } })).catch((error) => error)
  return ((await answer.json()) as ErrorPageData).message
}

describe('Santiago de Cali reads its own names', () => {
  it('of functions, in its positions and their file', async () => {
    expectOwn(await pageFor('administracion', postsRoute, 'administracion/cargos'), LEADS, WORKS)
    const rows = await withActor(world.context.db, administrator, async (trx) =>
      allRows(await LISTINGS.positions(trx, administrator, new URLSearchParams())),
    )
    const functions = rows.map(([name, duty]) => `${name}: ${duty}`)
    expectOwn(functions.join('\n'), `${LEADS}: ${LEADS}`, `${WORKS}: ${WORKS}`)
    // What many offices are is called by the name of none.
    expectOwn(functions.join('\n'), 'Secretaría de Salud: Otra dependencia')
  })

  it('of the function that the end of a position leaves to nobody', async () => {
    const path = 'administracion/vinculaciones/:vinculacion'
    const html = await pageFor(
      'administracion',
      { ...tenureRoute, meta: undefined },
      path,
      path.replace(':vinculacion', lead.position.tenureId),
    )
    expectOwn(html.replace(/<[^>]*>/g, ''), LEADS)
    expect(html.split(LEADS).length).toBeGreaterThan(2)
  })

  it('of whom a view of the inbox is shared with', async () => {
    const view = { name: 'Lo vencido', search: 'estado=vencido', sharedWith: 'profesional_ogac', isDefault: false }
    await saveView(on(), lead, view)
    const html = await pageFor('jefatura_ogac', viewsRoute, 'bandeja/vistas')
    expectOwn(html, LEADS, `>${WORKS}</option>`)
    expect(html).toMatch(new RegExp(`<span class="quiet">[^<]*${WORKS}`))
    const { rows } = await withActor(world.context.db, lead, (trx) =>
      listAdministrationEvents(trx, lead.entityId, { types: ['view.shared'] }),
    )
    expectOwn(rows.map(eventSentence).join('\n'), `compartió una vista de la bandeja con ${WORKS}.`)
  })

  it('of who acts on an exercise now', async () => {
    const author = await world.actor('profesional_ogac', 'cali')
    const procedure = await withActor(world.context.db, author, (trx) =>
      trx.selectFrom('procedure_version').select('id').executeTakeFirstOrThrow(),
    )
    const form = { formKey: newId(), procedureVersionId: procedure.id, vigencia: 2026, trd: '100.10' }
    const { cycleId } = await startCycle(on(), author, {
      ...{ ...form, name: 'Caracterización de 2026', radicado: '202641730100000042' },
    })
    const read = () =>
      withActor(world.context.db, author, (trx) => findCyclePage(trx, author, cycleId, new URLSearchParams()))
    await expect.poll(async () => (await read())?.waiting?.status, { timeout: 20_000 }).toBe('in_progress')
    const page = await read()
    if (!page?.waiting) throw new Error('nobody acts')
    expectOwn(cycleText.state(page.waiting), WORKS)
    expectOwn(page.steps.map(({ sentence }) => sentence).join('\n'), WORKS)
  })

  it('of whoever a refused act is for: where its button would be, beside its form, and on the page of the error', async () => {
    const reviewer = await world.actor('profesional_sig', 'cali')
    const cycle = await withActor(world.context.db, reviewer, async (trx) => {
      const { id } = await trx.selectFrom('cycle').select('id').executeTakeFirstOrThrow()
      return await findCyclePage(trx, reviewer, id, new URLSearchParams())
    })
    expectOwn(cycle?.cancel.whyNot ?? '', `Esto le corresponde a ${LEADS}.`)
    const cycleId = cycle?.head.id ?? ''
    const refused = await cancelCycle(on(), reviewer, { cycleId, reason: 'Se abrió dos veces por error.' }).catch(
      (error: Refused) => error,
    )
    if (!(refused instanceof Refused)) throw new Error('nothing was refused')
    expectOwn(shownRefusal(refused, reviewer).sentence, `Esto le corresponde a ${LEADS}.`)
    const turn = new Refused('not_your_turn', { duties: 'jefatura_ogac,profesional_ogac' })
    const request = await requestOf('profesional_sig', `ejercicios/${cycleId}`)
    expectOwn(await answerTo(request, refused), `Esto le corresponde a ${LEADS}.`)
    expectOwn(await answerTo(request, turn), `Todavía no es su turno: ahora decide ${LEADS} o ${WORKS}.`)
  })
})

it('Santa Marta reads its own', async () => {
  const there = await world.actor('administracion')
  expect(there.entityId).toBe(demoEntityId('santamarta'))
  const rows = await withActor(world.context.db, there, async (trx) =>
    allRows(await LISTINGS.positions(trx, there, new URLSearchParams())),
  )
  expect(rows.map(([, duty]) => duty)).toEqual(expect.arrayContaining([LEADS_THERE, WORKS_THERE]))
})
