import { proxyLocalActivities, sleep } from '@temporalio/workflow'

const { note } = proxyLocalActivities<{ note: (at: string) => Promise<void> }>({ startToCloseTimeout: '10 seconds' })

/** Three notices ten days apart: what the fast-forwarding of the tests is proved with. */
export async function reminders(): Promise<string[]> {
  const times: string[] = []
  for (let n = 0; n < 3; n++) {
    await sleep('10 days')
    times.push(new Date(Date.now()).toISOString())
    await note(times[n] ?? '')
  }
  return times
}
