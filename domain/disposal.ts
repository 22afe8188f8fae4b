/** Elimination of the content of an ended cycle by act of two people, and what its inventory says (features I4). */
import { z } from 'zod'
import { isCivilDate } from './civil-dates.ts'
import { type InputCode, line, STALE } from './input-reading.ts'
import { type Objection, objection } from './refusals.ts'

/** What goes. Files of releases do not: they are open data, and stay public. */
export const CONTENT_KINDS = [
  ...(['content', 'draft', 'proposal', 'correction', 'attachment', 'comment_file'] as const),
  ...(['received', 'head', 'rejects', 'snapshot', 'document', 'document_file'] as const),
] as const
export type ContentKind = (typeof CONTENT_KINDS)[number]

/** One content that will go. `place`: step and version, or format; nothing anybody typed. */
export interface InventoryItem {
  kind: ContentKind
  objectId: string
  place: string
  /** SHA-256 in hexadecimal, of a version its own hash. */
  sha256: string
  bytes: number
  /** Another row of the entity that does not go names the same file, which therefore stays. */
  isShared: boolean
}

export const DISPOSAL_VERDICTS = ['approve_disposal', 'return_disposal', 'withdraw_disposal'] as const
export type DisposalVerdict = (typeof DISPOSAL_VERDICTS)[number]

export const DISPOSAL_STATUSES = ['proposed', 'approved', 'running', 'done', 'returned', 'withdrawn'] as const
export type DisposalStatus = (typeof DISPOSAL_STATUSES)[number]

/** Hours between the approval and the beginning, in which it can still be withdrawn. */
export const HOURS_TO_WITHDRAW = 24

export interface DisposalState {
  id: string
  status: DisposalStatus
  /** Of the inventory with the cycle, its series and the minutes: what is signed. */
  contentHash: string
  /** Who proposed it, and for whom. */
  hands: string[]
  /** ISO; null until it is approved. */
  beginsAt: string | null
}

/** One verdict of a person on a disposal; sent under its id (model.md §3). */
export interface DisposalDecision {
  id: string
  kind: DisposalVerdict
  disposalId: string
  personId: string
  positionId: string
  duty: string
  actingFor: string | null
  contentHash: string
}

/** Nothing is decided about it any more; one that runs is only carried out. */
export function isDisposalSettled(status: DisposalStatus): boolean {
  return status !== 'proposed' && status !== 'approved'
}

/** Why this verdict cannot be taken, the first reason first; rights are asked apart (permissions.ts). */
export function objectionsToDisposal(
  state: DisposalState,
  { kind, contentHash, personId, actingFor }: DisposalDecision,
): Objection[] {
  const found: Objection[] = []
  if (isDisposalSettled(state.status)) found.push(objection('disposal_over'))
  if (contentHash !== state.contentHash) found.push(objection('content_changed'))
  if (kind === 'withdraw_disposal') return found
  if (state.status === 'approved') found.push(objection('already_decided'))
  if ([personId, actingFor].some((hand) => hand !== null && state.hands.includes(hand)))
    found.push(objection('own_disposal'))
  return found
}

const REACHED: Record<DisposalVerdict, DisposalStatus> = {
  approve_disposal: 'approved',
  return_disposal: 'returned',
  withdraw_disposal: 'withdrawn',
}

/** The state a verdict leaves behind; ask `objectionsToDisposal` first. */
export function applyToDisposal(state: DisposalState, { kind }: Pick<DisposalDecision, 'kind'>): DisposalState {
  return { ...state, status: REACHED[kind] }
}

/** `today`: the committee met on it or before. */
export const proposalInput = (today: string) =>
  z.object({
    formKey: z.uuid(STALE),
    cycleId: z.uuid(STALE),
    minutesNumber: line('minutes_number_missing', { max: 60 }),
    minutesDate: z
      .string('minutes_date_missing' satisfies InputCode)
      .trim()
      .refine(isCivilDate, 'minutes_date_missing' satisfies InputCode)
      .refine((day) => day <= today, 'minutes_date_ahead' satisfies InputCode),
    /** Of the inventory as the page showed it. */
    contentHash: z.string(STALE),
  })
export type ProposalInput = z.infer<ReturnType<typeof proposalInput>>

export const DisposalVerdictInput = z
  .object({
    disposalId: z.uuid(STALE),
    verdict: z.enum(DISPOSAL_VERDICTS, STALE),
    contentHash: z.string(STALE),
    observation: line(STALE, { min: 0, max: 2_000 }).default(''),
  })
  .refine(({ verdict, observation }) => verdict === 'approve_disposal' || observation.length >= 10, {
    ...{ path: ['observation'], error: 'reason_missing' satisfies InputCode },
  })
export type DisposalVerdictInput = z.infer<typeof DisposalVerdictInput>

/** The right a verdict needs: whoever proposes takes a proposal back, and one that is approved whoever approves it does too. */
export function disposalRight(
  kind: DisposalVerdict,
  status: DisposalStatus,
): 'dispose' | 'approve_disposal' | 'withdraw_disposal' {
  if (kind !== 'withdraw_disposal') return 'approve_disposal'
  return status === 'proposed' ? 'dispose' : 'withdraw_disposal'
}
