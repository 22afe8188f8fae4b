/** «Mi bandeja (N)» says as many as it lists, whatever they are: one rule for the count, the list and the first page. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AppContext } from '../../app/context.server.ts'
import * as startRoute from '../../app/routes/person/start.tsx'
import * as inboxRoute from '../../app/routes/work/inbox.tsx'
import { followUpText } from '../../app/text/follow-ups.ts'
import { inboxText } from '../../app/text/inbox.ts'
import { startText, suggestionFor } from '../../app/text/start.ts'
import { withEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { openFollowUp } from '../../db/follow-ups.ts'
import { newId } from '../../db/ids.ts'
import { demoEntityId } from '../../db/seed.ts'
import { addDays } from '../../domain/civil-dates.ts'
import type { FollowUpKind } from '../../domain/follow-ups.ts'
import { cookieOf, type SeededProduct, seededProduct } from '../support/lived-in.ts'
import { pageOf } from '../support/route-page.ts'

const entityId = demoEntityId('santamarta')

let product: SeededProduct
let cookie: string
beforeAll(async () => {
  product = await seededProduct()
  cookie = await cookieOf(product.context, 'alcaldia')
}, 120_000)
afterAll(async () => {
  await product?.close()
})

async function page(route: Parameters<typeof pageOf>[0], path: string, as = cookie): Promise<string> {
  const on: AppContext = { ...product.context, requestId: randomUUID() }
  const answer = await pageOf(route, path)(
    new Request(`http://localhost:3000/${path}`, { headers: { cookie: as } }),
    on,
  )
  expect(answer.status).toBe(200)
  return await answer.text()
}

const asked = (kind: FollowUpKind, code: string, duty = 'alcaldia') =>
  withEntity(product.context.db, entityId, (trx) =>
    openFollowUp(trx, {
      ...{ entityId, kind, objectId: newId(), code, duty, positionId: null },
      dueOn: addDays(appToday(), 5),
    }),
  )

const heading = (n: number) => inboxText.heading(inboxText.title, { n, more: false })

it('counts an acceptance that waits to be signed, and a finding to be closed, with the tasks of the exercises', async () => {
  expect(await page(inboxRoute, 'bandeja')).toContain(heading(0))
  expect(await page(startRoute, 'inicio')).not.toContain(startText.waiting({ n: 1, more: false }))
  await asked('accept_risk', 'R-001')
  const one = await page(inboxRoute, 'bandeja')
  expect(one).toContain(heading(1))
  expect(one).toContain(followUpText.asked.accept_risk('R-001'))
  expect(await page(startRoute, 'inicio')).toContain(startText.waiting({ n: 1, more: false }))
  await asked('finding_closing', 'H-2026-001')
  expect(await page(inboxRoute, 'bandeja')).toContain(heading(2))
  // Further than the list goes, the count does not go either.
  await withEntity(product.context.db, entityId, (trx) =>
    openFollowUp(trx, {
      ...{
        entityId,
        kind: 'finding_closing',
        objectId: newId(),
        code: 'H-2026-002',
        duty: 'alcaldia',
        positionId: null,
      },
      dueOn: addDays(appToday(), 90),
    }),
  )
  expect(await page(inboxRoute, 'bandeja')).toContain(heading(2))
})

it('says that there are more where a card does not list them all', async () => {
  const head = await cookieOf(product.context, 'direccion_tic')
  for (let n = 0; n < 20; n += 1) await asked('finding_closing', `H-2025-${n}`, 'direccion_tic')
  expect(await page(inboxRoute, 'bandeja', head)).not.toContain(inboxText.moreWaits)
  await asked('finding_closing', 'H-2025-20', 'direccion_tic')
  const inbox = await page(inboxRoute, 'bandeja', head)
  expect(inbox).toContain(inboxText.moreWaits)
  expect(inbox).toContain(inboxText.heading(inboxText.title, { n: 20, more: true }))
})

it('counts on the first page what is no task of an exercise, and says of no step that it waits', async () => {
  const author = await cookieOf(product.context, 'profesional_ogac')
  await asked('finding_closing', 'H-2026-003', 'profesional_ogac')
  const start = await page(startRoute, 'inicio', author)
  expect(start).toContain(startText.waiting({ n: 1, more: false }))
  expect(start).toContain(suggestionFor('profesional_ogac', 0).first)
  expect(start).not.toContain(suggestionFor('profesional_ogac', 1).first)
  expect(startText.waiting({ n: 20, more: true })).toContain('más de 20 asuntos')
})
