import { Client, Connection } from '@temporalio/client'
import proto from '@temporalio/proto'
import { machineDeadline } from '../db/clock.ts'
import type { Config } from '../domain/config.ts'

export const TASK_QUEUE = 'procedures'

/** Connects on first use: the pages work, and acts wait as "En trámite", while Temporal is away. */
export function openTemporal(config: Config): Client {
  const connection = Connection.lazy({ address: config.TEMPORAL_ADDRESS, connectTimeout: '5s' })
  return new Client({ connection, namespace: config.TEMPORAL_NAMESPACE })
}

/** Names of the workers that asked the queue for work within the last `seconds`. */
export async function listWorkers(client: Client, now: Date, seconds: number): Promise<string[]> {
  const answer = await client.connection.withDeadline(machineDeadline(3_000), () =>
    client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: TASK_QUEUE },
      taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    }),
  )
  const since = now.getTime() / 1000 - seconds
  const recent = (answer.pollers ?? []).filter((poller) => Number(poller.lastAccessTime?.seconds ?? 0) > since)
  return recent.map((poller) => poller.identity ?? '')
}
