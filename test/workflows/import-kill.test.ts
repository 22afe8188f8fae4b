import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { requestFetch } from '../../app/commands/fetch-source.server.ts'
import { defineConnection } from '../../app/commands/keep-connections.server.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { IMPORT_POINTS } from '../../db/fault-points.ts'
import { findFetch } from '../../db/fetches.ts'
import { listImports } from '../../db/imports.ts'
import { isAlive as isRunning, livePid } from '../../scripts/processes.ts'
import { savedId } from '../app/command-stage.ts'
import {
  asked,
  endsWhole,
  type ImportScene,
  type Left,
  openImportScene,
  sourceNow,
} from '../support/disturbed-imports.ts'
import { webServer } from '../support/outside.ts'
import { readersOf } from '../support/process-tree.ts'
import { attach, importRow } from '../support/sources.ts'

const ROWS = 20_000

let scene: ImportScene
let orders: string

beforeAll(async () => {
  const ordersIn = (folder: string) => {
    orders = path.join(folder, 'next-fault')
    return { TEST_FAULT: `@${orders}` }
  }
  scene = await openImportScene(ROWS, ordersIn)
}, 180_000)

afterAll(() => scene?.close(), 60_000)

const workerPid = () => livePid(path.join(scene.world.dataDir, 'run'), 'worker')
const isAlive = () => workerPid() !== undefined
const reader = () => {
  const pid = workerPid()
  return pid === undefined ? undefined : readersOf(pid)[0]
}

let calm: Promise<Left> | undefined
/** What an import leaves that nobody disturbs. */
function calmLeft(): Promise<Left> {
  calm ??= asked(scene).then(async (one) => {
    const left = await endsWhole(scene, one)
    expect(left).toMatchObject({ rows: ROWS, rejects: 120 })
    return left
  })
  return calm
}

it('killed at any point while it reads, an import leaves nothing half done, goes on by itself and ends the same', async () => {
  const left = await calmLeft()
  for (const point of IMPORT_POINTS) {
    writeFileSync(orders, `${point}=kill`)
    const one = await asked(scene)
    await expect.poll(isAlive, { timeout: 60_000, interval: 50, message: point }).toBe(false)
    rmSync(orders, { force: true })
    if (point !== 'worker:import-settled') {
      const { status, phase } = await importRow(scene.world, one.importId)
      expect([point, status, phase]).toEqual([point, 'running', expect.stringMatching(/opening|reading|closing/)])
      expect([point, (await sourceNow(scene, one.one))?.snapshotHash]).toEqual([point, null])
    }
    await scene.world.worker.start()
    expect([point, await endsWhole(scene, one)]).toEqual([point, left])
  }
}, 400_000)

it('whose reader is killed, at once or far in the file, is read again by the same worker and ends the same', async () => {
  const left = await calmLeft()
  const worker = workerPid()
  for (const wait of [0, 300]) {
    const one = await asked(scene)
    await expect.poll(reader, { timeout: 60_000, interval: 20 }).toBeDefined()
    await sleep(wait)
    process.kill(reader() as number, 'SIGKILL')
    expect(await endsWhole(scene, one)).toEqual(left)
  }
  expect([workerPid(), reader()]).toEqual([worker, undefined])
}, 300_000)

it('killed at an arbitrary instant, it takes its reader with it, and import and fetch still end once', async () => {
  const left = await calmLeft()
  const one = await asked(scene)
  const fetch = await fetchedSlowly()
  await expect.poll(reader, { timeout: 60_000, interval: 20 }).toBeDefined()
  const orphan = reader() as number
  await expect.poll(fetch.status, { timeout: 60_000, interval: 50 }).toBe('running')
  await sleep(200)
  await scene.world.worker.kill()
  await expect.poll(() => isRunning(orphan), { timeout: 5_000 }).toBe(false)
  fetch.goOn()
  await scene.world.worker.start()
  expect(await endsWhole(scene, one)).toEqual(left)
  await expect.poll(fetch.status, { timeout: 60_000, interval: 200 }).toBe('done')
  expect(await fetch.files()).toEqual([['received', 'datos.csv']])
  await fetch.close()
}, 300_000)

/** A source fetched from an address that stops in the middle until it is told to go on. */
async function fetchedSlowly() {
  const { world, actor: tic, target } = scene
  let isWhole = false
  const server = await webServer((_, response) => {
    response.write('canal,edad\nweb,30\n')
    if (isWhole) response.end('web,31\n')
  })
  const sourceId = await attach(world, target.cycleId)
  const typed = { kind: 'http', name: 'Portal', url: `http://127.0.0.1:${server.port}/datos.csv` }
  const secret = { headerName: '', headerValue: '' }
  const connectionId = savedId(await defineConnection(world.context, tic, { ...typed, ...secret }))
  const wanted = { cycleId: target.cycleId, sourceId, connectionId, table: null }
  const fetchId = await requestFetch(world.context, tic, wanted)
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
