/** A fault of ours in every activity, one at a time: what the history keeps of it for years quotes nobody (promises G26). */
import { fileURLToPath } from 'node:url'
import { NativeConnection, Worker } from '@temporalio/worker'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createActivities } from '../../activities/index.ts'
import type { Tools } from '../../activities/tools.ts'
import { createWorker } from '../../activities/worker.ts'
import { newId } from '../../db/ids.ts'
import { TASK_QUEUE } from '../../workflows/messages.ts'
import { QUOTED, quotingFault, UNQUOTED } from '../support/quoting-fault.ts'
import { TEST_SECRET } from '../support/services.ts'
import { type TestTemporal, testTemporal } from '../support/temporal.ts'

/** A database that breaks at whatever is asked of it. */
const database = new Proxy({ name: 'rota' } as Tools['database'], {
  get: (target, key) => {
    if (key === 'name' || typeof key === 'symbol') return Reflect.get(target, key)
    throw quotingFault()
  },
})
const tools: Tools = {
  ...{ database, dataDir: '.data', secret: TEST_SECRET },
  ...{ publicUrl: 'http://localhost:3000', mailFrom: 'pruebas@localhost' },
}

let temporal: TestTemporal
let connection: NativeConnection
const workers: Worker[] = []
let running: Promise<unknown>
beforeAll(async () => {
  temporal = await testTemporal()
  connection = await NativeConnection.connect({ address: temporal.address })
  const asking = { connection, namespace: temporal.namespace, taskQueue: 'asking' }
  const workflowsPath = fileURLToPath(new URL('../support/each-activity-workflow.ts', import.meta.url))
  workers.push(
    await createWorker(connection, temporal.namespace, tools),
    await Worker.create({ ...asking, workflowsPath }),
  )
  running = Promise.all(workers.map((worker) => worker.run()))
})
afterAll(async () => {
  for (const worker of workers) worker.shutdown()
  await running
  await connection?.close()
  await temporal?.close()
})

it('leaves its kind and where it was thrown, and not a word that an error quotes', async () => {
  const names = Object.keys(createActivities(tools))
  // What any of them reads of its input before it asks the database.
  const act = { id: newId() }
  const input = { entityId: newId(), verdict: act, decision: act, day: '2026-01-05' }
  const handle = await temporal.client.workflow.start('failEach', {
    ...{ taskQueue: 'asking', workflowId: 'each', args: [TASK_QUEUE, names, input] },
  })
  expect(await handle.result()).toEqual(names)
  const { events } = await handle.fetchHistory()
  const failures = (events ?? []).flatMap(({ activityTaskFailedEventAttributes: failed }) => failed?.failure ?? [])
  expect(failures).toHaveLength(names.length)
  expect(failures.filter((failure) => QUOTED.test(JSON.stringify(failure)))).toEqual([])
  expect(failures.map(({ message }) => message)).toEqual(names.map(() => UNQUOTED))
  expect(failures.filter(({ stackTrace }) => !stackTrace?.includes('activities/'))).toEqual([])
})
