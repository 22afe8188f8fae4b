/** The year of a control, period by period: what came of each, and those in which there was no control to ask for. */
import type { Period } from './control-periods.ts'
import type { RunStatus } from './control-runs.ts'

/** What stands in a square: a run, one that is to come, or none; `before` and `after`: there was no control then. */
export type SquareState = RunStatus | 'planned' | 'none' | 'before' | 'after'

/** Civil dates on which a control was registered and retired; null while it stands. */
export interface ControlLife {
  createdOn: string
  retiredOn: string | null
}

/** Squares that say nothing of the control count nowhere. */
export const doesCount = (state: SquareState) => state !== 'before' && state !== 'after'

/** Nothing was asked of a period that began before the control, or after it was retired, unless a run says so. */
export function squareOf(
  { start }: Pick<Period, 'start'>,
  run: RunStatus | undefined,
  { createdOn, retiredOn }: ControlLife,
  today: string,
): SquareState {
  if (run) return run
  if (start < createdOn) return 'before'
  if (retiredOn !== null && start >= retiredOn) return 'after'
  return start > today ? 'planned' : 'none'
}
