/** The leaves of a day: what has none goes back to where it was typed, and is no refusal on record. */
import { randomUUID } from 'node:crypto'
import type { AppLoadContext } from '@remix-run/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AppContext } from '../../app/context.server.ts'
import * as leavesRoute from '../../app/routes/audit/leaves-file.ts'
import * as verificationRoute from '../../app/routes/audit/verification.tsx'
import { verificationText } from '../../app/text/audit.ts'
import { rowsOf } from '../support/database.ts'
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

it.each([
  ['mistyped', '2026-02-31', verificationText.dayUnreal],
  ['that has not come', '9999-12-31', verificationText.dayAhead],
])('of a day %s are asked for again, beside it', async (_what, day, sentence) => {
  const on = (): AppLoadContext & AppContext => ({ ...product.context, requestId: randomUUID() })
  const typed = new Request(`http://localhost:3000/auditoria/huellas?dia=${day}`, { headers })
  const sent = await leavesRoute.loader({ request: typed, params: {}, context: on() }).catch((thrown) => thrown)
  expect([sent.status, sent.headers.get('location')]).toEqual([302, `/auditoria/verificacion?dia=${day}#huellas`])
  const back = new Request(`http://localhost:3000/auditoria/verificacion?dia=${day}`, { headers })
  const answer = await pageOf(verificationRoute, 'auditoria/verificacion')(back, on())
  const html = await answer.text()
  expect(html).toContain(sentence)
  expect(html.match(/<input[^>]*name="dia"[^>]*>/)?.[0]).toContain('aria-invalid')
  expect(await rowsOf(product.database.superuserUrl, `select id from event where type = 'act.refused'`)).toEqual([])
})
