/**
 * What is done about a risk: reduced, avoided or accepted, within the appetite and by whom the policy names (guía v7, num. 3;
 * domain facts §2.7; features D9). The rules are data of the methodology; a version of the entity may set others.
 */
import { addDays, addMonths } from './civil-dates.ts'
import { type ActionStatus, isUndone } from './improvement.ts'
import { type Objection, objection } from './refusals.ts'
import type { EvidenceState, Methodology } from './risk-methodology.ts'
import { graveness, typologyOf, zoneOf } from './risks.ts'

/** Reducir (mitigar o transferir), evitar: whoever keeps the risk decides it. */
export const DECIDED_TREATMENTS = ['mitigate', 'transfer', 'avoid'] as const
export type DecidedTreatment = (typeof DECIDED_TREATMENTS)[number]
/** Aceptar is asked for, and is what is done about the risk once whoever the policy names has signed it. */
export const TREATMENTS = [...DECIDED_TREATMENTS, 'accept'] as const
export type Treatment = (typeof TREATMENTS)[number]

/** Reducing a risk asks for a plan of actions. */
export const needsPlan = (option: Treatment): boolean => option === 'mitigate' || option === 'transfer'

export type ActivityState = 'closed' | 'dropped' | 'overdue' | 'ahead' | 'open'

/** An activity of a plan as the guide tells it (domain facts §2.7). `ahead`: its day to begin is to come, and nobody began before. */
export function activityState(
  { status, startsOn, dueOn }: { status: ActionStatus; startsOn: string; dueOn: string },
  today: string,
): ActivityState {
  if (status === 'dropped') return 'dropped'
  if (!isUndone(status)) return 'closed'
  if (dueOn < today) return 'overdue'
  return startsOn > today && status !== 'in_progress' ? 'ahead' : 'open'
}

/** Code of the gravest zone in which a risk of this typology is tolerated; null where it is never accepted, in none. */
export function appetiteFor(methodology: Methodology, typology: string): string | null {
  const kind = typologyOf(methodology, typology)
  return kind?.isAcceptable ? kind.appetite : null
}

/** Whether a risk of this typology may stand in a zone without anything being done about it. */
export function isWithinAppetite(methodology: Methodology, typology: string, zone: string): boolean {
  const limit = appetiteFor(methodology, typology)
  return limit !== null && graveness(methodology, zone) <= graveness(methodology, limit)
}

/**
 * What is to be done next about a risk: decided, signed by whoever accepts it, confirmed as it is rated now, or planned. Null where
 * nothing is: it is tolerated, or what was decided is under way. `inForce`: what is done about it today.
 */
export function nextInTreatment(about: {
  isWithin: boolean
  inForce: Treatment | null
  /** Decided on the assessment that stands. */
  isCurrent: boolean
  isAcceptanceAsked: boolean
  hasPlan: boolean
}): 'decide' | 'sign' | 'confirm' | 'plan' | null {
  const { isWithin, inForce, isCurrent, isAcceptanceAsked, hasPlan } = about
  if (isAcceptanceAsked) return 'sign'
  if (inForce === null) return isWithin ? null : 'decide'
  if (!isCurrent && !isWithin) return 'confirm'
  return needsPlan(inForce) && !hasPlan ? 'plan' : null
}

/**
 * What is to be done next about a risk once it is rated, for the first time (`stood` null) or anew: what was accepted, or asked to be,
 * is of another assessment and lapses with it; what was decided otherwise is to be confirmed.
 */
export function nextAfterRating(
  stood: { inForce: Treatment | null; isAcceptanceAsked: boolean; hasPlan: boolean } | null,
  isWithin: boolean,
): { next: ReturnType<typeof nextInTreatment>; endsAcceptance: boolean } {
  const { inForce, isAcceptanceAsked, hasPlan } = stood ?? { inForce: null, isAcceptanceAsked: false, hasPlan: false }
  const stays = inForce === 'accept' ? null : inForce
  return {
    next: nextInTreatment({ isWithin, inForce: stays, isCurrent: false, isAcceptanceAsked: false, hasPlan }),
    endsAcceptance: stays !== inForce || isAcceptanceAsked,
  }
}

/** A risk as it is asked to be accepted. */
export interface AcceptableRisk {
  typology: string
  /** Code of the zone that its controls demonstrate: what stands on paper alone is not accepted. */
  zone: string
  /** State of the evidence of each control that counts. */
  evidence: readonly EvidenceState[]
}

/** Last civil date until which a risk that stands in a zone may be accepted: that of its next review. */
export function acceptableUntil(methodology: Methodology, zone: string, today: string): string {
  return addMonths(today, zoneOf(methodology, zone).reviewMonths)
}

/** Duty that accepts a risk that stands in a zone; null where nobody does. */
export function acceptorOf(methodology: Methodology, { typology, zone }: AcceptableRisk): string | null {
  const kind = typologyOf(methodology, typology)
  return kind?.isAcceptable ? zoneOf(methodology, zone).acceptedBy : null
}

/** Why nobody ever accepts a risk as it stands: its typology, or its zone; null where somebody may. */
function neverAcceptable(methodology: Methodology, { typology, zone: code }: AcceptableRisk): Objection | null {
  const zone = zoneOf(methodology, code)
  if (!typologyOf(methodology, typology)?.isAcceptable) return objection('never_acceptable')
  return zone.acceptedBy === null ? objection('zone_not_acceptable', { zone: zone.name }) : null
}

/** Why this is not decided about a risk by whoever keeps it; null where it is. */
export function objectionToDeciding(
  methodology: Methodology,
  risk: AcceptableRisk,
  option: Treatment,
): Objection | null {
  if (option !== 'accept') return null
  return neverAcceptable(methodology, risk) ?? objection('acceptance_unasked')
}

/** Why a risk may not be accepted until a civil date, the first reason first. */
export function objectionsToAcceptance(
  methodology: Methodology,
  risk: AcceptableRisk,
  { until, today }: { until: string; today: string },
): Objection[] {
  const zone = zoneOf(methodology, risk.zone)
  const never = neverAcceptable(methodology, risk)
  const found: Objection[] = never ? [never] : []
  if (zone.needsEvidence && (risk.evidence.length === 0 || risk.evidence.some((state) => state !== 'current')))
    found.push(objection('acceptance_unproven', { zone: zone.name }))
  const last = acceptableUntil(methodology, risk.zone, today)
  if (until <= today || until > last) found.push(objection('acceptance_too_long', { until: last }))
  return found
}

export const ACCEPTANCE_VERDICTS = ['accept_risk', 'decline_risk', 'withdraw_risk'] as const
export type AcceptanceVerdict = (typeof ACCEPTANCE_VERDICTS)[number]

/** `lapsed`: what was accepted is no longer what stands. `expired`: its date went by. */
export const ACCEPTANCE_STATUSES = ['asked', 'accepted', 'declined', 'withdrawn', 'lapsed', 'expired'] as const
export type AcceptanceStatus = (typeof ACCEPTANCE_STATUSES)[number]

/** What its workflow and every judgement know of an acceptance: ids, dates and hashes only. */
export interface AcceptanceState {
  id: string
  status: AcceptanceStatus
  /** Of the risk as it stood, its controls, the policy and the term: whoever accepts signs this. */
  contentHash: string
  /** Duty of whoever the policy names. */
  acceptorDuty: string
  /** Persons who rated the risk or asked, and for whom they did: none of them accepts. */
  hands: string[]
  /** Last civil date on which it holds. */
  until: string
}

/** One verdict of a person on an acceptance; sent under its id (model.md §3). */
export interface AcceptanceDecision {
  id: string
  kind: AcceptanceVerdict
  acceptanceId: string
  personId: string
  positionId: string
  duty: string
  actingFor: string | null
  contentHash: string
}

const OPEN: readonly AcceptanceStatus[] = ['asked', 'accepted']

export function isAcceptanceOver(status: AcceptanceStatus): boolean {
  return !OPEN.includes(status)
}

/** Its last day went by. */
export const hasExpired = ({ until }: Pick<AcceptanceState, 'until'>, today: string): boolean => until < today

/** Why this verdict cannot be taken on a civil date, the first reason first; rights are asked apart (permissions.ts). */
export function objectionsToVerdict(
  state: AcceptanceState,
  { kind, contentHash, personId, actingFor }: AcceptanceDecision,
  today: string,
): Objection[] {
  const found: Objection[] = []
  if (isAcceptanceOver(state.status) || hasExpired(state, today)) found.push(objection('acceptance_over'))
  if (contentHash !== state.contentHash) found.push(objection('content_changed'))
  if (kind === 'withdraw_risk') return found
  if (state.status === 'accepted') found.push(objection('already_decided'))
  if ([personId, actingFor].some((hand) => hand !== null && state.hands.includes(hand)))
    found.push(objection('own_work'))
  return found
}

const REACHED: Record<AcceptanceVerdict, AcceptanceStatus> = {
  accept_risk: 'accepted',
  decline_risk: 'declined',
  withdraw_risk: 'withdrawn',
}

/** The state a verdict leaves behind; ask `objectionsToVerdict` first. */
export function applyToAcceptance(state: AcceptanceState, { kind }: Pick<AcceptanceDecision, 'kind'>): AcceptanceState {
  return { ...state, status: REACHED[kind] }
}

/** Working days to decide on an acceptance, and to decide what is done once there is none. */
export const DAYS_TO_DECIDE = 5

/** Civil days before its end from which whoever answers for the risk is asked what comes after it. */
const WARNING_DAYS = 15

export const warnOn = ({ until }: Pick<AcceptanceState, 'until'>): string => addDays(until, -WARNING_DAYS)
