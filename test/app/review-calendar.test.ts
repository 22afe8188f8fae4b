/** The calendar of reviews on its page: nobody overwrites unseen what somebody else said, and what was said before stays. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppContext } from '../../app/context.server.ts'
import * as campaignsRoute from '../../app/routes/access/campaigns.tsx'
import { formatInstant } from '../../app/text/format.ts'
import { refusalSentence } from '../../app/text/refusals.ts'
import { reviewCalendarText as words } from '../../app/text/reviews.ts'
import { withEntity } from '../../db/client.ts'
import { findReviewCalendar, listEarlierCalendars } from '../../db/review-calendar.ts'
import { demoEntityId } from '../../db/seed.ts'
import { cookieOf, type SeededProduct, seededProduct } from '../support/lived-in.ts'
import { pageOf } from '../support/route-page.ts'

const ADDRESS = 'http://localhost:3000/accesos/campanas'
const entityId = demoEntityId('santamarta')
const page = pageOf(campaignsRoute, 'accesos/campanas')

let product: SeededProduct
let cookie: string
beforeAll(async () => {
  product = await seededProduct()
  cookie = await cookieOf(product.context, 'jefatura_ogac')
}, 120_000)
afterAll(async () => {
  await product?.close()
})

const on = (): AppContext => ({ ...product.context, requestId: randomUUID() })
const read = async (search = '') => (await page(new Request(ADDRESS + search, { headers: { cookie } }), on())).text()
const seenN = (html: string) => /name="seenN" value="(\d+)"/.exec(html)?.[1] ?? 'none'
const standing = () => withEntity(product.context.db, entityId, (trx) => findReviewCalendar(trx, entityId))

const USUAL = { yearly: 'si', singles: 'si', month: '1', day: '1', workingDays: '10', onSilence: 'retire' }

async function send(typed: Record<string, string>) {
  const body = new URLSearchParams({ formulario: 'calendario', ...USUAL, ...typed })
  const answer = await page(new Request(ADDRESS, { method: 'POST', headers: { cookie }, body }), on())
  return { status: answer.status, html: await answer.text() }
}

describe('the calendar of reviews', () => {
  it('is changed from the version it was read at; a later change is told with who made it and when', async () => {
    const opened = seenN(await read())
    expect((await send({ seenN: opened, day: '6', reason: 'Se corre por la feria de la ciudad.' })).status).toBe(302)
    const { changedBy: by, changedAt } = await standing()
    const stale = await send({ seenN: opened, day: '20', reason: 'Para que coincida con el empalme.' })
    expect(stale.status).toBe(409)
    expect(by).toBeTruthy()
    expect(stale.html).toContain(refusalSentence('calendar_moved', { by, at: changedAt?.toISOString() ?? '' }))
    expect(stale.html).toContain(`${by} cambió la apertura automática el ${formatInstant(changedAt ?? '')}`)
    // Nothing typed is lost, and the form now follows what is in force.
    expect(stale.html).toContain('Para que coincida con el empalme.</textarea>')
    expect(stale.html).toMatch(/name="day"[^>]* value="20"/)
    expect(await standing()).toMatchObject({ n: 1, day: 6 })
    const again = await send({ seenN: seenN(stale.html), day: '20', reason: 'Para que coincida con el empalme.' })
    expect([again.status, await standing()]).toMatchObject([302, { n: 2, day: 20 }])
  })

  it('is not changed by a form that changes nothing', async () => {
    const same = await send({ seenN: '2', day: '20', reason: 'Otra vez lo mismo, por si acaso.' })
    expect([same.status, (await standing()).n]).toEqual([422, 2])
    expect(same.html).toContain(refusalSentence('calendar_same', {}))
  })

  it('shows what was in force before, ten at a time, each with who, when and why', async () => {
    const html = await read()
    expect(html).toContain(words.earlier)
    expect(html).toContain('Se corre por la feria de la ciudad.')
    expect(html).toContain('Se abre sola cada 6 de enero')
    for (let n = 2; n < 13; n++)
      await send({ seenN: String(n), day: String(n), reason: `Cambio que sigue al número ${n}.` })
    const { rows, next } = await withEntity(product.context.db, entityId, (trx) => listEarlierCalendars(trx, entityId))
    expect(rows.map(({ n }) => n)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3])
    const older = await read(`?cambios=${next}`)
    expect(older).toContain('Se corre por la feria de la ciudad.')
    expect(older).not.toContain('Cambio que sigue al número 11.')
  })
})
