import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { requestFetch } from '../../app/commands/fetch-source.server.ts'
import { defineConnection } from '../../app/commands/keep-connections.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { cityMapping } from '../../catalog/demo/city-mapping.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { IMPORT_POINTS } from '../../db/fault-points.ts'
import { findFetch } from '../../db/fetches.ts'
import { findSource, listImports } from '../../db/sources.ts'
import { writeCityFile } from '../../scripts/generate-city-file.ts'
import { isAlive as isRunning, livePid } from '../../scripts/processes.ts'
import { savedId } from '../app/command-stage.ts'
import { webServer } from '../support/outside.ts'
import { readersOf } from '../support/process-tree.ts'
import { ask, attach, cycleWithSource, importRow, type Target, uploadPath } from '../support/sources.ts'
import { openWorld, type World } from '../support/world.ts'

const ROWS = 60_000

let world: World
let tic: Actor
let target: Target
let folder: string
let file: string
let orders: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'caracteriza-import-kill-'))
  orders = path.join(folder, 'next-fault')
  file = path.join(folder, 'ciudad.csv')
  await writeCityFile(file, { rows: ROWS })
  world = await openWorld({ courier: true, workerProcess: { TEST_FAULT: `@${orders}` } })
  tic = await world.actor('profesional_tic')
  target = await cycleWithSource(world)
}, 180_000)

afterAll(async () => {
  await world?.close()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

const workerPid = () => livePid(path.join(world.dataDir, 'run'), 'worker')
const isAlive = () => workerPid() !== undefined
const reader = () => {
  const pid = workerPid()
  return pid === undefined ? undefined : readersOf(pid)[0]
}
const folderOf = (name: string) => {
  const dir = path.join(world.dataDir, name)
  return existsSync(dir) ? readdirSync(dir) : []
}

async function asked(): Promise<{ importId: string; one: Target }> {
  const one = { ...target, sourceId: await attach(world, target.cycleId) }
  const importId = await uploadPath(world, tic, one, file)
  await ask(world, tic, one, importId, CORRECTIONS)
  return { importId, one }
}

/** What a person only knows after having seen the file, by column. */
const CORRECTIONS = Object.fromEntries(
  cityMapping({ header: ['canal', 'organismo', 'fecha_radicacion'], sampleRows: [] }).map((column) => [
    column.code,
    { allowed: column.allowed, required: column.required },
  ]),
)

const sourceNow = (one: Target) => withActor(world.context.db, tic, (trx) => findSource(trx, one.cycleId, one.sourceId))

const eventsOf = (importId: string) =>
  withActor(world.context.db, tic, (trx) =>
    trx.selectFrom('event').select('type').where('object_id', '=', importId).orderBy('at').execute(),
  )

/** Whole after another worker took over: one snapshot, one event, and nothing of the dead one left. */
async function endsWhole(importId: string, one: Target): Promise<string | null> {
  await expect
    .poll(async () => (await importRow(world, importId)).status, { timeout: 180_000, interval: 200 })
    .toBe('done')
  const row = await importRow(world, importId)
  expect(row).toMatchObject({ rows: ROWS, rejects: 360 })
  expect((await sourceNow(one))?.snapshotHash).toBe(row.snapshotHash)
  expect(folderOf('snapshots')).toContain(`${row.snapshotHash}.profile.json`)
  await expect.poll(() => folderOf('imports'), { timeout: 30_000 }).toEqual([])
  expect((await eventsOf(importId)).map(({ type }) => type)).toEqual(['import.requested', 'import.done'])
  return row.snapshotHash
}

let calm: Promise<string | null> | undefined
/** Hash of the snapshot that an import makes which nobody disturbs. */
function calmHash(): Promise<string | null> {
  calm ??= asked().then(({ importId, one }) => endsWhole(importId, one))
  return calm
}

it('killed at any point while it reads, an import leaves nothing half done, goes on by itself and ends the same', async () => {
  const hash = await calmHash()
  for (const point of IMPORT_POINTS) {
    writeFileSync(orders, `${point}=kill`)
    const { importId, one } = await asked()
    await expect.poll(isAlive, { timeout: 60_000, interval: 50, message: point }).toBe(false)
    rmSync(orders, { force: true })
    if (point !== 'worker:import-settled') {
      expect([point, (await importRow(world, importId)).status]).toEqual([point, 'running'])
      expect([point, (await sourceNow(one))?.snapshotHash]).toEqual([point, null])
    }
    await world.worker.start()
    expect([point, await endsWhole(importId, one)]).toEqual([point, hash])
  }
}, 400_000)

it('whose reader is killed, at once or far in the file, is read again by the same worker and ends the same', async () => {
  const hash = await calmHash()
  const worker = workerPid()
  for (const wait of [0, 300]) {
    const { importId, one } = await asked()
    await expect.poll(reader, { timeout: 60_000, interval: 20 }).toBeDefined()
    await sleep(wait)
    process.kill(reader() as number, 'SIGKILL')
    expect(await endsWhole(importId, one)).toBe(hash)
  }
  expect([workerPid(), reader()]).toEqual([worker, undefined])
}, 300_000)

it('killed at an arbitrary instant, it takes its reader with it, and import and fetch still end once', async () => {
  const hash = await calmHash()
  const { importId, one } = await asked()
  const fetch = await fetchedSlowly()
  await expect.poll(reader, { timeout: 60_000, interval: 20 }).toBeDefined()
  const left = reader() as number
  await expect.poll(fetch.status, { timeout: 60_000, interval: 50 }).toBe('running')
  await sleep(200)
  await world.worker.kill()
  await expect.poll(() => isRunning(left), { timeout: 5_000 }).toBe(false)
  fetch.goOn()
  await world.worker.start()
  expect(await endsWhole(importId, one)).toBe(hash)
  await expect.poll(fetch.status, { timeout: 60_000, interval: 200 }).toBe('done')
  expect(await fetch.files()).toEqual([['received', 'datos.csv']])
  await fetch.close()
}, 300_000)

/** A source fetched from an address that stops in the middle until it is told to go on. */
async function fetchedSlowly() {
  let isWhole = false
  const server = await webServer((_, response) => {
    response.write('canal,edad\nweb,30\n')
    if (isWhole) response.end('web,31\n')
  })
  const sourceId = await attach(world, target.cycleId)
  const typed = { kind: 'http', name: 'Portal', url: `http://127.0.0.1:${server.port}/datos.csv` }
  const secret = { headerName: '', headerValue: '' }
  const connectionId = savedId(await defineConnection(world.context, tic, { ...typed, ...secret }))
  const asked = { cycleId: target.cycleId, sourceId, connectionId, table: null }
  const fetchId = await requestFetch(world.context, tic, asked)
  const seen = <T>(look: (trx: Trx) => Promise<T>) => withActor(world.context.db, tic, look)
  return {
    goOn: () => {
      isWhole = true
    },
    status: async () => (await seen((trx) => findFetch(trx, fetchId)))?.status,
    files: async () => (await seen((trx) => listImports(trx, sourceId))).map((row) => [row.status, row.fileName]),
    close: server.close,
  }
}
