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
import { plantRow, withoutChecks } from '../support/any-row.ts'
import { rowsOf } from '../support/database.ts'
import { cookieOf, type SeededProduct, seededProduct } from '../support/lived-in.ts'
import { pageOf } from '../support/route-page.ts'

const CONTROL = 'escrituras-en-bitacora'
const entityId = demoEntityId('santamarta')
const NOTE = 'Se corrigió el nombre con el acta 12 de la Oficina TIC, que está en el expediente.'
const LATER = 'Lo pidió la Oficina TIC por correo y quedó radicado el mismo día.'

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

async function lastFacts(): Promise<Record<string, string>> {
  const [row] = await rowsOf<{ facts: Record<string, string> }>(
    product.database.superuserUrl,
    `select facts from automatic_check_run where facts ? 'settled' order by finished_at desc limit 1`,
  )
  return row?.facts ?? {}
}
const settled = async () => BigInt((await lastFacts()).settled ?? 0)

/** The control's page, and where it leads to explain what it found. */
async function checkPage(): Promise<{ html: string; explain: string | undefined }> {
  const page = pageOf(checkRoute, 'riesgos/autocontroles/:control')
  const html = await (
    await page(new Request(`http://localhost:3000/riesgos/autocontroles/${CONTROL}`, { headers }), on())
  ).text()
  return { html, explain: /href="([^"]*explicar[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') }
}

/** The page on which it is explained, as a browser without JavaScript gets it. */
async function pageAt(address: string, sent: RequestInit = {}): Promise<{ status: number; html: string }> {
  const page = pageOf(differenceRoute, 'riesgos/autocontroles/:control/explicar')
  const answer = await page(new Request(`http://localhost:3000${address}`, { headers, ...sent }), on())
  return { status: answer.status, html: await answer.text() }
}

const differenceIn = (explain: string) => new URL(explain, 'http://localhost:3000').searchParams.get('diferencia') ?? ''

async function send(explain: string, entries: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams({ formulario: 'explicar', difference: differenceIn(explain), ...entries })
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
  expect((await pageAt(explain)).html).toContain('sin hecho en la bitácora')
  const formKey = newId()
  const short = (await send(explain, { formKey, note: 'Fue así' })) as unknown as { init: ResponseInit }
  expect(short.init.status).toBe(422)
  for (let twice = 0; twice < 2; twice++) {
    const { status, headers: sent } = await send(explain, { formKey, note: NOTE })
    expect([status, sent.get('location')]).toEqual([302, `/riesgos/autocontroles/${CONTROL}?hecho=explicado`])
  }
  const other = (await send(explain, { formKey: newId(), note: NOTE })) as unknown as { init: ResponseInit }
  expect(other.init.status).toBe(409)
  // Whoever sends without JavaScript is answered by the page itself: what was written is there to be copied, and who was faster.
  const body = new URLSearchParams({
    formulario: 'explicar',
    difference: differenceIn(explain),
    formKey: newId(),
    note: LATER,
  })
  const late = await pageAt(explain, { method: 'POST', body })
  expect(late).toMatchObject({ status: 409, html: expect.stringContaining(LATER) })
  expect(late.html).toContain(NOTE)
  expect(late.html).not.toContain(differenceText.submit)
  // The same key says something else of something else.
  const reused = (await send(explain, { formKey, note: NOTE, difference: 'transaction 1' })) as unknown as {
    init: ResponseInit
  }
  expect(reused.init.status).toBe(422)
  const { superuserUrl } = product.database
  expect(await rowsOf(superuserUrl, `select type from event where type = 'difference.explained'`)).toHaveLength(1)
  expect((await checkPage()).html).toContain(differenceText.answered)
  expect(await run()).toBe(0)
  const after = await checkPage()
  expect(after.html).toContain(NOTE)
  expect(after.explain).toBeUndefined()
})

it('says before and after how many rows one explanation excuses, whatever the run kept of them', async () => {
  const { superuserUrl } = product.database
  await rowsOf(
    superuserUrl,
    `insert into service_point (id, entity_id, agency_id, name) select gen_random_uuid(), $1, (select id from agency where entity_id = $1
      order by id limit 1), 'Punto ' || n from generate_series(1, 60) n`,
    [entityId],
  )
  expect(await run()).toBe(60)
  const { explain = '' } = await checkPage()
  const page = await pageAt(explain)
  expect(page.html).toContain(differenceText.all(60, 50))
  await send(explain, { formKey: newId(), note: NOTE })
  expect((await checkPage()).html).toContain(differenceText.others(10))
  const [event] = await rowsOf<{ changes: unknown }>(
    superuserUrl,
    `select changes from event where type = 'difference.explained' order by at desc limit 1`,
  )
  expect(event?.changes).toContainEqual({ field: 'found', before: null, after: 60 })
  expect(await run()).toBe(0)
})

it('judges again only what came since all was in order, and misses nothing that was under way meanwhile', async () => {
  const { superuserUrl } = product.database
  expect(await run()).toBe(0)
  const before = await settled()
  const intruder = new pg.Client({ connectionString: superuserUrl })
  await intruder.connect()
  await intruder.query('begin')
  await intruder.query(`update position set name = name || ' (a medias)' where entity_id = $1 and duty = 'atencion'`, [
    entityId,
  ])
  const { rows } = await intruder.query<{ xid: string }>('select pg_current_xact_id()::text as xid')
  const under = BigInt(rows[0]?.xid ?? 0)
  // Others go on and are in order: the one under way is not taken for settled with them.
  expect(await run()).toBe(0)
  expect(await run()).toBe(0)
  expect(before <= (await settled()) && (await settled()) <= under).toBe(true)
  await intruder.query('commit')
  await intruder.end()
  expect(await run()).toBeGreaterThan(0)
  // What other databases of the cluster have under way keeps it back too.
  const isPast = async () => (await run()) > 0 && (await settled()) > under
  await expect.poll(isPast, { timeout: 20_000, interval: 500 }).toBe(true)
  expect(await lastFacts()).toMatchObject({ open: String(under) })
  expect((await checkPage()).html).toMatch(/siguen en cuestión<\/dt>\s*<dd[^>]*>1</)
  await send((await checkPage()).explain ?? '', { formKey: newId(), note: NOTE })
  expect(await run()).toBe(0)
  expect(await lastFacts()).not.toHaveProperty('open')
})

it('says that there is nothing to explain where no run finds it, and has no page where a row can be put right', async () => {
  const gone = await pageAt(`/riesgos/autocontroles/${CONTROL}/explicar?diferencia=x`)
  expect(gone).toMatchObject({ status: 200, html: expect.stringContaining(differenceText.goneTitle) })
  expect(gone.html).not.toContain(differenceText.submit)
  const request = new Request('http://localhost:3000/riesgos/autocontroles/avisos-enviados/explicar?diferencia=x', {
    headers,
  })
  const answer = differenceRoute.loader({ request, params: { control: 'avisos-enviados' }, context: on() })
  expect(
    await answer.catch((thrown: { status?: number; init?: ResponseInit }) => thrown.status ?? thrown.init?.status),
  ).toBe(404)
})

it('holds up no other by an act that waits for years, and counts only what it judges', async () => {
  const intruder = new pg.Client({ connectionString: product.database.superuserUrl })
  await intruder.connect()
  try {
    await withoutChecks(intruder)
    await intruder.query('begin')
    await plantRow(intruder, 'act', entityId)
    const { rows } = await intruder.query<{ id: string; xid: string }>(
      `update row_write set writer = 'caracteriza_web' where xid = pg_current_xact_id() returning row_id as id, xid::text`,
    )
    await intruder.query('commit')
    const waiting = rows[0] ?? { id: '', xid: '0' }
    const isPast = async () => (await run()) === 0 && (await settled()) > BigInt(waiting.xid)
    await expect.poll(isPast, { timeout: 20_000, interval: 500 }).toBe(true)
    expect(await lastFacts()).toMatchObject({ open: waiting.xid })
    expect(await run()).toBe(0)
    const [counted] = await rowsOf<{ looked: number; all: number }>(
      product.database.superuserUrl,
      `select looked_at as looked, (select count(*)::int from row_write where entity_id = $1) as all from automatic_check_run
        where entity_id = $1 order by finished_at desc limit 1`,
      [entityId],
    )
    expect(counted?.looked).toBeGreaterThan(0)
    expect(counted?.looked).toBeLessThan((counted?.all ?? 0) / 10)
    // Refused in the end, it came to no event: what it wrote is in question as any other silent write.
    await intruder.query(`update act set status = 'refused' where id = $1`, [waiting.id])
    expect(await run()).toBe(1)
    await intruder.query(
      `insert into event (id, entity_id, type, object_type, object_id, act_id, origin) values ($1, $2, 'act.refused', 'act', $3, $3, 'web')`,
      [newId(), entityId, waiting.id],
    )
    expect(await run()).toBe(0)
    expect(await lastFacts()).not.toHaveProperty('open')
  } finally {
    await intruder.end()
  }
})
