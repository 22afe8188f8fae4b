/** A write behind the log is found, explained by somebody who answers for it, and counts no longer (I3, decision 0060). */
import { randomUUID } from 'node:crypto'
import type { AppLoadContext } from '@remix-run/node'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AppContext } from '../../app/context.server.ts'
import * as checkRoute from '../../app/routes/risks/check.tsx'
import * as differenceRoute from '../../app/routes/risks/difference.tsx'
import { differenceText } from '../../app/text/differences.ts'
import { writeWithoutEvent } from '../../db/automatic-checks/write-without-event.ts'
import { openRound, recordRun } from '../../db/check-runs.ts'
import { openDatabase, withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { roleUrl } from '../../db/roles.ts'
import { demoEntityId } from '../../db/seed.ts'
import { rowsOf } from '../support/database.ts'
import { cookieOf, type SeededProduct, seededProduct } from '../support/lived-in.ts'
import { pageOf } from '../support/route-page.ts'

const CONTROL = 'escrituras-en-bitacora'
const entityId = demoEntityId('santamarta')
const NOTE = 'Se corrigió el nombre con el acta 12 de la Oficina TIC, que está en el expediente.'

let product: SeededProduct
let headers: { cookie: string }
beforeAll(async () => {
  product = await seededProduct()
  headers = { cookie: await cookieOf(product.context, 'jefatura_ogac') }
}, 120_000)
afterAll(async () => {
  await product?.close()
})

const on = (): AppLoadContext & AppContext => ({ ...product.context, requestId: randomUUID() })
const params = { control: CONTROL }

/** As the worker runs it. */
async function run(): Promise<number> {
  const worker = openDatabase(roleUrl(product.database.ownerUrl, product.database.secret, 'worker'), { max: 1 })
  try {
    return await withEntity(worker, entityId, async (trx) => {
      const [roundId, control, startedAt] = [newId(), 'write_without_event' as const, new Date()]
      await openRound(trx, { id: roundId, entityId, controls: [control], by: null })
      const examination = await writeWithoutEvent(trx, { entityId, dataDir: 'unused' } as never)
      await recordRun(trx, { entityId, roundId, control }, { startedAt, examination })
      return examination.found
    })
  } finally {
    await worker.close()
  }
}

/** The control's page, and where it leads to explain what it found. */
async function checkPage(): Promise<{ html: string; explain: string | undefined }> {
  const page = pageOf(checkRoute, 'riesgos/autocontroles/:control')
  const html = await (
    await page(new Request(`http://localhost:3000/riesgos/autocontroles/${CONTROL}`, { headers }), on())
  ).text()
  return { html, explain: /href="([^"]*explicar[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') }
}

async function send(explain: string, entries: Record<string, string>): Promise<Response> {
  const difference = new URL(explain, 'http://localhost:3000').searchParams.get('diferencia') ?? ''
  const body = new URLSearchParams({ formulario: 'explicar', difference, ...entries })
  const request = new Request(`http://localhost:3000${explain}`, { method: 'POST', headers, body })
  return (await differenceRoute.action({ request, params, context: on() })) as Response
}

it('is explained once, with what was found, and the next run counts it no longer', async () => {
  expect(await run()).toBe(0)
  const intruder = new pg.Client({ connectionString: product.database.superuserUrl })
  await intruder.connect()
  await intruder.query(`update position set name = name || ' (corregido)' where entity_id = $1 and duty = 'atencion'`, [
    entityId,
  ])
  await intruder.end()
  expect(await run()).toBeGreaterThan(0)
  const { explain, html } = await checkPage()
  expect(html).toContain(differenceText.incidentHelp)
  if (!explain) throw new Error('the page offers no explanation')
  const form = pageOf(differenceRoute, 'riesgos/autocontroles/:control/explicar')
  expect(await (await form(new Request(`http://localhost:3000${explain}`, { headers }), on())).text()).toContain(
    'sin hecho en la bitácora',
  )
  const formKey = newId()
  const short = (await send(explain, { formKey, note: 'Fue así' })) as unknown as { init: ResponseInit }
  expect(short.init.status).toBe(422)
  for (let twice = 0; twice < 2; twice++) {
    const { status, headers: sent } = await send(explain, { formKey, note: NOTE })
    expect([status, sent.get('location')]).toEqual([302, `/riesgos/autocontroles/${CONTROL}?hecho=explicado`])
  }
  const other = (await send(explain, { formKey: newId(), note: NOTE })) as unknown as { init: ResponseInit }
  expect(other.init.status).toBe(409)
  const { superuserUrl } = product.database
  expect(await rowsOf(superuserUrl, `select type from event where type = 'difference.explained'`)).toHaveLength(1)
  expect((await checkPage()).html).toContain(differenceText.answered)
  expect(await run()).toBe(0)
  const after = await checkPage()
  expect(after.html).toContain(NOTE)
  expect(after.explain).toBeUndefined()
})

it('has no page where nothing of the kind was found, and is not explained where a row can be put right', async () => {
  for (const control of [CONTROL, 'avisos-enviados']) {
    const request = new Request(`http://localhost:3000/riesgos/autocontroles/${control}/explicar?diferencia=x`, {
      headers,
    })
    const answer = differenceRoute.loader({ request, params: { control }, context: on() })
    expect(
      await answer.catch((thrown: { status?: number; init?: ResponseInit }) => thrown.status ?? thrown.init?.status),
    ).toBe(404)
  }
})
