/** Sealed events forwarded to a collector outside, on the real server, worker and receiver (K4): in order, without gap, whatever fails. */
import type { ServerResponse } from 'node:http'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startFollowing } from '../../activities/follow-collectors.ts'
import { sealAll } from '../../activities/seal-log.ts'
import { actingPerson } from '../../app/administration.server.ts'
import * as keeping from '../../app/commands/keep-collectors.server.ts'
import { loadCollector } from '../../app/pages/collectors.server.ts'
import { requireSubject } from '../../app/pages/timeline-subjects.server.ts'
import { sentText } from '../../app/text/collectors.ts'
import { formatNumber } from '../../app/text/format.ts'
import { HISTORY_CURSOR, SUBJECT_NAMES } from '../../app/text/timeline.ts'
import { type Database, openDatabase, withEntity } from '../../db/client.ts'
import { pauseCollector, removeCollector } from '../../db/collector-changes.ts'
import { type CollectorRow, findCollector } from '../../db/collectors.ts'
import { newId } from '../../db/ids.ts'
import { listIncidents } from '../../db/incidents.ts'
import { roleUrl } from '../../db/roles.ts'
import { findLastSealed } from '../../db/sealed-log.ts'
import { forwardingWorkflowId } from '../../workflows/messages.ts'
import { openReceiver, type Receiver, upTo } from '../support/collector.ts'
import { untilSealable } from '../support/sealable.ts'
import { TEST_SECRET } from '../support/services.ts'
import { openWorld, type World } from '../support/world.ts'

const CANARY = 'Canario-Secreto-77aa'

let world: World
let sealer: Database
let receiver: Receiver
beforeAll(async () => {
  world = await openWorld({ courier: true, workerProcess: {} })
  sealer = openDatabase(roleUrl(world.ownerUrl, TEST_SECRET, 'sealer'), { max: 2 })
  await untilSealable(world.owner, world.entityId)
}, 120_000)
beforeEach(async () => {
  receiver = await openReceiver()
  return () => receiver.close()
})
afterAll(async () => {
  await sealer?.close()
  await world?.close()
}, 60_000)

const sealed = async () => {
  const last = await withEntity(world.owner, world.entityId, (trx) => findLastSealed(trx, world.entityId))
  return last ? Number(last.n) + 1 : 0
}

async function named(name: string, url = receiver.url, beginning = 'everything'): Promise<string> {
  const typed = { name, url, headerName: 'Authorization', headerValue: `Bearer ${CANARY}`, beginning }
  const change = await keeping.nameCollector(world.context, await world.actor('control_interno'), typed)
  return change.ok ? change.saved.id : expect.fail(JSON.stringify(change.problems))
}

async function asked(command: typeof keeping.retireCollector, typed: Record<string, string>): Promise<void> {
  const change = await command(world.context, await world.actor('administracion'), typed)
  expect(change).toMatchObject({ ok: true })
}

const collector = async (id: string): Promise<CollectorRow> => {
  const found = await withEntity(world.owner, world.entityId, (trx) => findCollector(trx, id))
  return found ?? expect.fail('no such collector')
}

/** All that is sealed by now and more, without gap or double. */
async function untilCaughtUp(id: string, last: number): Promise<void> {
  await expect
    .poll(async () => (await collector(id)).confirmed, { timeout: 240_000, interval: 500 })
    .toBeGreaterThanOrEqual(last)
  const sequences = receiver.sequences()
  expect(sequences).toEqual(upTo(sequences.length))
}

const until = (what: () => unknown) => expect.poll(what, { timeout: 60_000, interval: 200 })

/** So many more events of no meaning, sealed. */
async function more(count: number): Promise<number> {
  await withEntity(world.owner, world.entityId, (trx) =>
    sql`insert into event (id, entity_id, schema_v, type, object_type, object_id, changes, origin)
      select gen_random_uuid(), ${world.entityId}, 1, 'incident.opened', 'incident', gen_random_uuid(), '[]', 'system'
      from generate_series(1, ${count})`.execute(trx),
  )
  await untilSealable(world.owner, world.entityId)
  await sealAll(sealer, world.dataDir)
  return await sealed()
}

it('sends every sealed event in order, with what shows a gap, and goes on as more are sealed', async () => {
  await more(1200)
  const id = await named('Recolector uno')
  const last = await more(1)
  await untilCaughtUp(id, last)
  for (const [place, { headers, events }] of receiver.batches.entries()) {
    const before = receiver.batches[place - 1]
    expect(headers['caracteriza-first']).toBe(String(events[0]?.data.event?.sequence))
    expect(headers['caracteriza-last']).toBe(String(events.at(-1)?.data.event?.sequence))
    expect(headers['caracteriza-last-leaf']).toBe(events.at(-1)?.data.event?.hash)
    expect(headers['caracteriza-previous-leaf']).toBe(before?.headers['caracteriza-last-leaf'])
    expect(headers.authorization).toBe(`Bearer ${CANARY}`)
    expect(headers['content-type']).toContain('application/cloudevents-batch+json')
  }
  await asked(keeping.retireCollector, { id })
}, 120_000)

it('begins with what is sealed from now on, and says until then where it begins', async () => {
  receiver.answering((response) => response.writeHead(503).end())
  const before = await sealed()
  const id = await named('Recolector desde ahora', receiver.url, 'from_now')
  const from = await collector(id)
  expect(from).toMatchObject({ confirmedAt: null, confirmed: expect.any(Number) })
  expect(from.confirmed).toBeGreaterThanOrEqual(before)
  expect(sentText(from)).toBe(`Nada todavía: empieza después del hecho ${formatNumber(from.confirmed)}`)
  await more(2)
  receiver.answering(null)
  await until(() => receiver.batches.length).toBeGreaterThan(0)
  expect(receiver.batches[0]?.headers['caracteriza-first']).toBe(String(from.confirmed + 1))
  await until(async () => (await collector(id)).confirmedAt).not.toBeNull()
  const { confirmed, confirmedAt } = await collector(id)
  expect(sentText({ confirmed, confirmedAt })).toBe(`Hecho ${formatNumber(confirmed)}`)
  await asked(keeping.retireCollector, { id })
}, 90_000)

it('catches up by itself after an outage in the middle, and says meanwhile why', async () => {
  const id = await named('Recolector dos')
  await untilCaughtUp(id, await sealed())
  receiver.answering((response) => response.writeHead(503).end())
  const last = await more(700)
  await until(async () => (await collector(id)).failures).toBeGreaterThan(2)
  expect(await collector(id)).toMatchObject({ stoppedAt: null, failing: { code: 'http_status', status: 503 } })
  receiver.answering(null)
  await untilCaughtUp(id, last)
  expect(await collector(id)).toMatchObject({ failures: 0, failing: null })
  await asked(keeping.retireCollector, { id })
}, 120_000)

it('goes on after the worker was killed in the middle: nothing is missing, and what comes twice is the same', async () => {
  await more(3000)
  // Slow enough to be killed between two batches.
  receiver.answering((response) => setTimeout(() => response.writeHead(503).end(), 100))
  const id = await named('Recolector tres')
  await until(() => receiver.asked()).toBeGreaterThan(0)
  receiver.answering(null)
  await until(() => receiver.batches.length).toBeGreaterThan(1)
  await world.worker.kill()
  const last = await more(600)
  await world.worker.start()
  await expect
    .poll(async () => (await collector(id)).confirmed, { timeout: 120_000, interval: 500 })
    .toBeGreaterThanOrEqual(last)
  const seen = new Map<number, string>()
  for (const { events } of receiver.batches)
    for (const event of events) {
      const sequence = event.data.event?.sequence ?? 0
      expect(seen.get(sequence) ?? event.id).toBe(event.id)
      expect(sequence).toBeLessThanOrEqual(seen.size + 1)
      seen.set(sequence, event.id)
    }
  expect(seen.size).toBeGreaterThanOrEqual(last)
  await asked(keeping.retireCollector, { id })
}, 240_000)

it('stops where the collector refuses, with an incident, and goes on where it was once a person resumes it', async () => {
  receiver.answering((response) => response.writeHead(401).end())
  const id = await named('Recolector cuatro')
  await until(async () => (await collector(id)).stoppedAt).not.toBeNull()
  expect(await collector(id)).toMatchObject({ failing: { code: 'http_denied', status: 401 }, confirmed: 0 })
  const incidents = await withEntity(world.owner, world.entityId, (trx) =>
    listIncidents(trx, world.entityId, { isClosed: false }),
  )
  expect(incidents.rows.filter(({ objectId }) => objectId === id).map(({ kind }) => kind)).toEqual([
    'collector_stopped',
  ])
  const times = receiver.asked()
  receiver.answering(null)
  await new Promise((resolve) => setTimeout(resolve, 4_000))
  expect(receiver.asked()).toBe(times)
  await asked(keeping.resumeForwarding, { id })
  await untilCaughtUp(id, await sealed())
  await asked(keeping.pauseForwarding, { id })
  await new Promise((resolve) => setTimeout(resolve, 4_000))
  const paused = receiver.batches.length
  await more(3)
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  expect(receiver.batches.length).toBe(paused)
  await asked(keeping.forwardAgain, { id, from: '5' })
  await asked(keeping.resumeForwarding, { id })
  const last = await sealed()
  await until(async () => (await collector(id)).confirmed).toBeGreaterThanOrEqual(last)
  expect(receiver.batches[paused]?.headers['caracteriza-first']).toBe('5')
  await asked(keeping.retireCollector, { id })
}, 180_000)

const stopsOf = (id: string) =>
  withEntity(world.owner, world.entityId, async (trx) => {
    const events = await sql`select from event where object_id = ${id} and type = 'collector.stopped'`.execute(trx)
    const incidents = await sql`select from incident where object_id = ${id}`.execute(trx)
    return { events: events.rows.length, incidents: incidents.rows.length }
  })

/** Sent its first batch, which has no answer yet. */
async function waiting(name: string): Promise<{ id: string; answer: ServerResponse }> {
  const answers: ServerResponse[] = []
  receiver.answering((response) => answers.push(response))
  const id = await named(name)
  await until(() => answers.length).toBe(1)
  receiver.answering(null)
  return { id, answer: answers[0] ?? expect.fail('nobody asked') }
}

it('goes on where the secret was corrected before the old one was refused', async () => {
  const { id, answer } = await waiting('Recolector que se corrige')
  const typed = { id, name: 'Recolector que se corrige', url: receiver.url, headerName: 'Authorization' }
  await asked(keeping.updateCollector, { ...typed, headerValue: `Bearer Nuevo-${CANARY}` })
  answer.writeHead(401).end()
  await untilCaughtUp(id, await sealed())
  expect(receiver.batches[0]?.headers.authorization).toBe(`Bearer Nuevo-${CANARY}`)
  expect(await collector(id)).toMatchObject({ stoppedAt: null, failing: null, failures: 0 })
  expect(await stopsOf(id)).toEqual({ events: 0, incidents: 0 })
  await asked(keeping.retireCollector, { id })
}, 90_000)

it('says nothing of a collector that was removed before it refused', async () => {
  const { id, answer } = await waiting('Recolector que se retira')
  await asked(keeping.retireCollector, { id })
  answer.writeHead(401).end()
  await world.temporal.client.workflow.getHandle(forwardingWorkflowId(id)).result()
  expect(await stopsOf(id)).toEqual({ events: 0, incidents: 0 })
}, 90_000)

it('judges no change of a collector while another is under way', async () => {
  receiver.answering((response) => response.writeHead(401).end())
  const id = await named('Recolector de dos manos')
  const by = actingPerson(world.context, await world.actor('administracion'))
  let pausing: Promise<unknown> | undefined
  await withEntity(world.owner, world.entityId, async (trx) => {
    await removeCollector(trx, by, { id })
    pausing = withEntity(world.owner, world.entityId, (other) => pauseCollector(other, by, { id }))
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  })
  expect(await pausing).toEqual({ problems: [{ field: 'id', code: 'not_found' }] })
  const { rows } = await withEntity(world.owner, world.entityId, (trx) =>
    sql`select from event where object_id = ${id} and type = 'collector.paused'`.execute(trx),
  )
  expect(rows).toEqual([])
}, 90_000)

it('sends what was too much in smaller batches, and stops where a single event is', async () => {
  await more(700)
  receiver.takingAtMost(100)
  const id = await named('Recolector pequeño')
  await untilCaughtUp(id, await sealed())
  expect(Math.max(...receiver.batches.map(({ events }) => events.length))).toBe(63)
  expect(await stopsOf(id)).toEqual({ events: 0, incidents: 0 })
  receiver.takingAtMost(0)
  await more(3)
  await until(async () => (await collector(id)).stoppedAt).not.toBeNull()
  expect((await collector(id)).failing).toMatchObject({ code: 'http_status', status: 413 })
  await asked(keeping.retireCollector, { id })
}, 120_000)

it('stops before a sealed event that is gone, and goes on once it is there again', async () => {
  const id = await named('Recolector de una bitácora rota')
  await untilCaughtUp(id, await sealed())
  await asked(keeping.pauseForwarding, { id })
  const last = await more(5)
  const { rows } = await withEntity(world.owner, world.entityId, (trx) =>
    sql<{
      id: string
    }>`select event_id as id from log_leaf where entity_id = ${world.entityId} and n = ${last - 3}`.execute(trx),
  )
  const [sealedId, elsewhere] = [rows[0]?.id ?? expect.fail('no such leaf'), newId()]
  const rename = (from: string, to: string) =>
    withEntity(world.owner, world.entityId, (trx) => sql`update event set id = ${to} where id = ${from}`.execute(trx))
  await rename(sealedId, elsewhere)
  await asked(keeping.resumeForwarding, { id })
  await until(async () => (await collector(id)).stoppedAt).not.toBeNull()
  expect(await collector(id)).toMatchObject({ failing: { code: 'seal_broken', status: null }, confirmed: last - 3 })
  expect(await stopsOf(id)).toEqual({ events: 1, incidents: 1 })
  const times = receiver.asked()
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  expect(receiver.asked()).toBe(times)
  await rename(elsewhere, sealedId)
  await asked(keeping.resumeForwarding, { id })
  await untilCaughtUp(id, last)
  await asked(keeping.retireCollector, { id })
}, 120_000)

it('gives every collector its workflow again, whatever becomes of another of them', async () => {
  receiver.answering((response) => response.writeHead(503).end())
  const ids = [await named('Recolector sin quien lo lleve'), await named('Recolector que nadie lleva')]
  const { client } = world.temporal
  const [first, second] = ids.map((id) => client.workflow.getHandle(forwardingWorkflowId(id)))
  await until(() => receiver.asked()).toBeGreaterThan(1)
  for (const handle of [first, second]) await handle?.terminate()
  const failing = new Proxy(client.workflow, {
    get: (target, name) =>
      name === 'start'
        ? (workflow: string, options: Parameters<typeof target.start>[1]) =>
            options.workflowId === first?.workflowId
              ? Promise.reject(new Error('it is away'))
              : target.start(workflow, options)
        : Reflect.get(target, name),
  })
  const errors: unknown[] = []
  const half = Object.create(client, { workflow: { value: failing } })
  const following = startFollowing(world.owner, half, (error) => errors.push(error))
  await until(async () => (await second?.describe())?.status.name).toBe('RUNNING')
  await following.stop()
  expect(errors).toEqual([new Error('it is away')])
  const whole = startFollowing(world.owner, client, (error) => errors.push(error))
  await until(async () => (await first?.describe())?.status.name).toBe('RUNNING')
  await whole.stop()
  for (const id of ids) await asked(keeping.retireCollector, { id })
}, 90_000)

it('tells all that was done to a collector, page by page, to those who name collectors', async () => {
  const id = await named('Recolector con historia')
  for (let turn = 0; turn < 12; turn += 1) {
    await asked(keeping.pauseForwarding, { id })
    await asked(keeping.resumeForwarding, { id })
  }
  const actor = await world.actor('control_interno')
  const read = (search: URLSearchParams) =>
    withEntity(world.owner, world.entityId, async (trx) => (await loadCollector(trx, actor, id, search)).history)
  const newest = await read(new URLSearchParams())
  const oldest = await read(new URLSearchParams({ [HISTORY_CURSOR]: newest.next ?? expect.fail('one page') }))
  const lines = [...newest.lines, ...oldest.lines]
  expect([newest.lines.length, lines.length, oldest.next]).toEqual([20, 25, null])
  expect(lines.at(-1)?.sentence).toContain('definió un destino')
  const subject = (duty: string) =>
    withEntity(world.owner, world.entityId, async (trx) =>
      requireSubject(trx, await world.actor(duty), new URLSearchParams({ [SUBJECT_NAMES.collector]: id })),
    )
  expect((await subject('administracion')).subject).toEqual({ kind: 'collector', id })
  await expect(subject('profesional_tic')).rejects.toMatchObject({ code: 'not_visible' })
  await asked(keeping.retireCollector, { id })
}, 90_000)

it.each([
  [
    'a redirection',
    'redirect_barred',
    (response) => response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end(),
  ],
  ['an address that is gone', 'http_missing', (response) => response.writeHead(410).end()],
  ['a batch it cannot read', 'http_status', (response) => response.writeHead(422).end('x'.repeat(200_000))],
] as [string, string, (response: ServerResponse) => void][])(
  'stops at %s and is sent nothing more',
  async (_, code, how) => {
    receiver.answering(how)
    const id = await named(`Recolector que responde ${code}`)
    await until(async () => (await collector(id)).stoppedAt).not.toBeNull()
    expect((await collector(id)).failing?.code).toBe(code)
    await asked(keeping.retireCollector, { id })
  },
  90_000,
)

it('connects to no address inside, and follows no name that leads there', async () => {
  const inside = ['http://169.254.169.254/latest', 'http://10.0.0.8/', 'http://[::1]:8080/', 'http://localhost:9/']
  for (const [place, url] of inside.entries()) {
    const id = await named(`Recolector de adentro ${place}`, url)
    await until(async () => (await collector(id)).failing?.code).toBe('address_barred')
    expect((await collector(id)).stoppedAt).not.toBeNull()
    await asked(keeping.retireCollector, { id })
  }
}, 120_000)

it('is not held by an answer that never ends, and takes its status for the answer', async () => {
  receiver.answering((response) => {
    response.writeHead(200)
    const filling = setInterval(() => response.write('x'.repeat(1_000_000)), 1)
    response.on('close', () => clearInterval(filling))
  })
  const endless = await named('Recolector que no termina')
  const all = await sealed()
  await until(async () => (await collector(endless)).confirmed).toBeGreaterThanOrEqual(all)
  await asked(keeping.retireCollector, { id: endless })
  receiver.answering(() => undefined)
  const silent = await named('Recolector que calla')
  await until(async () => (await collector(silent)).failing?.code).toBe('timed_out')
  await asked(keeping.retireCollector, { id: silent })
}, 120_000)

it('asks for the secret again before it is sent elsewhere, and keeps it in no event', async () => {
  receiver.answering((response) => response.writeHead(401).end())
  const id = await named('Recolector que se muda')
  const typed = { id, name: 'Recolector que se muda', url: 'http://127.0.0.1:9/otro', headerName: 'Authorization' }
  const moved = await keeping.updateCollector(world.context, await world.actor('control_interno'), {
    ...typed,
    headerValue: '',
  })
  expect(moved).toMatchObject({ ok: false, problems: [{ field: 'headerValue', code: 'secret_needed' }] })
  await asked(keeping.updateCollector, { ...typed, headerValue: `Otro-${CANARY}` })
  await asked(keeping.retireCollector, { id })
  const { rows } = await withEntity(world.owner, world.entityId, (trx) =>
    sql<{
      type: string
      text: string
    }>`select type, to_jsonb(e)::text as text from event e where object_id = ${id} order by at`.execute(trx),
  )
  expect(rows.map(({ type }) => type)).toEqual(expect.arrayContaining(['collector.added', 'collector.changed']))
  expect(rows.filter(({ text }) => text.includes(CANARY))).toEqual([])
  const kept = await withEntity(world.owner, world.entityId, (trx) =>
    sql<{ secret: unknown }>`select secret from collector where id = ${id}`.execute(trx),
  )
  expect(kept.rows).toEqual([{ secret: null }])
}, 90_000)

it('brings 50,000 events to a collector that comes late', async () => {
  const last = await more(50_000)
  const id = await named('Recolector que llega tarde')
  await untilCaughtUp(id, last)
  const { historyLength } = await world.temporal.client.workflow.getHandle(forwardingWorkflowId(id)).describe()
  expect(historyLength).toBeLessThan(30)
  await asked(keeping.retireCollector, { id })
}, 400_000)
