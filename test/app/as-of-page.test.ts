/** What an auditor asks about the past, on its pages: what is wrong is said beside its field, and only what was shown is on record. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppContext } from '../../app/context.server.ts'
import * as cycleRoute from '../../app/routes/audit/cycle-as-of.tsx'
import { momentFaultText } from '../../app/text/as-of.ts'
import { withEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
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
beforeAll(async () => {
  product = await seededProduct()
  cookie = await cookieOf(product.context, 'control_interno')
  await withEntity(product.context.db, entityId, async (trx) => {
    const procedure = await trx.selectFrom('procedure_version').select('id').executeTakeFirstOrThrow()
    const person = await trx.selectFrom('person').select('id').executeTakeFirstOrThrow()
    const asked = { procedureVersionId: procedure.id, vigencia: 2026, name: 'Ejercicio pedido', radicado: 'RAD-1' }
    const by = { entityId, personId: person.id, cycleId, actId: newId() }
    await requestCycle(trx, { ...asked, formKey: newId(), trd: '100.10' }, by)
  })
}, 120_000)
afterAll(async () => {
  await product?.close()
})

async function page(route: Parameters<typeof pageOf>[0], path: string, address: string) {
  const on: AppContext = { ...product.context, requestId: randomUUID() }
  const answer = await pageOf(route, path)(new Request(`http://localhost:3000/${address}`, { headers: { cookie } }), on)
  return { status: answer.status, html: await answer.text() }
}

const daysAsked = () =>
  rowsOf<{ changes: { after: string }[] }>(
    product.database.superuserUrl,
    `select changes from event where type = 'audit.cycle_asked' and object_id = $1 order by at`,
    [cycleId],
  ).then((rows) => rows.map(({ changes }) => changes[0]?.after))

describe('an exercise as it stood', () => {
  const asOf = (asked: Record<string, string>) =>
    page(cycleRoute, `${PLACE}/ejercicios/:ejercicio`, `${PLACE}/ejercicios/${cycleId}?${new URLSearchParams(asked)}`)

  it('is on record as asked for the day it was shown of, and not where a faulty date or hour showed nothing', async () => {
    const tomorrow = await asOf({ fecha: addDays(appToday(), 1) })
    expect(tomorrow.status).toBe(422)
    expect(tomorrow.html).toContain(momentFaultText.date_future)
    expect((await asOf({ fecha: appToday(), hora: '29:00' })).html).toContain(momentFaultText.time_unreal)
    expect(await daysAsked()).toEqual([])
    const shown = await asOf({ fecha: appToday() })
    expect(shown.status).toBe(200)
    expect(await daysAsked()).toEqual([appToday()])
  })
})
