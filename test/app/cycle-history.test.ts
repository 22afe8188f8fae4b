/** The history of a cycle on its page: narrowed by its form, page by page, with nothing of the address lost. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AppContext } from '../../app/context.server.ts'
import * as cycleRoute from '../../app/routes/work/cycle.tsx'
import * as momentsRoute from '../../app/routes/work/moments.tsx'
import { momentsText } from '../../app/text/moments.ts'
import { partsText } from '../../app/text/parts.ts'
import { timelineText } from '../../app/text/timeline.ts'
import { procedure } from '../../catalog/procedures/mm-gac-p-008-v2.ts'
import { recordEvents } from '../../db/audit.ts'
import { openDatabase, withEntity } from '../../db/client.ts'
import { requestCycle } from '../../db/cycle-requests.ts'
import { newId } from '../../db/ids.ts'
import { demoEntityId } from '../../db/seed.ts'
import { stepTemplate } from '../../domain/procedures.ts'
import { formsIn, plain } from '../support/html-forms.ts'
import { cookieOf, type SeededProduct, seededProduct } from '../support/lived-in.ts'
import { pageOf } from '../support/route-page.ts'

const entityId = demoEntityId('santamarta')
const cycleId = newId()
/** More than one page of them. */
const OPENINGS = 25

let product: SeededProduct
let cookie: string
beforeAll(async () => {
  product = await seededProduct()
  cookie = await cookieOf(product.context, 'control_interno')
  await withEntity(product.context.db, entityId, async (trx) => {
    const procedure = await trx.selectFrom('procedure_version').select('id').executeTakeFirstOrThrow()
    const person = await trx.selectFrom('person').select('id').executeTakeFirstOrThrow()
    const asked = { procedureVersionId: procedure.id, vigencia: 2026, name: 'Ejercicio pedido', radicado: 'RAD-1' }
    const by = { entityId, personId: person.id, cycleId, actId: newId() }
    await requestCycle(trx, { ...asked, formKey: newId(), trd: '100.10' }, by)
    const opened = {
      type: 'step.opened',
      objectId: entityId,
      entityId,
      cycleId,
      stepCode: '1',
      origin: 'workflow',
    } as const
    await recordEvents(
      trx,
      Array.from({ length: OPENINGS }, () => opened),
    )
  })
}, 120_000)
afterAll(async () => {
  await product?.close()
})

async function page(query: string): Promise<string> {
  const on: AppContext = { ...product.context, requestId: randomUUID() }
  const request = new Request(`http://localhost:3000/ejercicios/${cycleId}${query}`, { headers: { cookie } })
  return await (await pageOf(cycleRoute, 'ejercicios/:ejercicio')(request, on)).text()
}

const linkOf = (html: string, label: string) =>
  plain(new RegExp(`<a[^>]*href="([^"]*)"[^>]*>(?:<[^>]*>)*${label}<`).exec(html)?.[1] ?? '')
const queryOf = (address: string) => /\?[^#]*/.exec(address)?.[0] ?? ''

it('keeps the moment chosen first, and all else the address says, while another is looked for', async () => {
  const choose = linkOf(await page('?hecho=execute&historia=x'), momentsText.choose)
  const chosen = await page(queryOf(choose))
  expect(chosen).toContain(momentsText.forget)
  const filter = formsIn(chosen).find(({ action }) => action?.endsWith('#historia'))
  if (!filter) throw new Error('the page has no filter of its history')
  const sent = new URLSearchParams(filter.entries)
  // What a page says it has done is not changed by narrowing its history, and the list begins at its first page.
  expect([sent.get('momento'), sent.get('hecho'), sent.has('historia')]).toEqual([
    new URLSearchParams(queryOf(choose)).get('momento'),
    'execute',
    false,
  ])
  sent.set('clase', 'decisiones')
  const narrowed = await page(`?${sent}`)
  expect(narrowed).toContain(momentsText.forget)
  expect(narrowed).toContain(momentsText.compare)
  const cleared = linkOf(narrowed, timelineText.clear)
  expect(cleared.endsWith('#historia')).toBe(true)
  expect(await page(queryOf(cleared))).toContain(momentsText.forget)
})

it('says of a day that no calendar has that nothing was narrowed by it', async () => {
  const html = await page('?del=2026-02-30&al=ayer')
  expect(html).toContain(timelineText.unreal(timelineText.from))
  expect(html).toContain(timelineText.unreal(timelineText.to))
  expect(html).toMatch(/<details[^>]*class="filters[^>]*open/)
  expect(await page('?del=2026-02-28')).not.toContain('no existe en el calendario')
})

it('goes on to its next page where the history stands', async () => {
  const next = linkOf(await page('?clase=decisiones'), partsText.nextPage)
  expect(next).toMatch(/^\/ejercicios\/[^?]*\?clase=decisiones&historia=[^#]+#historia$/)
})

it('leads whoever audits, and nobody else, from each event to its proof', async () => {
  const proofs = (html: string) => html.match(/href="\/auditoria\/hechos\/[^"]*"/g) ?? []
  expect(proofs(await page(''))).toHaveLength(20)
  const audits = cookie
  cookie = await cookieOf(product.context, 'profesional_ogac')
  expect(proofs(await page(''))).toEqual([])
  cookie = audits
})

it('leads to the way and to the moments of a cycle, wherever the history stands, and of one that has not begun to neither', async () => {
  const beside = (html: string) =>
    ['recorrido', 'momentos'].filter((place) => html.includes(`href="/ejercicios/${cycleId}/${place}"`))
  expect(beside(await page('?clase=comentarios'))).toEqual([])
  const owner = openDatabase(product.database.ownerUrl, { max: 1 })
  await withEntity(owner, entityId, async (trx) => {
    const id = newId()
    await trx
      .insertInto('step')
      .values({ id, entity_id: entityId, cycle_id: cycleId, code: '1', status: 'in_progress' })
      .execute()
    await recordEvents(trx, [
      { type: 'step.opened', objectId: id, entityId, cycleId, stepCode: '1', origin: 'workflow' },
    ])
  })
  await owner.close()
  expect(beside(await page('?clase=comentarios'))).toEqual(['recorrido', 'momentos'])
})

it('names each step at two moments by its number and its title', async () => {
  const on: AppContext = { ...product.context, requestId: randomUUID() }
  const request = new Request(`http://localhost:3000/ejercicios/${cycleId}/momentos`, { headers: { cookie } })
  const html = plain(await (await pageOf(momentsRoute, 'ejercicios/:ejercicio/momentos')(request, on)).text())
  expect(html).toContain(`1. ${stepTemplate(procedure, '1').title}`)
})
