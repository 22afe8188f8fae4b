import { sleep } from '@temporalio/workflow'
import { recordStart } from '../../workflows/activities.ts'
import type { CycleInput } from '../../workflows/messages.ts'

/** A build that does not fit recorded histories, on purpose: it waits before it records the start. */
export async function cycle(input: CycleInput): Promise<void> {
  await sleep('1 day')
  await recordStart({ ...input, now: new Date(Date.now()).toISOString() })
}
