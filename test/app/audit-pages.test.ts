/** What an auditor is told before anything was looked over: that it was not, and never that all is well. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as readingsRoute from '../../app/routes/access/readings.tsx'
import * as eventRoute from '../../app/routes/audit/event.tsx'
import * as trailRoute from '../../app/routes/audit/trail.tsx'
import * as tableRoute from '../../app/routes/disposal/table.tsx'
import * as listRoute from '../../app/routes/person/list-file.ts'
import { intactText } from '../../app/text/audit.ts'
import { readingsText } from '../../app/text/readings.ts'
import { retentionText } from '../../app/text/retention.ts'
import { withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { demoEntityId } from '../../db/seed.ts'
import { actorOf } from '../../scripts/demonstration/acts.ts'
import { adoptSeries } from '../support/disposals.ts'
import { cookieOf, type SeededProduct, seededProduct } from '../support/lived-in.ts'
import { pageOf } from '../support/route-page.ts'

let product: SeededProduct
let headers: { cookie: string }
beforeAll(async () => {
  product = await seededProduct()
  headers = { cookie: await cookieOf(product.context, 'control_interno') }
}, 120_000)
afterAll(async () => {
  await product?.close()
})

const requestFor = (address: string, cookie = headers.cookie) =>
  new Request(`http://localhost:3000/${address}`, { headers: { cookie } })

async function read(route: Parameters<typeof pageOf>[0], path: string, address = path): Promise<string> {
  return await (await pageOf(route, path)(requestFor(address), { ...product.context, requestId: randomUUID() })).text()
}

it('of a log that no self-check has looked at', async () => {
  const html = await read(trailRoute, 'auditoria')
  expect(html).toContain(intactText(undefined))
  expect(html).toContain('href="/riesgos/autocontroles/bitacora-integra"')
})

it('of the way to who read personal data and to what was disposed of', async () => {
  const html = await read(trailRoute, 'auditoria')
  expect(html).toMatch(/href="\/accesos\/lecturas"[^>]*>(<[^>]*>)*Quién vio datos personales</)
  expect(html).toMatch(/href="\/disposicion"[^>]*>(<[^>]*>)*Disposición final</)
})

it('of readings of which no week was looked over', async () => {
  const html = await read(readingsRoute, 'accesos/lecturas')
  expect(html).toContain(readingsText.noneYet)
  expect(html).not.toContain(readingsText.nothing)
})

it('of an event that a later version recorded, in the trail and on its own page', async () => {
  const id = newId()
  const entityId = demoEntityId('santamarta')
  await withEntity(product.context.db, entityId, (trx) =>
    sql`insert into event (id, entity_id, type, object_type, object_id, origin)
      values (${id}, ${entityId}, 'oracle.spoke', 'cycle', ${newId()}, 'system')`.execute(trx),
  )
  const sentence = 'Hecho de un tipo que esta versión no conoce: oracle.spoke.'
  expect(await read(trailRoute, 'auditoria')).toContain(sentence)
  expect(await read(eventRoute, 'auditoria/hechos/:hecho', `auditoria/hechos/${id}`)).toContain(sentence)
})

it('the documentary table on which disposals rest, without the form of whoever keeps it', async () => {
  expect(await read(tableRoute, 'disposicion/tabla')).toContain(retentionText.state(0))
  const context = { ...product.context, requestId: randomUUID() }
  await adoptSeries({ context }, await actorOf(product.context, demoEntityId('santamarta'), 'administracion'))
  const html = await read(tableRoute, 'disposicion/tabla')
  expect(html).toContain('Resolución 12 de 2020')
  expect(html).toContain('/listados/tabla-de-retencion/csv')
  expect(html).not.toMatch(/<form|<button[^>]* disabled|method="post"/i)
  const file = await listRoute.loader({
    ...{ request: requestFor('listados/tabla-de-retencion/csv'), context: { ...context } },
    params: { lista: 'tabla-de-retencion', formato: 'csv' },
  })
  expect(await file.text()).toContain('Resolución 12 de 2020')
  const request = requestFor('disposicion/tabla', await cookieOf(product.context, 'direccion_tic'))
  await expect(tableRoute.loader({ request, context, params: {} })).rejects.toMatchObject({ status: 403 })
})

it.each([
  [
    'passed',
    1200,
    0,
    /^Íntegra: el último autocontrol, del 24 de noviembre de 2026, 10:42, miró 1\.200 hechos y todos/,
  ],
  ['failed', 1200, 2, /^No está íntegra: .* encontró 2 que no coinciden/],
  ['error', null, null, /no prueba nada\.$/],
  ['passed', 0, 0, /no prueba nada\.$/],
] as const)('of a self-check that %s, having looked at %s', (result, lookedAt, found, sentence) => {
  expect(intactText({ result, lookedAt, found, finishedAt: new Date('2026-11-24T15:42:05Z') })).toMatch(sentence)
})
