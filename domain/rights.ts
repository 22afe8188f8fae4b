/**
 * What a citizen may ask of the data the entity keeps of them (Ley 1581 de 2012, arts. 8, 14 and 15; Decreto 1377 de 2013,
 * compiled in 1074 de 2015): consultas and reclamos, who acts for whom, in which días hábiles each step is owed, and what may
 * be decided when.
 */
import { addWorkingDays, type Calendar } from './calendar.ts'
import { addDays, addMonths, bogotaInstant } from './civil-dates.ts'
import { type Objection, objection } from './refusals.ts'
import { type Notice, planNotices, type Term, termFrom } from './terms.ts'

/** `consultation`: consulta (art. 14). `claim`: reclamo (art. 15). */
export const RIGHTS_KINDS = ['consultation', 'claim'] as const
export type RightsKind = (typeof RIGHTS_KINDS)[number]

/** What is asked for: to know the data; to correct, stop using or erase them, or that a duty of the law is kept. */
export const RIGHTS_AIMS = ['access', 'correction', 'withdrawal', 'erasure', 'breach'] as const
export type RightsAim = (typeof RIGHTS_AIMS)[number]

export const kindOf = (aim: RightsAim): RightsKind => (aim === 'access' ? 'consultation' : 'claim')

/** In what quality somebody asks (Decreto 1377 de 2013, art. 20): the person, who represents them, or who inherits from them. */
export const RIGHTS_QUALITIES = ['holder', 'representative', 'heir'] as const
export type RightsQuality = (typeof RIGHTS_QUALITIES)[number]

/** How a person made sure of who asks. */
export const IDENTITY_METHODS = [
  'document_shown',
  'document_copy',
  'call_back',
  'power_shown',
  'kinship_shown',
] as const
export type IdentityMethod = (typeof IDENTITY_METHODS)[number]

/** Who acts for another shows by what right. */
const METHODS_OF: Record<RightsQuality, readonly IdentityMethod[]> = {
  holder: ['document_shown', 'document_copy', 'call_back'],
  representative: ['power_shown'],
  heir: ['kinship_shown'],
}
export const methodsOf = (quality: RightsQuality) => METHODS_OF[quality]

/**
 * `filed`: typed, not recorded by its workflow yet. `incomplete`: more was asked of the citizen, no term runs. `lapsed`: the
 * citizen did not answer in two months (art. 15). `forwarded`: another entity answers.
 */
export const RIGHTS_STATUSES = ['filed', 'received', 'incomplete', 'attended', 'denied', 'forwarded', 'lapsed'] as const
export type RightsStatus = (typeof RIGHTS_STATUSES)[number]

export const RIGHTS_VERDICTS = ['identify', 'require', 'extend', 'forward', 'attend', 'deny'] as const
export type RightsVerdict = (typeof RIGHTS_VERDICTS)[number]

/** Why a request is denied, each with its ground in the law. */
export const DENIAL_REASONS = ['legal_duty', 'no_data', 'identity', 'not_entitled', 'unfounded'] as const
export type DenialReason = (typeof DENIAL_REASONS)[number]

/** How the answer reached the citizen. */
export const DELIVERIES = ['in_person', 'post', 'mail'] as const
export type Delivery = (typeof DELIVERIES)[number]

/** What its workflow and every judgement know of a request: ids, dates and hashes only. */
export interface RightsState {
  id: string
  status: RightsStatus
  aim: RightsAim
  isIdentified: boolean
  isExtended: boolean
  /** Of what was filed, sealed: a verdict names it. */
  contentHash: string
  /** Civil date by which it is answered; null while none runs. */
  dueOn: string | null
  /** Civil date until which more may be asked of the citizen; null where nothing may. */
  requireBy: string | null
  /** Civil date after which a claim that was not completed is given up; null unless it is incomplete. */
  completeBy: string | null
  /** Last civil date on which what was typed still opens, after an erasure; null where it is not to be forgotten, or is. */
  forgetOn: string | null
}

/** One verdict of a person on a request; sent under its id (model.md §3). */
export interface RightsDecision {
  id: string
  kind: RightsVerdict
  requestId: string
  personId: string
  positionId: string
  duty: string
  actingFor: string | null
  contentHash: string
}

const REACHED: Partial<Record<RightsVerdict, RightsStatus>> = {
  require: 'incomplete',
  forward: 'forwarded',
  attend: 'attended',
  deny: 'denied',
}

const OPEN: readonly RightsStatus[] = ['filed', 'received', 'incomplete']

/** Nothing changes it any more. */
export function isRightsOver(status: RightsStatus): boolean {
  return !OPEN.includes(status)
}

/** Why this verdict cannot be taken on a civil date, the first reason first; rights are asked apart (permissions.ts). */
export function objectionsToRights(
  state: RightsState,
  { kind, contentHash }: Pick<RightsDecision, 'kind' | 'contentHash'>,
  today: string,
): Objection[] {
  const found: Objection[] = []
  if (isRightsOver(state.status)) found.push(objection('rights_over'))
  if (contentHash !== state.contentHash) found.push(objection('content_changed'))
  if (state.status === 'filed') found.push(objection('rights_underway'))
  if (state.status === 'incomplete' && kind !== 'deny' && kind !== 'identify')
    found.push(objection('rights_incomplete'))
  if (kind === 'identify' && state.isIdentified) found.push(objection('already_identified'))
  if (kind === 'require' && kindOf(state.aim) === 'consultation') found.push(objection('only_claims'))
  if (kind === 'require' && (state.requireBy === null || today > state.requireBy))
    found.push(objection('requirement_late'))
  if (kind === 'extend' && state.isExtended) found.push(objection('already_extended'))
  if (kind === 'extend' && state.dueOn !== null && today > state.dueOn) found.push(objection('extension_late'))
  if (kind === 'attend' && !state.isIdentified) found.push(objection('unidentified'))
  return found
}

/** The state a verdict leaves behind, but for the dates that the record sets; ask `objectionsToRights` first. */
export function applyToRights(state: RightsState, { kind }: Pick<RightsDecision, 'kind'>): RightsState {
  return {
    ...state,
    status: REACHED[kind] ?? state.status,
    isIdentified: state.isIdentified || kind === 'identify',
    isExtended: state.isExtended || kind === 'extend',
  }
}

interface Owed {
  /** Días hábiles to answer, counted from the day after it was received complete. */
  answer: number
  /** Días hábiles more, counted from the end of the first term; the reason is told before that. */
  extension: number
}

/** Ley 1581 de 2012, arts. 14 and 15. */
export const RIGHTS_DAYS: Record<RightsKind, Owed> = {
  consultation: { answer: 10, extension: 5 },
  claim: { answer: 15, extension: 8 },
}
/** Días hábiles after the receipt of a claim in which what is missing is asked for, and it reaches who is competent (art. 15). */
const REQUIRE_DAYS = 5
const FORWARD_DAYS = 2
/** Calendar months that the citizen has to complete it. */
const COMPLETE_MONTHS = 2

/** The term to answer what was received complete on a civil date. */
export function answerTerm(aim: RightsAim, receivedOn: string, calendar: Calendar): Term {
  return termFrom(receivedOn, RIGHTS_DAYS[kindOf(aim)].answer, calendar)
}

/** What is added once: it runs from the end of the first term. */
export function extendedTerm(aim: RightsAim, dueOn: string, calendar: Calendar): Term {
  return termFrom(dueOn, RIGHTS_DAYS[kindOf(aim)].extension, calendar)
}

export const requireBy = (receivedOn: string, calendar: Calendar) => addWorkingDays(receivedOn, REQUIRE_DAYS, calendar)
export const forwardBy = (receivedOn: string, calendar: Calendar) => addWorkingDays(receivedOn, FORWARD_DAYS, calendar)
export const completeBy = (requiredOn: string) => addMonths(requiredOn, COMPLETE_MONTHS)

/** Notices of a term to answer: before it ends to whoever answers, and at its end to who directs them too. */
export function planRightsNotices(term: Pick<Term, 'start' | 'dueDate'>, calendar: Calendar): Notice[] {
  return planNotices(term, calendar)
}

/** Whether nobody completed it in time, on a civil date. */
export function isGivenUp(state: RightsState, today: string): boolean {
  return state.status === 'incomplete' && state.completeBy !== null && today > state.completeBy
}

/** ISO instant at which the calendar itself changes it; null where it does not. */
export function nextRightsTurn({ status, completeBy: until, forgetOn }: RightsState): string | null {
  const last = status === 'incomplete' ? until : forgetOn
  return last === null ? null : bogotaInstant(addDays(last, 1), '00:00')
}

/** Días hábiles after an erasure in which its answer can still be delivered again. */
const FORGET_DAYS = 15
export const forgetOn = (erasedOn: string, calendar: Calendar) => addWorkingDays(erasedOn, FORGET_DAYS, calendar)

/** Whether what was typed is to be forgotten by now, on a civil date. */
export function isForgotten(state: RightsState, today: string): boolean {
  return state.forgetOn !== null && today > state.forgetOn
}

/** Nothing changes it any more, and there is nothing left to forget. */
export function isRightsSettled({ status, forgetOn: last }: Pick<RightsState, 'status' | 'forgetOn'>): boolean {
  return isRightsOver(status) && last === null
}

/** Tries of a follow secret before it has to rest, and for how long. */
export const MAX_TRIES = 5
export const REST_MINUTES = 15
