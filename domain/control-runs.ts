/** One run of a control: asked for, executed with evidence or not executed for a reason, and checked by somebody else (D5). */
import { addDays, addMonths, bogotaInstant } from './civil-dates.ts'
import type { Period, RunDays } from './control-periods.ts'
import type { EventType } from './events.ts'
import { type Objection, objection } from './refusals.ts'
import { handsOf } from './substitutions.ts'

/**
 * `omitted`: not executed, with a reason; checked, it is `excused`. `missed`: nobody did it by its day. `rejected`: what was
 * shown does not show it. `paused`: its day came while the control was paused. `withdrawn`: the control was retired.
 */
export const RUN_STATUSES = [
  ...(['open', 'executed', 'omitted', 'missed', 'rejected'] as const),
  ...(['verified', 'excused', 'paused', 'withdrawn'] as const),
] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

/** The event that leaves a run so: what it was at any instant is what the last of them before says. */
export const RUN_EVENTS = {
  ...{ open: 'control.run_opened', paused: 'control.run_paused', missed: 'control.missed' },
  ...{ executed: 'control.executed', omitted: 'control.omitted', rejected: 'control.rejected' },
  ...{ verified: 'control.verified', excused: 'control.excused', withdrawn: 'control.run_withdrawn' },
} as const satisfies Record<RunStatus, EventType>

export const RUN_VERDICTS = ['execute', 'omit', 'verify', 'reject'] as const
export type RunVerdict = (typeof RUN_VERDICTS)[number]

/** What its workflow and every judgement know of a run: ids, dates and hashes only. */
export interface RunState extends RunDays {
  id: string
  controlId: string
  status: RunStatus
  period: Period
  missedOn: string | null
  /** Nothing changes it any more. */
  isClosed: boolean
  /** Of what was said and shown last; whoever checks names it. Null until something was. */
  contentHash: string | null
  /** Persons who executed it or attested what is shown: none of them checks it (model.md §4). */
  hands: string[]
}

/** One verdict of a person on a run; sent under its id (model.md §3). */
export interface RunDecision {
  id: string
  kind: RunVerdict
  runId: string
  personId: string
  positionId: string
  duty: string
  actingFor: string | null
  contentHash: string
}

const TO_DO: readonly RunStatus[] = ['open', 'missed', 'rejected']
const TO_CHECK: readonly RunStatus[] = ['executed', 'omitted']

/** Whoever executes has to do something. */
export const isToDo = ({ status, isClosed }: Pick<RunState, 'status' | 'isClosed'>) =>
  !isClosed && TO_DO.includes(status)
/** The second line has to check it. */
export const isToCheck = ({ status, isClosed }: Pick<RunState, 'status' | 'isClosed'>) =>
  !isClosed && TO_CHECK.includes(status)

/** Whether a verdict is of whoever checks. */
export const isCheck = (kind: RunVerdict) => kind === 'verify' || kind === 'reject'

/** A position whose duty is to check runs. */
export interface CheckingPosition {
  id: string
  name: string
  duty: string
  /** Persons who hold it today. */
  holders: string[]
}

/**
 * Positions that check a run: not the one that owns the risk, whose residual the check lowers, unless nobody else who has no hand
 * in the run holds another.
 */
export function checkersOfRun(
  positions: readonly CheckingPosition[],
  { riskOwner, hands }: { riskOwner: string; hands: readonly string[] },
): CheckingPosition[] {
  const others = positions.filter(({ id }) => id !== riskOwner)
  const isFree = others.some(({ holders }) => holders.some((person) => !hands.includes(person)))
  return isFree ? others : [...positions]
}

/** Why this verdict cannot be taken, the first reason first; rights are asked apart (permissions.ts). */
export function objectionsToRun(state: RunState, decision: Omit<RunDecision, 'id'>): Objection[] {
  const { kind, contentHash } = decision
  if (state.isClosed) return [objection('run_over')]
  if (!isCheck(kind)) return isToDo(state) ? [] : [objection('run_to_check')]
  if (!isToCheck(state)) return [objection('run_to_do')]
  const found: Objection[] = []
  if (handsOf(decision).some((one) => state.hands.includes(one))) found.push(objection('own_evidence'))
  if (contentHash !== state.contentHash) found.push(objection('content_changed'))
  return found
}

/** The state a verdict leaves behind; ask `objectionsToRun` first. */
export function applyToRun(state: RunState, decision: Omit<RunDecision, 'id'>): RunState {
  const { kind, contentHash } = decision
  const status = reached(state.status, kind)
  const isClosed = status === 'verified' || status === 'excused'
  if (isCheck(kind)) return { ...state, status, isClosed }
  return { ...state, status, contentHash, hands: [...new Set([...state.hands, ...handsOf(decision)])] }
}

function reached(before: RunStatus, kind: RunVerdict): RunStatus {
  if (kind === 'execute') return 'executed'
  if (kind === 'omit') return 'omitted'
  if (kind === 'reject') return 'rejected'
  return before === 'omitted' ? 'excused' : 'verified'
}

/** ISO instant at which the calendar itself changes it; null where it does not. */
export function nextRunTurn(state: RunState): string | null {
  if (!isToDo(state)) return null
  const last = state.status === 'open' ? state.dueOn : state.lateUntil
  return bogotaInstant(addDays(last, 1), '00:00')
}

/** What the calendar makes of a run on a civil date: missed, or nothing changes it any more; null where it leaves it. */
export function turnedRun(state: RunState, today: string): 'missed' | 'closed' | null {
  if (!isToDo(state)) return null
  if (state.status === 'open' && today > state.dueOn) return 'missed'
  return state.status !== 'open' && today > state.lateUntil ? 'closed' : null
}

/** Longest that evidence may say it holds after the period it covers. */
export const LONGEST_VALIDITY_MONTHS = 24

/** What is typed of a file that shows a run: the period it covers, which is not the day it is brought, and until when it holds. */
export interface EvidenceDays {
  from: string
  to: string
  validUntil: string
}

/** Civil date before which evidence of a period does not begin: what covers years says little of a week (features D4). */
export const earliestEvidence = ({ start }: Period) => addMonths(start, -12)

/** Why these days show nothing of a run, the first reason first. */
export function objectionsToDays({ period }: { period: Period }, days: EvidenceDays, today: string): Objection[] {
  const found: Objection[] = []
  if (days.to > today) found.push(objection('evidence_ahead'))
  if (days.to < period.start || days.from > period.end) found.push(objection('evidence_beside'))
  if (days.from < earliestEvidence(period)) found.push(objection('evidence_early'))
  if (days.validUntil < today || days.validUntil < days.to) found.push(objection('evidence_expired'))
  if (days.validUntil > addMonths(days.to, LONGEST_VALIDITY_MONTHS)) found.push(objection('evidence_long'))
  return found
}
