import { rmSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { emitAggregates } from '../../db/aggregates.ts'
import { ERASURE_POINTS } from '../../db/fault-points.ts'
import { findRewrite } from '../../db/snapshot-rewrites.ts'
import { hashFile, snapshotPath } from '../../db/snapshots.ts'
import { livePid } from '../../scripts/processes.ts'
import { erasureWorkflowId } from '../../workflows/messages.ts'
import { startErasure } from '../../workflows/tellings.ts'
import {
  askToRead,
  bringCaptured,
  type CapturedScene,
  eraseCitizen,
  fetchEnd,
  fileByRow,
  filesOf,
  inEntity,
  keysIn,
  openCapturedScene,
  readEnd,
  snapshotDir,
  stillIn,
} from '../support/captured-source.ts'
import { importRow } from '../support/sources.ts'

let folder: string
let orders: string
let scene: CapturedScene
let source: { dir: string; hash: string }

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'caracteriza-erasure-'))
  orders = path.join(folder, 'next-fault')
  scene = await openCapturedScene({ workerProcess: { TEST_FAULT: `@${orders}` } })
  source = { dir: snapshotDir(scene), hash: scene.snapshotHash }
}, 180_000)

afterAll(async () => {
  await scene?.world.close()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

const isAlive = () => livePid(path.join(scene.world.dataDir, 'run'), 'worker') !== undefined
const start = (erasureId: string) =>
  startErasure(scene.world.temporal.client, { entityId: scene.world.entityId, erasureId })
const ended = (erasureId: string) =>
  scene.world.temporal.client.workflow.getHandle(erasureWorkflowId(erasureId)).result()

const counted = async () => {
  const { rows } = await emitAggregates('interno', { kind: 'cross', rows: 'sexo', columns: 'zona' }, source)
  return rows
}

/** Only what rows name is kept: one file as received and one as read of each import, besides the name that leads to it. */
async function mustBeTidy(...importIds: string[]) {
  const rows = await Promise.all(importIds.map((id) => importRow(scene.world, id)))
  const names = rows.map(({ snapshotHash }) => snapshotHash ?? '')
  const made = await Promise.all(names.map((hash) => fileByRow(scene, hash)))
  const sorted = (all: string[]) => [...new Set(all)].sort()
  expect(filesOf(scene)).toEqual({
    originals: sorted(rows.map(({ fileSha256 }) => fileSha256)),
    snapshots: sorted([...names, ...made]),
  })
  for (const hash of names) expect(await hashFile(snapshotPath({ ...source, hash }))).toBe(await fileByRow(scene, hash))
}

/** Reads as pages do, by the name, and as the row says, until it is told to stop; answers how often. */
function readMeanwhile(before: unknown) {
  let isOver = false
  const reading = (async () => {
    for (let times = 0; ; times++) {
      if (isOver) return times
      expect(await counted()).toEqual(before)
      await byRow()
      await sleep(20)
    }
  })()
  return async () => {
    isOver = true
    return await reading
  }
}

/** The file of the row has the bytes the row says; one that was named when it was looked for may be gone the next moment. */
async function byRow() {
  const fileHash = (await inEntity(scene, (trx) => findRewrite(trx, source.hash)))?.fileHash ?? source.hash
  // Before the first erasure the name itself is the file.
  if (fileHash === source.hash) return
  const bytes = await hashFile(snapshotPath({ ...source, hash: fileHash })).catch(() => null)
  if (bytes !== null) return expect(bytes).toBe(fileHash)
  expect((await inEntity(scene, (trx) => findRewrite(trx, source.hash)))?.fileHash).not.toBe(fileHash)
}

it('killed between any two steps, an erasure leaves the file that its row names, goes on by itself and leaves nothing else', async () => {
  const before = await counted()
  const stop = readMeanwhile(before)
  try {
    let [named, reached] = [source.hash, 0]
    for (const [n, point] of ERASURE_POINTS.entries()) {
      const citizen = scene.citizens[n] ?? ''
      const erasureId = await eraseCitizen(scene, citizen)
      writeFileSync(orders, `${point}=kill`)
      await start(erasureId)
      await expect.poll(isAlive, { timeout: 60_000, interval: 50, message: point }).toBe(false)
      rmSync(orders, { force: true })
      const isCommitted = point === 'worker:erasure-committed' || point === 'worker:erasure-led'
      const now = (await inEntity(scene, (trx) => findRewrite(trx, source.hash)))?.fileHash ?? source.hash
      expect([point, now === named]).toEqual([point, !isCommitted])
      expect(await hashFile(snapshotPath({ ...source, hash: now }))).toBe(now)
      expect(await counted()).toEqual(before)

      await scene.world.worker.start()
      await ended(erasureId)
      reached += 1
      expect([point, await stillIn(scene)]).toEqual([point, scene.citizens.slice(reached)])
      await mustBeTidy(scene.importId)
      named = await fileByRow(scene)
    }
  } finally {
    expect(await stop()).toBeGreaterThan(10)
  }
}, 300_000)

it('two begun at the same time, with records on their way into another snapshot, both end and bring nobody back', async () => {
  const left = scene.citizens.slice(ERASURE_POINTS.length)
  const [one = '', other = ''] = left
  const before = await keysIn(scene, source.hash)
  const counts = await counted()
  // Fetched while both still stand in the records; read while they are taken out.
  const fetched = await fetchEnd(scene, await bringCaptured(scene))
  const importId = fetched.importId ?? ''
  expect(importId).not.toBe('')
  await scene.world.worker.kill()
  await askToRead(scene, importId)
  const erasures = [await eraseCitizen(scene, one), await eraseCitizen(scene, other)]
  await Promise.all(erasures.map(start))
  await scene.world.worker.start()
  await Promise.all([...erasures.map(ended), readEnd(scene, importId)])

  expect(await stillIn(scene)).toEqual(left.slice(2))
  expect(await counted()).toEqual(counts)
  const after = await keysIn(scene, source.hash)
  const changed = after.flatMap((key, at) => (key === before[at] ? [] : [before[at]]))
  expect(changed.sort()).toEqual([scene.keys.get(one), scene.keys.get(other)].sort())
  expect(new Set(after).size).toBe(new Set(before).size)
  await mustBeTidy(scene.importId, importId)
}, 200_000)
