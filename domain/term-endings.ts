/** How a term ended, judged from the state of what it was for. */
import type { RunState } from './control-runs.ts'
import type { GrantStatus } from './grants.ts'

/**
 * `done`: what it was for was done, in time or not. `omitted`: somebody said why it was not done. `moved`: a change of the calendar put
 * another in its place. `stopped`: what it was for was to be done no more. `not_run`: nobody was ever asked for it.
 */
export type TermEnding = 'running' | 'done' | 'omitted' | 'moved' | 'stopped' | 'not_run'

/** Why a term ran no longer, or never did, although what it was for was not done. */
export type StopCause =
  | ('step_left' | 'unpublished')
  | ('revoked' | 'retired' | 'suspended')
  | ('paused' | 'withdrawn' | 'missed' | 'rejected')

export interface Ending {
  ending: TermEnding
  /** Null where it was done, moved or runs still. */
  cause: StopCause | null
  /** Left to itself it lasts until its last day is over: what ends it so is recorded on the day after. */
  lastsToTheEnd: boolean
}

const RUNS: Ending = { ending: 'running', cause: null, lastsToTheEnd: false }
const DONE: Ending = { ...RUNS, ending: 'done' }
const stopped = (cause: StopCause): Ending => ({ ...RUNS, ending: 'stopped', cause })

/** Of a step in one of its attempts: the state of the row of its term. */
export function endingOfStep({ status, isReplaced }: { status: string; isReplaced: boolean }): Ending {
  if (status === 'running') return RUNS
  if (status === 'met') return DONE
  return isReplaced ? { ...RUNS, ending: 'moved' } : stopped('step_left')
}

/** Of the answer of a dependencia: nothing is asked any more about results that are not public. */
export function endingOfAnswer({ isAnswered, isPublic }: { isAnswered: boolean; isPublic: boolean }): Ending {
  if (isAnswered) return DONE
  return isPublic ? RUNS : stopped('unpublished')
}

/** Of an access; null of one that was never granted, or that nobody could begin to use. */
export function endingOfGrant(status: GrantStatus): Ending | null {
  switch (status) {
    case 'granted':
      return RUNS
    case 'expired':
      return { ...DONE, lastsToTheEnd: true }
    case 'revoked':
    case 'retired':
    case 'suspended':
      return stopped(status)
    default:
      return null
  }
}

/** Of a review of accesses. */
export function endingOfReview({ isClosed, isByPerson }: { isClosed: boolean; isByPerson: boolean }): Ending {
  return isClosed ? { ...DONE, lastsToTheEnd: !isByPerson } : RUNS
}

/** Of a run of a control. */
export function endingOfRun({ status, isClosed }: Pick<RunState, 'status' | 'isClosed'>): Ending {
  switch (status) {
    case 'open':
      return RUNS
    case 'executed':
    case 'verified':
      return DONE
    case 'omitted':
    case 'excused':
      return { ...RUNS, ending: 'omitted' }
    case 'paused':
      return { ...RUNS, ending: 'not_run', cause: status }
    case 'withdrawn':
      return stopped(status)
    case 'missed':
    case 'rejected':
      return isClosed ? stopped(status) : RUNS
  }
}

/**
 * The civil date on which a run was done: that of its first execution, for one that is sent back and done again was not late by
 * that. Missed before it was recorded, it was done then, however early it was sent.
 */
export function doneOn({ firstOn, missedOn }: { firstOn: string; missedOn: string | null }): string {
  return missedOn !== null && firstOn < missedOn ? missedOn : firstOn
}
