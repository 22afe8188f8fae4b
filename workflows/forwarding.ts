import { condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow'
import { waitAfter } from '../domain/forwarding.ts'
import { forwardEvents } from './activities.ts'
import { collectorMoved, type ForwardingInput } from './messages.ts'

/** Ten entries of the history each at most: an hour of sending, or a failure and the wait after it. */
const TURNS = 200

/**
 * Sends the sealed events of an entity to one collector outside, as long as somebody wants that (features K4). How far it is
 * stands in the collector's row; this is only who does it, and when again after a failure.
 */
export async function forwarding(input: ForwardingInput): Promise<void> {
  let isMoved = false
  setHandler(collectorMoved, () => {
    isMoved = true
  })
  for (let turn = 0; turn < TURNS; turn++) {
    isMoved = false
    const { state, failures } = await forwardEvents({ ...input, workflowId: workflowInfo().workflowId })
    if (state === 'over' && !isMoved) return
    if (state === 'failed') await condition(() => isMoved, waitAfter(failures))
  }
  await continueAsNew<typeof forwarding>(input)
}
