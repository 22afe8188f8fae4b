/** The entry of the side menu that is lit: where a person is, also on pages that several areas lead to. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as layoutRoute from '../../app/routes/person/layout.tsx'
import { COLLECTORS } from '../../app/text/collectors.ts'
import { cookieOf, type SeededProduct, seededProduct } from '../support/lived-in.ts'
import { pageOf } from '../support/route-page.ts'

let product: SeededProduct
beforeAll(async () => {
  product = await seededProduct()
}, 120_000)
afterAll(async () => {
  await product?.close()
})

/** Once in the menu beside the page, once in the one that folds. */
async function litFor(duty: string, address: string): Promise<string[]> {
  const headers = { cookie: await cookieOf(product.context, duty) }
  const request = new Request(`http://localhost:3000${address}`, { headers })
  const html = await (
    await pageOf(layoutRoute, address.slice(1))(request, { ...product.context, requestId: randomUUID() })
  ).text()
  const lit = [...html.matchAll(/<a[^>]*aria-current="page"[^>]*>([^<]*)</g)].map(([, label]) => label ?? '')
  return [...new Set(lit)]
}

it.each([
  ['control_interno', '/disposicion', 'Auditoría'],
  ['control_interno', '/disposicion/tabla', 'Auditoría'],
  ['control_interno', COLLECTORS, 'Auditoría'],
  ['control_interno', '/auditoria/muestras', 'Auditoría'],
  ['administracion', '/disposicion', 'Administración'],
  ['administracion', COLLECTORS, 'Administración'],
  ['jefatura_ogac', '/disposicion', 'Mi bandeja'],
])('of %s on %s is «%s»', async (duty, address, label) => {
  expect(await litFor(duty, address)).toEqual([label])
})

it('is none where an address only begins like one', async () => {
  expect(await litFor('control_interno', '/disposiciones')).toEqual([])
})
