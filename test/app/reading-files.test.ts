/** Who saw personal data, and what was unusual in it, as files: what the pages tell, and nothing of what was seen. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as listRoute from '../../app/routes/person/list-file.ts'
import { listColumns as columns, LIST_ADDRESSES } from '../../app/text/lists.ts'
import { readingsText, unusualText } from '../../app/text/readings.ts'
import { recordEvents } from '../../db/audit.ts'
import { openDatabase, withEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { storeReadingWeek } from '../../db/readings.ts'
import { demoEntityId } from '../../db/seed.ts'
import { mondayOf } from '../../domain/civil-dates.ts'
import type { ListCode } from '../../domain/lists.ts'
import { SAME_OBJECT } from '../../domain/unusual-reading.ts'
import { actorOf } from '../../scripts/demonstration/acts.ts'
import { cookieOf, type SeededProduct, seededProduct } from '../support/lived-in.ts'

const entityId = demoEntityId('santamarta')
const record = newId()

let product: SeededProduct
let reader: string
beforeAll(async () => {
  product = await seededProduct()
  const actor = await actorOf(product.context, entityId, 'atencion')
  reader = actor.displayName
  const seen = { entityId, type: 'capture.read', objectId: record, origin: 'web' } as const
  const by = { actorPerson: actor.personId, actorPosition: actor.position.id }
  const owner = openDatabase(product.database.ownerUrl, { max: 1 })
  await withEntity(owner, entityId, async (trx) => {
    await recordEvents(
      trx,
      Array.from({ length: SAME_OBJECT }, () => ({ ...seen, ...by })),
    )
    await storeReadingWeek(trx, entityId, mondayOf(appToday()))
  })
  await owner.close()
}, 120_000)
afterAll(async () => {
  await product?.close()
})

async function taken(list: ListCode, duty: string, query = ''): Promise<string[]> {
  const headers = { cookie: await cookieOf(product.context, duty) }
  const address = `/listados/${LIST_ADDRESSES[list]}/csv`
  const request = new Request(`http://localhost:3000${address}${query}`, { headers })
  const context = { ...product.context, requestId: randomUUID() }
  const params = { lista: LIST_ADDRESSES[list], formato: 'csv' }
  const file = await listRoute.loader({ request, params, context })
  return (await file.text()).replace('\uFEFF', '').trimEnd().split('\r\n')
}

const exported = () =>
  withEntity(product.context.db, entityId, (trx) =>
    trx.selectFrom('event').select('changes').where('type', '=', 'export.made').orderBy('at').execute(),
  )

it.each(['control_interno', 'alcaldia'])(
  'each reading goes to %s, with who and when and never which record',
  async (duty) => {
    const [header, ...lines] = await taken('personal_readings', duty)
    expect(header).toBe([columns.at, columns.what, columns.person, columns.position].join(','))
    expect(lines).toHaveLength(SAME_OBJECT)
    for (const line of lines) expect(line).toContain(reader)
    expect(lines.join('')).not.toContain(record)
  },
)

it('has the rows the filters of the page leave', async () => {
  expect(await taken('personal_readings', 'control_interno', '?del=2020-01-01&al=2020-01-02')).toHaveLength(1)
})

it('what was unusual goes week by week, with why', async () => {
  const [header, ...lines] = await taken('unusual_readings', 'control_interno')
  const { week, person, reads, objects, why } = readingsText
  expect(header).toBe([week, person, reads, objects, why].join(','))
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain(`${mondayOf(appToday())},${reader},${SAME_OBJECT},1,`)
  expect(lines[0]).toContain(unusualText.same_object)
})

it('leaves an event each time, and is closed to whoever oversees no access', async () => {
  const before = (await exported()).length
  await taken('unusual_readings', 'jefatura_ogac')
  const events = await exported()
  expect(events).toHaveLength(before + 1)
  expect(JSON.stringify(events.at(-1)?.changes)).toContain('unusual_readings')
  for (const list of ['personal_readings', 'unusual_readings'] as const)
    await expect(taken(list, 'direccion_tic')).rejects.toMatchObject({ status: 403 })
  expect(await exported()).toHaveLength(before + 1)
})
