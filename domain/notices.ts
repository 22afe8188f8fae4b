/** Which of the notices that fell due are sent: after downtime one catch-up for each addressee, never a volley (features B6, N14). */
import type { NoticeKind } from './terms.ts'

export interface DueNotice {
  id: string
  attemptId: string
  /** Duty told, or `in_charge` for whoever must act. */
  duty: string
  /** Code within its term: `reminder-3`, `expiry`, `overdue-week-2`. */
  kind: string
  /** ISO instant. */
  plannedAt: string
}

export interface Sending<N extends DueNotice> {
  notice: N
  /** Older notices of the same attempt and addressee this one stands for. */
  catchesUp: N[]
}

const RANK: Record<NoticeKind, number> = { reminder: 0, expiry: 1, overdue: 2 }

/** The kind in a code like `overdue-7`; throws on any other. */
export function noticeKind(code: string): NoticeKind {
  const kind = code.split('-')[0]
  if (kind === 'reminder' || kind === 'expiry' || kind === 'overdue') return kind
  throw new Error(`not a notice: ${code}`)
}

/** Who a notice reaches: whoever must act, or substitutes them while they are absent, the superior position, or the head of an agency whose position is vacant. */
export type ToldAs = 'in_charge' | 'substitute' | 'superior' | 'vacancy'

/** Duty code of the ledger for whoever directs those who must act; resolved when the notice is sent. */
export const SUPERIOR = 'superior'

/**
 * What stays overdue for whoever must act is told in one mail a day; what asks something else of somebody, by itself
 * (features B6). Whatever is told of an improvement action asks the same of whoever answers for it: to say how it goes.
 */
export function sharesMail(code: string, told: ToldAs, about: 'step' | 'action' = 'step'): boolean {
  return told === 'in_charge' && (about === 'action' || noticeKind(code) === 'overdue')
}

/** The latest notice of each attempt and addressee is sent, the others become superseded by it. */
export function chooseNotices<N extends DueNotice>(due: readonly N[]): Sending<N>[] {
  const groups = new Map<string, N[]>()
  for (const notice of due) {
    const key = `${notice.attemptId} ${notice.duty}`
    groups.set(key, [...(groups.get(key) ?? []), notice])
  }
  return [...groups.values()].map((group) => {
    const [notice, ...catchesUp] = [...group].sort(latestFirst)
    if (!notice) throw new Error('a group has a notice')
    return { notice, catchesUp }
  })
}

function latestFirst(a: DueNotice, b: DueNotice): number {
  if (a.plannedAt !== b.plannedAt) return a.plannedAt < b.plannedAt ? 1 : -1
  return RANK[noticeKind(b.kind)] - RANK[noticeKind(a.kind)]
}
