/**
 * Delegated access (Cali, circular 4173.010.22.2.1020.000150; rules R1–R11): who may enter citizens' data, at which point
 * of attention, on which form and until when. Asked by whoever heads the organismo, accepted by the person, decided by
 * whoever leads the process; ended, never deleted.
 */
import { type Objection, objection } from './refusals.ts'
import { handsOf } from './substitutions.ts'

/**
 * `filed`: asked, and not recorded yet. `asked`: the person has to accept their duty. `accepted`: waits for a decision.
 * `lapsed`: granted, but the person could hold it no more when it was to begin. `refused`: ended before it was recorded.
 * `unanswered`: nobody decided it before the days it asked for were over; it never let anybody in. `retired` and
 * `suspended`: a review ended it (campaigns.ts), by an answer or for want of one.
 */
export const GRANT_STATUSES = [
  'filed',
  'asked',
  'accepted',
  'granted',
  'denied',
  'declined',
  'withdrawn',
  'refused',
  'lapsed',
  'revoked',
  'expired',
  'unanswered',
  'retired',
  'suspended',
] as const
export type GrantStatus = (typeof GRANT_STATUSES)[number]

/** Formats of capture (S0.10): F004 persona natural, F006 persona jurídica. */
export const CAPTURE_FORMS = ['F004', 'F006'] as const
export type CaptureForm = (typeof CAPTURE_FORMS)[number]

/** Who grants and revokes: the office that leads the process (R3). */
export const GRANTERS = ['jefatura_ogac']

/** Why an access ends at once (D4). */
export const REVOCATION_CAUSES = ['transfer', 'contract_end', 'account_lost', 'incident', 'agency_request'] as const
export type RevocationCause = (typeof REVOCATION_CAUSES)[number]

/** What is recorded elsewhere and ends an access: a tenure or a person ended, an account closed, an item of a campaign. */
export type EndingOrigin = 'tenure' | 'person' | 'account' | 'campaign'
/** `kept`: its person stays in the organismo after all. `over`: it had ended before. */
export type EndingOutcome = 'revoked' | 'kept' | 'over'

export const GRANT_VERDICTS = ['accept', 'decline', 'grant', 'deny', 'withdraw', 'revoke'] as const
export type GrantVerdict = (typeof GRANT_VERDICTS)[number]

/** What its workflow and every judgement know of a delegated access: ids, dates and hashes only. */
export interface GrantState {
  id: string
  status: GrantStatus
  /** Natural person who asked for it. */
  askedBy: string
  /** Whom that person acted for; absent in histories recorded before there were substitutions. */
  askedFor?: string | null
  /** Natural person who will enter data. */
  granteeId: string
  /** SHA-256 of what was asked: a verdict names it. */
  contentHash: string
  /** Civil dates, both included. */
  startsOn: string
  endsOn: string
}

/** One verdict of a person on a delegated access; sent under its id (model.md §3). */
export interface GrantDecision {
  id: string
  kind: GrantVerdict
  grantId: string
  personId: string
  positionId: string
  duty: string
  /** Whom the person acts for; absent in histories recorded before there were substitutions. */
  actingFor?: string | null
  contentHash: string
  cause: RevocationCause | null
}

const ALLOWED: Record<GrantVerdict, { from: GrantStatus[]; to: GrantStatus }> = {
  accept: { from: ['asked'], to: 'accepted' },
  decline: { from: ['asked', 'accepted'], to: 'declined' },
  grant: { from: ['accepted'], to: 'granted' },
  deny: { from: ['asked', 'accepted'], to: 'denied' },
  withdraw: { from: ['asked', 'accepted'], to: 'withdrawn' },
  revoke: { from: ['granted'], to: 'revoked' },
}

/** Verdicts of the person who will enter data, and of nobody else. */
const GRANTEE_VERDICTS: readonly GrantVerdict[] = ['accept', 'decline']
/** Verdicts of whoever leads the process: neither who asked nor who will enter data (D8). */
const GRANTER_VERDICTS: readonly GrantVerdict[] = ['grant', 'deny']

/** Why this verdict cannot be taken, the first reason first; none when it can. Rights are asked apart (permissions.ts). */
export function objectionsToGrant(state: GrantState, decision: Omit<GrantDecision, 'id'>): Objection[] {
  const { kind, personId, contentHash } = decision
  const found: Objection[] = []
  if (!ALLOWED[kind].from.includes(state.status)) found.push(notNow(state, kind))
  if (contentHash !== state.contentHash) found.push(objection('content_changed'))
  if (GRANTEE_VERDICTS.includes(kind) && (personId !== state.granteeId || decision.actingFor))
    found.push(objection('not_the_grantee'))
  if (GRANTER_VERDICTS.includes(kind) && isOwn(state, decision)) found.push(objection('own_access'))
  return found
}

/** Whoever asked, whoever will use it and whoever acts for either: acting for someone counts as both (model.md §4). */
function isOwn(state: GrantState, decision: Pick<GrantDecision, 'personId' | 'actingFor'>): boolean {
  const concerned = [state.granteeId, state.askedBy, state.askedFor ?? null]
  return handsOf(decision).some((hand) => concerned.includes(hand))
}

function notNow({ status }: GrantState, kind: GrantVerdict): Objection {
  if (kind === 'grant' && status === 'asked') return objection('duty_unaccepted')
  if (kind === 'revoke' && isPending(status)) return objection('not_granted')
  return objection(isOver(status) ? 'access_over' : 'access_decided')
}

/** The state a verdict leaves behind; ask `objectionsToGrant` first. */
export function applyToGrant(state: GrantState, { kind }: Pick<GrantDecision, 'kind'>): GrantState {
  return { ...state, status: ALLOWED[kind].to }
}

/** Asked for and not decided yet. */
export function isPending(status: GrantStatus): boolean {
  return status === 'filed' || status === 'asked' || status === 'accepted'
}

/** Nothing changes it any more: whoever needs the access asks anew (D5). */
export function isOver(status: GrantStatus): boolean {
  return status !== 'granted' && !isPending(status)
}

const COMMITTED: readonly GrantStatus[] = [
  ...(['accepted', 'granted', 'lapsed', 'revoked', 'expired', 'retired', 'suspended'] as const),
]

/** Nothing gets there before its person accepted the commitment of the vigencia, for this access or for one before it (R10). */
export function isCommitted(status: GrantStatus): boolean {
  return COMMITTED.includes(status)
}

/** Whether it lets its person in on a civil date of Bogotá: judged from the row at every request, whatever a job has done (C2). */
export function isInForce(grant: Pick<GrantState, 'status' | 'startsOn' | 'endsOn'>, today: string): boolean {
  return Object.values(standingOf(grant, today)).every(Boolean)
}

/** What its own row says of it on a day, part by part: all of them hold where it is in force. */
export function standingOf(
  { status, startsOn, endsOn }: Pick<GrantState, 'status' | 'startsOn' | 'endsOn'>,
  today: string,
) {
  return { granted: status === 'granted', begun: startsOn <= today, not_over: today <= endsOn }
}

/** What the record says around it: its person and its point (C2, D4). All of them hold where it can be held. */
export interface Eligibility {
  account: boolean
  at_work: boolean
  point_open: boolean
  not_ending: boolean
}

/** Why an access lets its person in or does not, in the order in which it is explained. */
export type Ground = keyof ReturnType<typeof standingOf> | keyof Eligibility
export const GROUNDS: readonly Ground[] = [
  ...(['granted', 'begun', 'not_over', 'account', 'at_work', 'point_open', 'not_ending'] as const),
]

/** What is wrong with a request that only the record knows; shown beside its field. */
export interface RequestFacts {
  /** Who asks, and for whom: acting for someone counts as both (model.md §4). */
  askedBy: string
  askedFor: string | null
  granteeId: string
  /** The person has an account that is open. */
  hasAccount: boolean
  /** The person holds a position today. */
  isAtWork: boolean
  /** The point belongs to the organismo and is open. */
  isPointOpen: boolean
  /** The same person, point, form and vigencia, pending or granted. */
  isHeldAlready: boolean
}

/** The first reason why it is not asked for, with the field it belongs to (R3, R4, D8). */
export function objectionToRequest(facts: RequestFacts): (Objection & { field: string }) | null {
  if ([facts.askedBy, facts.askedFor].includes(facts.granteeId))
    return { field: 'granteeId', ...objection('self_request') }
  if (!facts.hasAccount) return { field: 'granteeId', ...objection('no_open_account') }
  if (!facts.isAtWork) return { field: 'granteeId', ...objection('not_at_work') }
  if (!facts.isPointOpen) return { field: 'pointId', ...objection('point_closed') }
  if (facts.isHeldAlready) return { field: 'pointId', ...objection('access_held') }
  return null
}

/** Whom a delegated access concerns. */
export type Concerned = 'grantee' | 'heads' | 'granters'

/** Who is told when it reaches a status: whoever must do something next, and whoever waited for it. */
export const TOLD_OF = {
  asked: ['grantee'],
  accepted: ['granters'],
  granted: ['grantee', 'heads'],
  denied: ['grantee', 'heads'],
  declined: ['heads'],
  withdrawn: ['grantee'],
  lapsed: ['heads', 'granters'],
  revoked: ['grantee', 'heads'],
  expired: ['grantee', 'heads'],
  unanswered: ['heads', 'granters'],
  retired: ['grantee', 'heads'],
  suspended: ['grantee', 'heads'],
} as const satisfies Partial<Record<GrantStatus, Concerned[]>>
export type ToldStatus = keyof typeof TOLD_OF

export function isTold(status: GrantStatus): status is ToldStatus {
  return status in TOLD_OF
}
