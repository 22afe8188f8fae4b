import { condition, setHandler } from '@temporalio/workflow'
import { tellOfFollowUp } from './activities.ts'
import { type FollowUpInput, followUpMoved } from './messages.ts'

/** Tells whoever must be told of the day by which something is to be done, until it is done (features D10, D12). */
export async function followUp(input: FollowUpInput): Promise<void> {
  let moves = 0
  setHandler(followUpMoved, () => {
    moves += 1
  })
  for (;;) {
    const seen = moves
    const { nextAt, isOver } = await tellOfFollowUp({ ...input, now: new Date(Date.now()).toISOString() })
    const moved = () => moves !== seen
    if (isOver && !moved()) return
    if (nextAt === null) await condition(moved)
    else await condition(moved, Math.max(1_000, Date.parse(nextAt) - Date.now()))
  }
}
