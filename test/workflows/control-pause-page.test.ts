/** The page of a control in pause: which pause is lifted is chosen by whoever lifts it. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { pauseControl } from '../../app/commands/keep-controls.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import * as controlRoute from '../../app/routes/risks/control.tsx'
import { inputSentence } from '../../app/text/inputs.ts'
import { appToday } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { addDays } from '../../domain/civil-dates.ts'
import { controlled } from '../support/control-runs.ts'
import { cookieOf, openProduct, type Product } from '../support/lived-in.ts'
import { pageOf } from '../support/route-page.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let product: Product
beforeAll(async () => {
  world = await openWorld()
  const { ownerUrl, dataDir, temporal } = world
  const { address: temporalAddress, namespace } = temporal
  product = openProduct({ ownerUrl, temporalAddress, namespace, dataDir, url: 'http://localhost:3000' })
}, 120_000)
afterAll(async () => {
  await product?.close()
  await world?.close()
}, 60_000)

it('marks none for them, and asks for one where none was chosen', async () => {
  const [owner, keeper] = await Promise.all([world.actor('direccion_tic'), world.actor('jefatura_ogac')])
  const { risk, code: control } = await controlled(world, 'mensual', owner)
  const until = addDays(appToday(), 30)
  const pause = { formKey: newId(), from: appToday(), until, reason: 'Se reemplaza el sistema.' }
  await pauseControl(world.context, keeper, { risk, control }, pause)
  const cookie = await cookieOf(product.context, 'jefatura_ogac')
  const page = async (body?: URLSearchParams) => {
    const on: AppContext = { ...product.context, requestId: randomUUID() }
    const address = `http://localhost:3000/riesgos/${risk}/controles/${control}`
    const sent = body ? { method: 'POST', body } : {}
    const answer = await pageOf(controlRoute, 'riesgos/:codigo/controles/:control')(
      new Request(address, { headers: { cookie }, ...sent }),
      on,
    )
    return await answer.text()
  }
  const pauses = (html: string) => html.match(/<input[^>]*name="pauseId"[^>]*>/g) ?? []
  const offered = pauses(await page())
  expect(offered).toEqual([expect.stringContaining(pause.formKey)])
  expect(offered[0]).not.toContain('checked')

  const typed = { formulario: 'reanudar', formKey: newId(), resumesOn: appToday(), reason: 'Ya se reemplazó.' }
  const missing = inputSentence({ code: 'pause_missing', facts: {} })
  expect(await page(new URLSearchParams(typed))).toContain(missing)
  const chosen = await page(new URLSearchParams({ ...typed, pauseId: pause.formKey, reason: '' }))
  expect(pauses(chosen)[0]).toContain('checked')
})
