import { condition, setHandler } from '@temporalio/workflow'
import { tellOfAction } from './activities.ts'
import { actionMoved, type ImprovementInput } from './messages.ts'

/**
 * Tells whoever must be told of the day of one improvement action, until it is over (features G4, N15). It outlives the
 * cycle it stems from; what is told, and when, stands in the record.
 */
export async function improvement(input: ImprovementInput): Promise<void> {
  let moves = 0
  setHandler(actionMoved, () => {
    moves += 1
  })
  for (;;) {
    const seen = moves
    const { nextAt, isOver } = await tellOfAction({ ...input, now: new Date(Date.now()).toISOString() })
    const moved = () => moves !== seen
    if (isOver && !moved()) return
    if (nextAt === null) await condition(moved)
    else await condition(moved, Math.max(1_000, Date.parse(nextAt) - Date.now()))
  }
}
