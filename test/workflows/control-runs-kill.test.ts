import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addControl } from '../../app/commands/keep-risks.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { DUB_CONTROLS } from '../../catalog/demo/risks.ts'
import { newId } from '../../db/ids.ts'
import type { ControlInput } from '../../domain/risk-inputs.ts'
import { controlled, execute, rowsIn } from '../support/control-runs.ts'
import { openWorld, type World } from '../support/world.ts'

const CONTROLS = 40

let world: World
let owner: Actor
beforeAll(async () => {
  world = await openWorld({ workerProcess: {} })
  owner = await world.actor('direccion_tic')
}, 120_000)
afterAll(() => world?.close(), 60_000)

const runs = (ids: string[]) =>
  rowsIn(world, (trx) =>
    trx.selectFrom('control_run').select(['id', 'control_id', 'status']).where('control_id', 'in', ids).execute(),
  )
const eventsOf = (type: string, ids: string[]) =>
  rowsIn(world, (trx) =>
    trx.selectFrom('event').select('object_id').where('type', '=', type).where('object_id', 'in', ids).execute(),
  )

/** Controls of one risk; the worker that runs makes their Schedules. */
async function manyControls(): Promise<string[]> {
  const { risk } = await controlled(world, 'anual', owner)
  const keeper = await world.actor('profesional_ogac')
  const ids = Array.from({ length: CONTROLS }, newId)
  for (const formKey of ids) {
    const design = { ...(DUB_CONTROLS[0] as (typeof DUB_CONTROLS)[number]), periodicity: 'anual' }
    const input = { ...design, formKey, ownerId: owner.position.id, criteria: {} } as ControlInput
    await addControl(world.context, keeper, risk, input)
  }
  return ids
}

describe('a worker that is killed', () => {
  it('loses and doubles no run while they open, and no act on them', { timeout: 240_000 }, async () => {
    const ids = await manyControls()
    await expect.poll(async () => (await runs(ids)).length, { timeout: 60_000, interval: 50 }).toBeGreaterThan(0)
    await world.worker.kill()
    await world.worker.start()
    await expect.poll(async () => (await runs(ids)).length, { timeout: 90_000 }).toBe(CONTROLS)
    const open = await runs(ids)
    expect(new Set(open.map((run) => run.control_id)).size).toBe(CONTROLS)
    const runIds = open.map((run) => run.id)
    expect(await eventsOf('control.run_opened', runIds)).toHaveLength(CONTROLS)
    const acts = Promise.allSettled(runIds.map((id) => execute(world, owner, id)))
    await expect
      .poll(async () => (await eventsOf('control.executed', runIds)).length, { timeout: 30_000, interval: 50 })
      .toBeGreaterThan(0)
    await world.worker.kill()
    await world.worker.start()
    expect((await acts).filter(({ status }) => status === 'rejected')).toEqual([])
    const statuses = async () => (await runs(ids)).filter(({ status }) => status === 'executed').length
    await expect.poll(statuses, { timeout: 60_000 }).toBe(CONTROLS)
    expect(await eventsOf('control.executed', runIds)).toHaveLength(CONTROLS)
    const waiting = () =>
      rowsIn(world, (trx) =>
        trx.selectFrom('act').select('id').where('run_id', 'in', runIds).where('status', '<>', 'confirmed').execute(),
      )
    await expect.poll(waiting, { timeout: 60_000 }).toEqual([])
  })
})
