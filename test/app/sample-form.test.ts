/** A form that is refused as a whole: what its summary says leads to the field that answers for it, or to the form. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as route from '../../app/routes/audit/new-sample.tsx'
import { refusalSentence } from '../../app/text/refusals.ts'
import { appToday } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import type { RefusalCode } from '../../domain/refusals.ts'
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

const asked = {
  ...{ formulario: 'muestra', population: 'events', part: '', from: '2026-01-01', to: appToday() },
  ...{ method: 'simple', wanted: '1', seed: 'Semilla', sampleId: newId() },
}

async function sent(more: Partial<typeof asked>): Promise<Response> {
  const body = new URLSearchParams({ ...asked, ...more })
  const request = new Request('http://localhost:3000/auditoria/muestras/nueva', { method: 'POST', headers, body })
  const on = { ...product.context, requestId: randomUUID() }
  return await pageOf(route, 'auditoria/muestras/nueva')(request, on)
}

async function leadsTo(more: Partial<typeof asked>, code: RefusalCode): Promise<string> {
  const html = await (await sent(more)).text()
  const [, id = ''] = new RegExp(`<a [^>]*href="#([^"]*)"[^>]*>${refusalSentence(code)}`).exec(html) ?? []
  return new RegExp(`<(\\w+)[^>]* id="${id}"`).exec(html)?.[1] === undefined ? `nothing with id ${id}` : id
}

it('is led to the first day where nothing lies between the days', async () => {
  const nothing = { population: 'decisions', from: '2026-01-01', to: '2026-01-02' }
  expect(await leadsTo(nothing, 'population_empty')).toBe('muestra-from')
})

it('is led to itself where no field answers for it', async () => {
  expect((await sent({})).status).toBe(302)
  expect(await leadsTo({ seed: 'Otra semilla' }, 'body_differs')).toBe('muestra-')
})
