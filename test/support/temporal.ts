/** A Temporal namespace of its own for each test file on the real server, and the way to let weeks pass in seconds. */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import { msToTs, optionalTsToMs } from '@temporalio/common/lib/time.js'
import { ensureNamespace } from '../../scripts/temporal.ts'
import { testServices } from './services.ts'
import './temporal-runtime.ts'

/** `WORKFLOW_EXECUTION_STATUS_RUNNING` of the protocol. */
const STATUS_RUNNING = 1

export interface TestTemporal {
  address: string
  namespace: string
  client: Client
  close: () => Promise<void>
}

/** Call in `beforeAll`, `close` in `afterAll`. The namespace is new, so `procedures` may be used as task queue. */
export async function testTemporal(): Promise<TestTemporal> {
  const { temporalAddress: address } = await testServices()
  const namespace = `t-${randomBytes(6).toString('hex')}`
  await ensureNamespace(address, namespace)
  const connection = await Connection.connect({ address })
  return { address, namespace, client: new Client({ connection, namespace }), close: () => connection.close() }
}

/**
 * Lets `seconds` of an execution's time pass at once: timers due within them fire in order, `Date` inside the workflow
 * moves, and time stands still while activities or workflow tasks are under way. Resolves when they have passed or the
 * execution has closed; throws after `patience` real seconds, for example while no worker answers.
 */
export async function fastForward(client: Client, workflowId: string, seconds: number, patience = 60): Promise<void> {
  const request = { namespace: client.options.namespace, workflowExecution: { workflowId } }
  const fastForwardConfig = { id: randomBytes(8).toString('hex'), duration: msToTs(seconds * 1000) }
  const timeSkippingConfig = { enabled: true, fastForwardConfig, maxSessionSkipCount: 100_000 }
  await client.workflowService.updateWorkflowExecutionOptions({
    ...request,
    workflowExecutionOptions: { timeSkippingConfig },
    updateMask: { paths: ['time_skipping_config'] },
  })
  const deadline = performance.now() + patience * 1000
  while (performance.now() < deadline) {
    const { workflowExtendedInfo, workflowExecutionInfo } = await client.workflowService.describeWorkflowExecution({
      namespace: request.namespace,
      execution: { workflowId },
    })
    const isOpen = workflowExecutionInfo?.status === STATUS_RUNNING
    if (!isOpen || !workflowExtendedInfo?.timeSkippingInfo?.effectiveConfig?.enabled) return
    await sleep(100)
  }
  throw new Error(`${workflowId} did not pass ${seconds} s of its time within ${patience} s`)
}

/** The execution's own time now, in milliseconds since 1970: real time plus everything skipped so far. */
export async function timeOf(client: Client, workflowId: string): Promise<number> {
  const { workflowExtendedInfo } = await client.workflowService.describeWorkflowExecution({
    namespace: client.options.namespace,
    execution: { workflowId },
  })
  return (
    optionalTsToMs(workflowExtendedInfo?.timeSkippingInfo?.currentTime) ?? performance.timeOrigin + performance.now()
  )
}
