/** What a citizen gives stays where it was given: nothing the product writes down or sends out says it (features I7). */
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { Client, Connection } from '@temporalio/client'
import { strToU8, zipSync } from 'fflate'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { nameCollector } from '../../app/commands/keep-collectors.server.ts'
import { FORMAT_ADDRESSES, LIST_ADDRESSES } from '../../app/text/lists.ts'
import { demoEntityId } from '../../db/seed.ts'
import { LIST_CODES } from '../../domain/lists.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { askAs, search } from '../support/asking.ts'
import { CITIZEN, lookingFor } from '../support/canaries.ts'
import { bringCitizen, type Journey } from '../support/canary-journey.ts'
import { sweep } from '../support/canary-places.ts'
import { openReceiver, type Receiver } from '../support/collector.ts'
import { rowsOf } from '../support/database.ts'
import { cookieOf, openProduct, type Product } from '../support/lived-in.ts'
import { readable } from '../support/readable.ts'
import { openSmtp, type TestSmtp } from '../support/smtp.ts'
import { type System, startSystem } from '../support/system.ts'

const ENTITY = demoEntityId('santamarta')

let smtp: TestSmtp
let receiver: Receiver
let system: System
let product: Product
let journey: Journey
beforeAll(async () => {
  ;[smtp, receiver] = await Promise.all([openSmtp(), openReceiver()])
  system = await startSystem({ env: { LOG_LEVEL: 'debug', SMTP_URL: smtp.url, CONNECTION_HOSTS: '127.0.0.1' } })
  product = openProduct(system)
  const collector = { name: 'Recolector', url: receiver.url, headerName: '', headerValue: '', beginning: 'everything' }
  const auditor = await acts.actorOf(product.context, ENTITY, 'control_interno')
  expect(await nameCollector(product.context, auditor, collector)).toMatchObject({ ok: true })
  journey = await bringCitizen({ system, product })
}, 240_000)
afterAll(async () => {
  await product?.close()
  await system?.stop()
  await Promise.all([receiver?.close(), smtp?.close()])
}, 60_000)

const find = lookingFor(CITIZEN)
const rows = <T>(query: string, values: unknown[] = []) => rowsOf<T>(system.superuserUrl, query, values)

/** All that happened so far is sealed and with the collector, and who is told by mail was told. */
async function untilToldOutside(): Promise<void> {
  const [{ n } = { n: 0 }] = await rows<{ n: number }>('select count(*)::int as n from event where entity_id = $1', [
    ENTITY,
  ])
  await expect.poll(() => receiver.sequences().length, { timeout: 90_000, interval: 200 }).toBeGreaterThanOrEqual(n)
  await expect.poll(() => smtp.received.length, { timeout: 30_000, interval: 200 }).toBeGreaterThan(0)
}

/** Where the auditor takes away what there is. */
async function exported(): Promise<string[]> {
  const cookie = await cookieOf(product.context, 'control_interno')
  const lists = LIST_CODES.map((list) => `/listados/${LIST_ADDRESSES[list]}/${FORMAT_ADDRESSES.csv}`)
  const cycle = `/ejercicios/${journey.cycle}`
  const pages = [
    `/auditoria/paquete?ejercicio=${journey.cycle}`,
    '/auditoria',
    cycle,
    `${cycle}/pasos/3`,
    `${cycle}/momentos`,
  ]
  const asks = [...pages, ...lists].map((address) => ({ address }))
  const { leaks, statuses } = await search(asks, (asked) => askAs(system.url, cookie, asked), find)
  expect(statuses.get(200)).toBeGreaterThan(20)
  expect(statuses.get(500) ?? 0).toBe(0)
  return leaks
}

it('finds a value in whatever it is written or packed', async () => {
  const { name, document } = CITIZEN
  const stream = deflateSync(`BT /F1 12 Tf 9 9 Td (${name}) Tj ET`)
  const head = `%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 500 99]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>> endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
4 0 obj <</Length ${stream.length}/Filter/FlateDecode>> stream
`
  const pdf = Buffer.concat([
    Buffer.from(head),
    stream,
    Buffer.from('\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF'),
  ])
  const workbook = zipSync({
    'xl/sharedStrings.xml': strToU8(`<si><r><t>Canaria Dis</t></r><r><t>tintiva Quirama</t></r></si>`),
  })
  const packed = zipSync({ 'hojas/libro.xlsx': [workbook, { level: 9 }] })
  for (const bytes of [pdf, Buffer.from(workbook), Buffer.from(packed)]) {
    expect(find(bytes.toString('latin1'))).toEqual([])
    expect(find(await readable(bytes))).toEqual(['name'])
  }
  for (const written of ['1.082.999.431', Buffer.from(`x${document}yy`).toString('base64'), '31303832393939343331'])
    expect([written, find(written)]).toEqual([written, ['document']])
  expect(find('Canaria distintiva\n  QUIRAMA')).toEqual(['name'])
  expect(find('Canaria de otro nombre 108299943')).toEqual([])
})

it('is read by the clerk who recorded it', () => {
  expect(find(journey.read)).toEqual(expect.arrayContaining(['name', 'document', 'phone', 'mail', 'address']))
})

it('stands in no log, mail, forwarded event, metric, file, workflow nor table', async () => {
  await untilToldOutside()
  const found = await sweep({ system, smtp, receiver }, find)
  // What a file is called stands with it, for those who work on the sources.
  expect(found.filter((one) => !/^source_import\.file_name of .*: fileName$/.test(one))).toEqual([])
  expect(found).toHaveLength(1)
  expect(await exported()).toEqual([])
}, 150_000)

it('is found in each of them once it was put there, and named by its place', async () => {
  const { name, document, phone, mail, address, words } = CITIZEN
  appendFileSync(join(system.dataDir, 'logs', 'web.log'), `{"msg":"${document}"}\n`)
  await createTransport(smtp.url).sendMail({
    from: 'a@localhost',
    to: 'b@localhost',
    subject: 'x',
    html: `<b>${words}</b>`,
  })
  await fetch(receiver.url, { method: 'POST', body: JSON.stringify([{ data: { note: mail } }]) })
  writeFileSync(join(system.dataDir, 'suelto.zip'), zipSync({ 'a.txt': strToU8(address) }))
  const connection = await Connection.connect({ address: system.temporalAddress })
  const { workflow } = new Client({ connection, namespace: system.namespace })
  await workflow.start('nobody', { taskQueue: 'nobody', workflowId: 'nobody', args: [{ phone }] })
  await connection.close()
  await rows(
    `insert into event (id, entity_id, schema_v, type, object_type, object_id, changes, origin) select gen_random_uuid(), $1, 1,
     'incident.opened', 'incident', gen_random_uuid(), jsonb_build_array(jsonb_build_object('field', 'x', 'after', $2::text)), 'system'`,
    [ENTITY, name],
  )
  await rows(`update cycle set name = $1 where id = $2`, [name, journey.cycle])
  const found = await sweep({ system, smtp, receiver }, find)
  const places = [
    'log logs/web.log line',
    'mail <',
    'forwarded batch',
    'file suelto.zip',
    'workflow nobody',
    'event.changes of',
  ]
  for (const place of [...places, 'cycle.name of'])
    expect([place, found.filter((one) => one.startsWith(place)).length]).toEqual([place, 1])
  expect(await exported()).toEqual(expect.arrayContaining([expect.stringMatching(/^200 \/listados\/.*: name$/)]))
}, 150_000)
