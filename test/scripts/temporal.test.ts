import { fileURLToPath } from 'node:url'
import { NativeConnection, Worker } from '@temporalio/worker'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fastForward, type TestTemporal, testTemporal, timeOf } from '../support/temporal.ts'

const DAY = 24 * 3600
let server: TestTemporal
let connection: NativeConnection
let worker: Worker
let running: Promise<void>
const notes: string[] = []

beforeAll(async () => {
  server = await testTemporal()
  connection = await NativeConnection.connect({ address: server.address })
  worker = await Worker.create({
    connection,
    namespace: server.namespace,
    taskQueue: 'procedures',
    workflowsPath: fileURLToPath(new URL('../support/reminder-workflow.ts', import.meta.url)),
    activities: { note: async (at: string) => void notes.push(at) },
  })
  running = worker.run()
})

afterAll(async () => {
  worker?.shutdown()
  await running
  await connection?.close()
  await server?.close()
})

test('weeks of a procedure pass in seconds on the real server, and only as many as were asked for', async () => {
  const handle = await server.client.workflow.start('reminders', {
    taskQueue: 'procedures',
    workflowId: 'cycle:reminders',
  })
  const begun = await timeOf(server.client, handle.workflowId)
  await fastForward(server.client, handle.workflowId, 15 * DAY)
  expect(notes).toHaveLength(1)
  expect((await timeOf(server.client, handle.workflowId)) - begun).toBeGreaterThanOrEqual(15 * DAY * 1000)
  await fastForward(server.client, handle.workflowId, 16 * DAY)
  const times: string[] = await handle.result()
  expect(times).toEqual(notes)
  const days = times.map((time) => Math.round((Date.parse(time) - begun) / (DAY * 1000)))
  expect(days).toEqual([10, 20, 30])
})

test('each test file has a namespace with the search attributes of the product', async () => {
  const { customAttributes } = await server.client.connection.operatorService.listSearchAttributes({
    namespace: server.namespace,
  })
  expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(['CaracterizaEntity', 'CaracterizaCycle']))
})
