/** How much of each technical history is in a pack: read from the real server, through a line that breaks. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AppContext } from '../../app/context.server.ts'
import { addWorkflows, type PackedFlow } from '../../app/pages/pack-workflows.server.ts'
import { packText } from '../../app/text/packs.ts'
import { writePack } from '../../db/pack-file.ts'
import { type TestTemporal, testTemporal } from '../support/temporal.ts'

/** More than one page of a history has. */
const SMALL_EVENTS = 510
const LARGE_EVENTS = 30
/** With how it begins. */
const LONG = SMALL_EVENTS + LARGE_EVENTS + 2
const LARGE = 'x'.repeat(60_000)
const folder = mkdtempSync(join(tmpdir(), 'flujos-'))
let temporal: TestTemporal
beforeAll(async () => {
  temporal = await testTemporal()
  await begun('short', 1)
  const { handle } = await begun('long', SMALL_EVENTS)
  for (let n = 0; n < LARGE_EVENTS; n++) await handle.signal('told', LARGE)
}, 120_000)
afterAll(async () => {
  await temporal?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A workflow that nobody works on: its history is its start, the task that waits, and what it was told. */
async function begun(workflowId: string, signals: number) {
  const { workflow } = temporal.client
  const handle = await workflow.start('nothing', { workflowId, taskQueue: 'nobody' })
  const left = Array.from({ length: signals }, (_, n) => n)
  const telling = async () => {
    for (let n = left.pop(); n !== undefined; n = left.pop()) await handle.signal('told', n)
  }
  await Promise.all(Array.from({ length: 8 }, telling))
  return { handle }
}

/** A line to the server that breaks for good once so many bytes came over it. */
async function lineOf(bytes: number) {
  const [host = '', port] = temporal.address.split(':')
  const ends = new Set<Socket>()
  let came = 0
  const line = createServer((near) => {
    const far = connect(Number(port), host)
    for (const end of [near, far]) ends.add(end.on('error', () => undefined))
    near.pipe(far)
    far.on('data', (piece) => {
      came += piece.length
      if (came <= bytes) return void near.write(piece)
      line.close()
      for (const end of ends) end.destroy()
    })
  })
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  const connection = Connection.lazy({ address: `127.0.0.1:${(line.address() as AddressInfo).port}` })
  return {
    client: new Client({ connection, namespace: temporal.namespace }),
    close: async () => {
      await connection.close()
      line.close()
      for (const end of ends) end.destroy()
    },
  }
}

async function packed(ids: string[], client = temporal.client, limit?: number) {
  const path = join(folder, `${ids.join('-')}-${limit}.part`)
  const pack = await writePack(path)
  const flows = await addWorkflows(
    pack,
    { temporal: client } as AppContext,
    ids.map((id) => ({ id, name: id })),
    limit,
  )
  await pack.finish()
  await pack.close()
  const text = readFileSync(path).toString()
  return { flows, files: pack.files.map(({ name }) => name), text }
}

const said = ({ extent, events }: PackedFlow) => packText.flowExtents[extent](events)

it('is all of a history of several pages, and nothing of one that Temporal does not keep', async () => {
  const { flows, files, text } = await packed(['short', 'never', 'long'])
  expect(flows).toEqual([
    { name: 'short', events: 3, extent: 'whole' },
    { name: 'never', events: 0, extent: 'gone' },
    { name: 'long', events: LONG, extent: 'whole' },
  ])
  expect(files).toEqual(['historia/cuanto-hay-de-cada-flujo.csv', 'historia/flujos-de-trabajo.csv'])
  expect(text).toContain('short,3,"Completa, hasta que se preparó el paquete."\r\n')
  expect(text).toContain('never,0,"Nada: el motor de flujos no la guarda,')
  expect(text.match(/^long,\d+,/gm)).toHaveLength(LONG + 1)
  expect(text).not.toContain(LARGE.slice(0, 100))
})

it('says of a history that is longer than what is taken how much of it is there, and that it goes on', async () => {
  const { flows, text } = await packed(['long', 'short'], temporal.client, 3)
  expect(flows).toEqual([
    { name: 'long', events: 3, extent: 'cut' },
    { name: 'short', events: 3, extent: 'whole' },
  ])
  expect(text).toContain('Solo sus primeros 3 hechos: hay más')
})

it('keeps what came before Temporal stopped answering, and asks for none after it', async () => {
  const line = await lineOf(1_000_000)
  try {
    const { flows, files, text } = await packed(['short', 'long', 'short', 'never'], line.client)
    expect(flows.map(({ extent }) => extent)).toEqual(['whole', 'away', 'not_asked', 'not_asked'])
    const [short = 0, long = 0, ...after] = flows.map(({ events }) => events)
    expect([short, ...after]).toEqual([3, 0, 0])
    // The first of its two pages.
    expect(long).toBeGreaterThan(SMALL_EVENTS - 20)
    expect(long).toBeLessThan(LONG)
    expect(files).toHaveLength(2)
    for (const flow of flows) expect(text).toContain(said(flow))
    expect(text.match(/^long,\d+,/gm)).toHaveLength(long + 1)
  } finally {
    await line.close()
  }
}, 30_000)

it('has the list of workflows alone where Temporal never answered', async () => {
  const line = await lineOf(0)
  try {
    const { flows, files } = await packed(['long', 'short'], line.client)
    expect(flows.map(({ extent }) => extent)).toEqual(['away', 'not_asked'])
    expect(files).toEqual(['historia/cuanto-hay-de-cada-flujo.csv'])
  } finally {
    await line.close()
  }
}, 30_000)
