/** What an auditor asks about the past, on its pages: what is wrong is said beside its field, and only what was shown is on record. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AppContext } from '../../app/context.server.ts'
import * as asOfRoute from '../../app/routes/audit/as-of.tsx'
import * as cycleRoute from '../../app/routes/audit/cycle-as-of.tsx'
import { asOfText, momentFaultText } from '../../app/text/as-of.ts'
import { withEntity } from '../../db/client.ts'
import { appToday, moveClock } from '../../db/clock.ts'
import { requestCycle } from '../../db/cycle-requests.ts'
import { newId } from '../../db/ids.ts'
import { demoEntityId } from '../../db/seed.ts'
import { addDays } from '../../domain/civil-dates.ts'
import { rowsOf } from '../support/database.ts'
import { cookieOf, type SeededProduct, seededProduct } from '../support/lived-in.ts'
import { pageOf } from '../support/route-page.ts'

const entityId = demoEntityId('santamarta')
const cycleId = newId()
const PLACE = 'auditoria/a-la-fecha'

let product: SeededProduct
let cookie: string
let auditor: { id: string; name: string }
beforeAll(async () => {
  product = await seededProduct()
  cookie = await cookieOf(product.context, 'control_interno')
  await withEntity(product.context.db, entityId, async (trx) => {
    const procedure = await trx.selectFrom('procedure_version').select('id').executeTakeFirstOrThrow()
    auditor = await trx
      .selectFrom('person')
      .innerJoin('tenure', 'tenure.person_id', 'person.id')
      .innerJoin('position', 'position.id', 'tenure.position_id')
      .select(['person.id', 'person.display_name as name'])
      .where('position.duty', '=', 'control_interno')
      .executeTakeFirstOrThrow()
    const asked = { procedureVersionId: procedure.id, vigencia: 2026, name: 'Ejercicio pedido', radicado: 'RAD-1' }
    const by = { entityId, personId: auditor.id, cycleId, actId: newId() }
    await requestCycle(trx, { ...asked, formKey: newId(), trd: '100.10' }, by)
  })
}, 120_000)
afterEach(() => moveClock(0))
afterAll(async () => {
  await product?.close()
})

async function page(route: Parameters<typeof pageOf>[0], path: string, address: string) {
  const on: AppContext = { ...product.context, requestId: randomUUID() }
  const answer = await pageOf(route, path)(new Request(`http://localhost:3000/${address}`, { headers: { cookie } }), on)
  return { status: answer.status, html: await answer.text() }
}

const inputOf = (html: string, name: string) => html.match(new RegExp(`<input[^>]*name="${name}"[^>]*>`))?.[0]

const daysAsked = () =>
  rowsOf<{ changes: { after: string }[] }>(
    product.database.superuserUrl,
    `select changes from event where type = 'audit.cycle_asked' and object_id = $1 order by at`,
    [cycleId],
  ).then((rows) => rows.map(({ changes }) => changes[0]?.after))

describe('what somebody could do', () => {
  const ask = (search: string) => page(asOfRoute, PLACE, `${PLACE}?${search}`)
  const linksOf = (html: string) =>
    [...html.matchAll(/href="([^"]*)"/g)].map(([, to]) => to?.replaceAll('&amp;', '&') ?? '')
  const answered = (html: string) => /role="status"[^>]*>.*?<\/div>/s.exec(html)?.[0] ?? 'none'

  it('is answered of today for the instant it was asked at, however much later and with the exercise of then', async () => {
    const asked = { nombre: auditor.name, objeto: 'cycle', codigo: 'RAD-1', fecha: appToday() }
    const { html } = await ask(`${new URLSearchParams(asked)}`)
    const link = linksOf(html).find((to) => to.includes('conocido=')) ?? ''
    const hour = new URL(link, 'http://localhost').searchParams.get('hora') ?? ''
    expect(hour).toMatch(/^\d\d:\d\d:\d\d\.\d{3}$/)
    expect(linksOf(html)).toContain(
      `/${PLACE}/ejercicios/${cycleId}?${new URLSearchParams({ fecha: appToday(), hora: hour })}`,
    )
    // As long as the session lasts.
    moveClock(5 * 60_000)
    const later = await ask(link.slice(link.indexOf('?') + 1))
    expect(later.status).toBe(200)
    expect(answered(later.html)).toBe(answered(html))
    expect(linksOf(later.html)).toContain(link)
    expect(inputOf(later.html, 'hora')).toContain(`value="${hour.slice(0, 5)}"`)
  })
})

describe('whom it is asked of', () => {
  const ask = async (asked: Record<string, string>) =>
    (await page(asOfRoute, PLACE, `${PLACE}?${new URLSearchParams({ objeto: 'cycle', codigo: 'RAD-1', ...asked })}`))
      .html
  const chosen = () => `name="persona" value="${auditor.id}"`
  const answer = () => `${auditor.name} podía`

  it('stays whom was chosen among people who are called alike, whatever else is asked', async () => {
    const namesake = { id: newId(), entity_id: entityId, display_name: auditor.name, document_hash: 'f'.repeat(64) }
    await withEntity(product.context.db, entityId, (trx) => trx.insertInto('person').values(namesake).execute())
    const among = await ask({ nombre: auditor.name, fecha: appToday() })
    expect(among).toContain(`persona=${auditor.id}`)
    expect(among).not.toContain(answer())
    const faulty = await ask({ persona: auditor.id, nombre: auditor.name, fecha: addDays(appToday(), 1) })
    expect(faulty).toContain(chosen())
    expect(await ask({ persona: auditor.id, nombre: auditor.name, fecha: appToday() })).toContain(answer())
  })

  it('is looked for again where another name was typed', async () => {
    const html = await ask({ persona: auditor.id, nombre: 'Nadie de aquí', fecha: appToday() })
    expect(html).toContain(asOfText.unknownPerson)
    expect(html).not.toContain(chosen())
  })
})

describe('an exercise as it stood', () => {
  const asOf = (asked: Record<string, string>) =>
    page(cycleRoute, `${PLACE}/ejercicios/:ejercicio`, `${PLACE}/ejercicios/${cycleId}?${new URLSearchParams(asked)}`)

  it('is on record as asked for the day it was shown of, and not where a faulty date or hour showed nothing', async () => {
    const tomorrow = await asOf({ fecha: addDays(appToday(), 1) })
    expect(tomorrow.status).toBe(422)
    expect(tomorrow.html).toContain(momentFaultText.date_future)
    const { html } = await asOf({ fecha: appToday(), hora: '29:00' })
    expect(html).toContain(momentFaultText.time_unreal)
    expect(['fecha', 'hora'].filter((name) => inputOf(html, name)?.includes('aria-invalid'))).toEqual(['hora'])
    expect(await daysAsked()).toEqual([])
    const shown = await asOf({ fecha: appToday() })
    expect(shown.status).toBe(200)
    expect(await daysAsked()).toEqual([appToday()])
  })
})
