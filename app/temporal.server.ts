import { Client, Connection } from '@temporalio/client'
import proto from '@temporalio/proto'
import type { Config } from '../domain/config.ts'

export const TASK_QUEUE = 'procedures'

/** Connects on first use: the pages work, and acts wait as "En trámite", while Temporal is away. */
export function openTemporal(config: Config): Client {
  const connection = Connection.lazy({ address: config.TEMPORAL_ADDRESS, connectTimeout: '5s' })
  return new Client({ connection, namespace: config.TEMPORAL_NAMESPACE })
}

/** Seconds since a worker last asked the queue for work; undefined when none did lately. */
export async function secondsSinceWorkerPolled(client: Client, now: Date): Promise<number | undefined> {
  const answer = await client.connection.withDeadline(now.getTime() + 3_000, () =>
    client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: TASK_QUEUE },
      taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    }),
  )
  const polled = (answer.pollers ?? []).map((poller) => Number(poller.lastAccessTime?.seconds ?? 0))
  return polled.length === 0 ? undefined : now.getTime() / 1000 - Math.max(...polled)
}
