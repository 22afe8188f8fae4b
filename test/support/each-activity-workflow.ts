import { proxyActivities } from '@temporalio/workflow'

/** Asks each activity of a queue once; those that failed. */
export async function failEach(taskQueue: string, names: string[], input: unknown): Promise<string[]> {
  const options = { taskQueue, startToCloseTimeout: '1 minute', retry: { maximumAttempts: 1 } } as const
  const activities = proxyActivities<Record<string, (input: unknown) => Promise<unknown>>>(options)
  const failed: string[] = []
  for (const name of names) await activities[name]?.(input).catch(() => failed.push(name))
  return failed
}
