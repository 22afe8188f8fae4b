/**
 * Reviews of delegated accesses (Cali, circular 4173.010.22.2.1020.000150; D2, D3, D5, D6; features C4–C7, C11): whoever heads
 * each organismo today says which accesses go on. What nobody answers ends: silence renews nothing (promises G14).
 */
import { addWorkingDays, type Calendar } from './calendar.ts'
import { addDays, bogotaInstant } from './civil-dates.ts'
import { type GrantStatus, isOver } from './grants.ts'
import { SUPERIOR } from './notices.ts'
import { type Objection, objection } from './refusals.ts'

/** `closing`: nobody answers any more, and accesses are being ended. `refused`: ended before it was recorded. */
export const CAMPAIGN_STATUSES = ['filed', 'open', 'closing', 'closed', 'refused'] as const
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number]

export const CAMPAIGN_KINDS = ['yearly', 'event'] as const
export type CampaignKind = (typeof CAMPAIGN_KINDS)[number]

/** What becomes of an access nobody answered for (C6); the first unless the campaign says otherwise. */
export const ON_SILENCE = ['retire', 'suspend', 'keep'] as const
export type OnSilence = (typeof ON_SILENCE)[number]

/** Answers of a reviewer (D3). */
export const REVIEW_VERDICTS = ['confirm', 'modify', 'retire'] as const
export type ReviewVerdict = (typeof REVIEW_VERDICTS)[number]

/** How a case came out. `changed`: goes on with fewer days. */
export const OUTCOMES = ['kept', 'changed', 'retired', 'suspended'] as const
export type Outcome = (typeof OUTCOMES)[number]
export type OutcomeBy = 'answer' | 'silence' | 'nobody'

/** Working days a campaign runs: value of the entity, the circular sets none. */
export const CAMPAIGN_DAYS = { least: 3, usual: 10, most: 60 }

/** Cases in one batch of answers. */
export const MAX_BATCH = 200

/** What the workflow of a campaign and its callers know of it. */
export interface CampaignState {
  id: string
  status: CampaignStatus
  /** Civil date; its last instant is 23:59:59 in Bogotá. Null until it is recorded. */
  dueOn: string | null
}

/** A batch of answers, sent under its own id: ids and verdicts only (model.md §3). */
export interface ReviewBatch {
  id: string
  listId: string
  personId: string
  positionId: string
  duty: string
  /** Person they stand in for; null in a position of their own. */
  actingFor: string | null
  items: { id: string; verdict: ReviewVerdict }[]
}

/** The act that closes a campaign before its day. */
export interface CampaignClose {
  id: string
  campaignId: string
  personId: string
  positionId: string
  duty: string
  /** Person they stand in for; null in a position of their own. */
  actingFor: string | null
}

export function isCampaignOpen(status: CampaignStatus): boolean {
  return status === 'open'
}

/** Why it is not closed now: before its day, only once every case has its answer (C4). */
export function objectionToClose(
  { status, dueOn }: Pick<CampaignState, 'status' | 'dueOn'>,
  unanswered: number,
  today: string,
): Objection | null {
  if (!isCampaignOpen(status)) return objection('campaign_over')
  if (unanswered > 0 && dueOn !== null && today <= dueOn) return objection('reviews_waiting', { n: unanswered })
  return null
}

/** What is judged of an answer beside the right to give it. */
export interface AnswerFacts {
  campaign: CampaignStatus
  /** It needs no answer any more: it ended by other means. */
  hasLeft: boolean
  /** The case still belongs to the list it is answered from. */
  isOnList: boolean
  /** Person who holds the access. */
  granteeId: string
  /** Who granted it, and for whom they acted; empty where nobody is known. */
  granters: string[]
  /** Number of the last recorded answer, 0 for none, and the one the reviewer had before them. */
  lastN: number
  seenN: number
}

/** Why this person does not answer for this access; the first reason. `actingFor`: whom they stand in for (C5, G14). */
export function objectionToAnswer(
  facts: AnswerFacts,
  by: { personId: string; actingFor: string | null },
): Objection | null {
  if (!isCampaignOpen(facts.campaign)) return objection('review_over')
  if (facts.hasLeft) return objection('review_left')
  if (!facts.isOnList) return objection('review_moved')
  if (by.personId === facts.granteeId || by.actingFor === facts.granteeId) return objection('own_review')
  if (by.actingFor !== null && facts.granters.includes(by.actingFor)) return objection('granter_delegate')
  if (facts.lastN !== facts.seenN) return objection('answer_changed')
  return null
}

/** How a case comes out when its campaign closes: nobody's silence keeps what nobody could answer for (G14). */
export function outcomeOf(
  verdict: ReviewVerdict | null,
  { hasReviewer, onSilence }: { hasReviewer: boolean; onSilence: OnSilence },
): { outcome: Outcome; by: OutcomeBy } {
  if (verdict !== null) return { outcome: BY_ANSWER[verdict], by: 'answer' }
  if (!hasReviewer) return { outcome: 'retired', by: 'nobody' }
  return { outcome: BY_SILENCE[onSilence], by: 'silence' }
}

const BY_ANSWER: Record<ReviewVerdict, Outcome> = { confirm: 'kept', modify: 'changed', retire: 'retired' }
const BY_SILENCE: Record<OnSilence, Outcome> = { retire: 'retired', suspend: 'suspended', keep: 'kept' }

/** The status in which an outcome leaves an access that let somebody in; null where it goes on. */
export function endOf(outcome: Outcome): Extract<GrantStatus, 'retired' | 'suspended'> | null {
  return outcome === 'retired' || outcome === 'suspended' ? outcome : null
}

/** What a modification asks for: fewer days. It narrows, so it needs nobody else; anything else is a request (D5). */
export interface Change {
  /** Civil date; null where none was given. */
  endsOn: string | null
}

/** Why a modification is not one: it gives fewer days than there are. */
export function objectionToChange({ endsOn }: Change, grant: { endsOn: string; today: string }): Objection | null {
  if (endsOn === null) return objection('nothing_changed')
  return endsOn >= grant.endsOn || endsOn < grant.today ? objection('days_not_fewer') : null
}

/**
 * Whether an access comes under review (D2): of the vigencia, and letting in. One that was asked for after the campaign opened was
 * judged with the campaign at hand and does not join it.
 */
export function isInScope(
  grant: { status: GrantStatus; vigencia: number; askedAfterOpening: boolean },
  vigencia: number,
): boolean {
  return grant.vigencia === vigencia && grant.status === 'granted' && !grant.askedAfterOpening
}

/** Whether a case needs no answer any more: its access was ended by other means. */
export function hasLeft(before: GrantStatus, now: GrantStatus): boolean {
  return before !== now && isOver(now)
}

/** Working days in which what a review ended is asked for again citing its case, with one approval as ever (C7). */
export const UNDO_DAYS = 5

/** What is judged of an access to be asked for again; civil dates. `closedOn`: of its last review. */
export interface Undoable {
  status: GrantStatus
  endsOn: string
  closedOn: string | null
  /** Code of a later request of the same access, whatever came of it; null where there is none. */
  askedAgain: string | null
}

/** Last day on which it may be; null where no review ended it. */
export function undoUntil(
  { status, endsOn, closedOn }: Omit<Undoable, 'askedAgain'>,
  calendar: Calendar,
): string | null {
  if (closedOn === null || (status !== 'retired' && status !== 'suspended')) return null
  const last = addWorkingDays(closedOn, UNDO_DAYS, calendar)
  return last < endsOn ? last : endsOn
}

/** Why it is not asked for again that way, which is done once: a new request with its own communication is needed. */
export function objectionToUndo(ended: Undoable, today: string, calendar: Calendar): Objection | null {
  const until = undoUntil(ended, calendar)
  if (until === null || today > until) return objection('undo_over')
  return ended.askedAgain === null ? null : objection('undo_done', { code: ended.askedAgain })
}

/** Civil days without use after which going on needs a reason (C9, C11). */
export const UNUSED_DAYS = 60

/** Whether an access has stood unused: begun that long ago, and its person has not been in since. Civil dates. */
export function isUnused(
  { startsOn, lastUseOn }: { startsOn: string; lastUseOn: string | null },
  today: string,
): boolean {
  const since = addDays(today, -UNUSED_DAYS)
  return startsOn <= since && (lastUseOn === null || lastUseOn <= since)
}

/** Duty code of the ledger for whoever reviews a list; resolved when the notice is sent. */
export const REVIEWER = 'reviewer'
const NOTICE_CLOCK = '08:00'
/** Working days before the end on which reviewers are told, and then whoever is above them (C6). */
const TOLD_BEFORE: { days: number; duty: string }[] = [
  { days: 5, duty: REVIEWER },
  { days: 2, duty: REVIEWER },
  { days: 1, duty: SUPERIOR },
]

/** Two reminders and one escalation, in order; one that would fall on or before the first day is left out. */
export function planReviewNotices(
  term: { start: string; dueDate: string },
  calendar: Calendar,
): { code: string; duty: string; dueOn: string; at: string }[] {
  return TOLD_BEFORE.map(({ days, duty }) => ({
    ...{ code: `reminder-${days}`, duty, dueOn: addWorkingDays(term.dueDate, -days, calendar) },
  }))
    .filter(({ dueOn }) => dueOn > term.start)
    .map((one) => ({ ...one, at: bogotaInstant(one.dueOn, NOTICE_CLOCK) }))
}
