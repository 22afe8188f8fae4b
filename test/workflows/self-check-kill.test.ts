import { afterAll, beforeAll, expect, it } from 'vitest'
import { runChecks } from '../../app/commands/run-checks.server.ts'
import { type Trx, withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { CONTROL_IDS } from '../../domain/controls.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld({ workerProcess: {} })
}, 120_000)
afterAll(() => world?.close(), 60_000)

const rows = <T>(read: (trx: Trx) => Promise<T>): Promise<T> => withEntity(world.owner, world.entityId, read)
const runs = () => rows((trx) => trx.selectFrom('automatic_check_run').select(['id', 'result']).execute())

it('a round whose worker is killed goes on with what has no result, and no control is run twice', async () => {
  const formKey = newId()
  await runChecks(world.context, await world.actor('profesional_sig'), { formKey })
  await world.worker.kill()
  const before = (await runs()).filter(({ result }) => result !== null)
  expect(before.length).toBeLessThan(CONTROL_IDS.length)
  await world.worker.start()
  const left = async () => (await runs()).filter(({ result }) => result === null).length
  await expect.poll(left, { timeout: 90_000 }).toBe(0)
  const ids = (await runs()).map(({ id }) => id)
  const told = await rows((trx) => trx.selectFrom('event').select('object_id').where('object_id', 'in', ids).execute())
  expect(told.map(({ object_id }) => object_id).sort()).toEqual([...ids].sort())
  expect(ids).toHaveLength(CONTROL_IDS.length)
  // What was recorded before the kill stands as it was.
  expect(await runs()).toEqual(expect.arrayContaining(before))
}, 150_000)
