/**
 * Probes of a delegated access (C10, N2): a session of its person asks, through the door everybody uses, for what the access
 * gives, when it begins, before it is revoked and after its end. The answer is the proof that the end took effect.
 */

export const PROBE_MOMENTS = ['begun', 'before', 'after'] as const
export type ProbeMoment = (typeof PROBE_MOMENTS)[number]

/** `unanswered`: nobody answered in time, or not the product; it proves nothing. */
export type ProbeOutcome = 'allowed' | 'denied' | 'unanswered'

/** How long a session of a probe lives. */
export const PROBE_SECONDS = 60

/** Header by which a probe says it is one, and by which the web says that it is who answered. */
export const PROBE_HEADER = 'x-caracteriza-prueba'

/** What is asked: the door of this one access, and pages behind it. */
export interface ProbeTarget {
  target: string
  /** Path on the web. */
  address: string
}

export interface ProbeFacts {
  /** Its row lets its person in today. */
  isInForce: boolean
  /** The person has an account that is open. */
  isAccountOpen: boolean
  /** Live sessions of the person, those of probes apart. */
  sessions: number
}

/** What an answer means; off to sign in is a denial, trouble of the web is none. */
export function outcomeOf(status: number): ProbeOutcome {
  if (status >= 200 && status < 300) return 'allowed'
  if (status >= 300 && status < 500 && status !== 408 && status !== 429) return 'denied'
  return 'unanswered'
}

export function expectedAt(moment: ProbeMoment): Exclude<ProbeOutcome, 'unanswered'> {
  return moment === 'after' ? 'denied' : 'allowed'
}

/** One outcome of all that was asked: one open door is open, one silence is silence. */
export function together(outcomes: readonly ProbeOutcome[]): ProbeOutcome {
  if (outcomes.includes('allowed')) return 'allowed'
  return outcomes.length === 0 || outcomes.includes('unanswered') ? 'unanswered' : 'denied'
}

/** Name of the cookie that carries a session's token. */
export function sessionCookie(publicUrl: string): string {
  return publicUrl.startsWith('https://') ? '__Host-caracteriza' : 'caracteriza'
}
