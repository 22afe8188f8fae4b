/**
 * How the results of a cycle are taken note of in the dependencias (features H9): the head of each confirms to have read
 * its summary and answers what will change. MM-GAC-P-008 v2, actividad 7, sets no term for it.
 */
import { z } from 'zod'
import { isCivilDate } from './civil-dates.ts'
import { type InputCode, line, STALE, typedText } from './input-reading.ts'
import { SUPERIOR } from './notices.ts'
import { type Objection, objection } from './refusals.ts'

/** Working days a dependencia has to confirm and answer: value of the entity, as those of the steps (model.md §2). */
export const ANSWER_DAYS = 10

/** Duty code of the ledger of notices for whoever heads the dependencia; resolved when the notice is sent. */
export const HEAD = 'head'

/** Kinds of notice beside those of every term: that the summary is there, and a reminder somebody sends. */
export const DELIVERY = 'delivery'
export const BY_HAND = 'by_hand'

/** Where a dependencia is: `unread`, `read` and without answer, or `answered`. */
export const SUMMARY_STATES = ['unread', 'read', 'answered'] as const
export type SummaryState = (typeof SUMMARY_STATES)[number]

export function summaryState(summary: { readAt: unknown; answeredAt: unknown }): SummaryState {
  if (summary.answeredAt !== null) return 'answered'
  return summary.readAt === null ? 'unread' : 'read'
}

/** Why a reading cannot be confirmed now: what is confirmed is the content that was read. */
export function objectionToReading(summary: { sha256: string }, read: string): Objection | null {
  return summary.sha256 === read ? null : objection('content_changed')
}

/** Why a dependencia cannot answer now: one answers what one has read, and once. */
export function objectionToAnswer(state: SummaryState): Objection | null {
  if (state === 'unread') return objection('not_read')
  return state === 'answered' ? objection('already_answered') : null
}

/** A reminder by hand: to who still has to answer, and at most one a day, those that go by themselves included. */
export function objectionToReminding(state: SummaryState, lastToldOn: string | null, today: string): Objection | null {
  if (state === 'answered') return objection('already_answered')
  return lastToldOn !== null && lastToldOn >= today ? objection('reminded_today') : null
}

/** Who heads the dependencia, or one above it: told of it for that alone, which gives nobody the right to answer. */
export interface ToldHead {
  personId: string
  told: 'head' | 'superior' | 'vacancy'
}

/**
 * Whom a notice reaches of the heads from the dependencia upwards, the nearest first. Where nobody heads it today the
 * nearest head above is told of the vacancy; the superior is the nearest head above in any case (model.md §1).
 */
export function whoIsTold(heads: readonly { personId: string; height: number }[], duty: string): ToldHead[] {
  const own = heads.filter(({ height }) => height === 0)
  const above = heads.filter(({ height }) => height > 0)
  const nearest = above.filter(({ height }) => height === above[0]?.height)
  if (duty === SUPERIOR) return nearest.map(({ personId }) => ({ personId, told: 'superior' }))
  if (own.length > 0) return own.map(({ personId }) => ({ personId, told: 'head' }))
  return nearest.map(({ personId }) => ({ personId, told: 'vacancy' }))
}

/** At most this many commitments in one answer; what is more is a plan of its own. */
export const MAX_COMMITMENTS = 10

const OWNER: InputCode = 'commitment_owner_missing'
const DUE: InputCode = 'commitment_due_missing'
const PAST: InputCode = 'commitment_due_past'

/** One thing that will change. `today`: its date lies after it. */
const commitment = (today: string) =>
  z.object({
    what: typedText('commitment_missing', { min: 10 }),
    /** Position that answers for it. */
    positionId: z.uuid(OWNER),
    dueDate: z
      .string(DUE)
      .refine(isCivilDate, DUE)
      .refine((day) => day > today, PAST),
    /** How it will be known that it was done. */
    indicator: line(STALE, { min: 0, max: 300 }),
  })

export type Commitment = z.infer<ReturnType<typeof commitment>>

const about = { summaryId: z.uuid(STALE) }

export type SummaryAnswer = { summaryId: string } & (
  | { changes: true; commitments: Commitment[] }
  | { changes: false; reason: string }
)

/** "¿Qué va a cambiar?": one or more commitments, or nothing and why. */
export function summaryAnswerInput(changes: string | undefined, today: string): z.ZodType<SummaryAnswer> {
  if (changes === 'no')
    return z
      .object({ ...about, reason: typedText('nothing_reason_missing', { min: 10 }) })
      .transform(({ summaryId, reason }) => ({ summaryId, changes: false as const, reason }))
  return z
    .object({
      ...about,
      changes: z.literal('si', 'changes_missing' satisfies InputCode),
      commitments: z.array(commitment(today)).min(1, STALE).max(MAX_COMMITMENTS, STALE),
    })
    .transform(({ summaryId, commitments }) => ({ summaryId, changes: true as const, commitments }))
}
