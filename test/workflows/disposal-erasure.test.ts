import { readFileSync, utimesSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cancelCycle } from '../../app/commands/cancel-cycle.server.ts'
import { decideDisposal } from '../../app/commands/decide-disposal.server.ts'
import { recordEvent } from '../../db/audit.ts'
import { appNow } from '../../db/clock.ts'
import { findDisposal } from '../../db/disposals.ts'
import { disposalWorkflowId, erasureWorkflowId } from '../../workflows/messages.ts'
import { startErasure } from '../../workflows/tellings.ts'
import {
  type CapturedScene,
  eraseCitizen,
  filesOf,
  inEntity,
  openCapturedScene,
  snapshotDir,
} from '../support/captured-source.ts'
import { adoptSeries, endedLongAgo, filesIn, propose } from '../support/disposals.ts'
import { importRow } from '../support/sources.ts'
import { fastForward } from '../support/temporal.ts'

let scene: CapturedScene
beforeAll(async () => {
  scene = await openCapturedScene({ courier: true })
}, 180_000)
afterAll(async () => {
  await scene?.world.close()
}, 60_000)

const stateOf = (id: string) => inEntity(scene, async (trx) => (await findDisposal(trx, id))?.state)

it('what an erasure made of a file while its disposal is carried out goes with it', async () => {
  const { world, target } = scene
  const { context, entityId } = world
  const admin = await world.actor('administracion')
  const head = { ...(await world.actor('jefatura_ogac')), provedAt: appNow() }
  await adoptSeries(world, admin)
  await cancelCycle(context, head, { cycleId: target.cycleId, reason: 'Se repite con otra fuente.' })
  await endedLongAgo(world, target.cycleId)
  const id = await propose(world, admin, target.cycleId)
  const temporal = world.temporal.client
  const handle = temporal.workflow.getHandle(disposalWorkflowId(id))
  const begun = () =>
    handle.describe().then(
      ({ status }) => status.name,
      () => '',
    )
  await expect.poll(begun, { timeout: 30_000 }).toBe('RUNNING')
  const { contentHash = '' } = (await stateOf(id)) ?? {}
  await decideDisposal(context, head, { disposalId: id, verdict: 'approve_disposal', contentHash, observation: '' })

  // It has begun and nothing of it went yet, as its workflow has still to hear: the erasure comes in between.
  await inEntity(scene, async (trx) => {
    await sql`update disposal set status = 'running', begun_at = app_now() where id = ${id}`.execute(trx)
    await recordEvent(trx, { entityId, type: 'disposal.begun', objectId: id, origin: 'system' })
  })
  const inventoried = await importRow(world, scene.importId)
  const erasureId = await eraseCitizen(scene, scene.citizens[0] ?? '')
  await startErasure(temporal, { entityId, erasureId })
  await temporal.workflow.getHandle(erasureWorkflowId(erasureId)).result()
  const made = await importRow(world, scene.importId)
  expect(made.fileSha256).not.toBe(inventoried.fileSha256)
  expect(filesOf(scene).originals).toContain(made.fileSha256)
  expect(filesOf(scene).snapshots.length).toBe(2)
  for (const file of filesIn(world.dataDir)) utimesSync(file, new Date('2024-03-01'), new Date('2024-03-01'))

  await fastForward(temporal, disposalWorkflowId(id), 90_000)
  await handle.result()
  expect((await stateOf(id))?.status).toBe('done')
  expect(filesOf(scene)).toEqual({ originals: [], snapshots: [] })
  expect(() => readFileSync(`${snapshotDir(scene)}/${scene.snapshotHash}.parquet`)).toThrow('ENOENT')
}, 180_000)
