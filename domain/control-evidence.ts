/** How far a control is shown to work: the state of its evidence, from whatever was shown of it (features D4, D7, N4). */
import type { RunStatus } from './control-runs.ts'
import type { EvidenceState } from './risk-methodology.ts'

/** One thing that was shown of a control: that it works, until a day, or that it failed. */
export interface Showing {
  /** Civil dates; the last day on which it holds, null where it failed. */
  on: string
  outcome: 'shown' | 'failed'
  validUntil: string | null
}

export interface Evidence {
  state: EvidenceState
  /** Last day on which it holds by itself; null where no day ends it. */
  until: string | null
}

const NEVER: Evidence = { state: 'never', until: null }

/** The last showing decides. */
export function evidenceOf(showings: readonly Showing[], today: string): Evidence {
  const last = [...showings].sort((a, b) => (a.on < b.on ? 1 : -1))[0]
  if (!last) return NEVER
  if (last.outcome === 'failed' || last.validUntil === null) return { state: 'failed', until: null }
  if (last.validUntil < today) return { state: 'expired', until: null }
  return { state: 'current', until: last.validUntil }
}

/** From the best: how grave a state is. */
const GRAVE: readonly EvidenceState[] = ['current', 'expired', 'failed']

/** Of a control that is shown in several ways the worst counts; one that never showed anything says nothing. */
export function worstEvidence(found: readonly Evidence[]): Evidence {
  const said = found.filter(({ state }) => state !== 'never')
  const [first = NEVER, ...others] = said
  return others.reduce((worst, one) => worseOf(worst, one), first)
}

function worseOf(a: Evidence, b: Evidence): Evidence {
  if (a.state === 'current' && b.state === 'current') return (a.until ?? '') < (b.until ?? '') ? a : b
  return GRAVE.indexOf(b.state) > GRAVE.indexOf(a.state) ? b : a
}

/**
 * What a run says of its control; null where nothing. Executed in time it waits for its check; executed late, or
 * again after it was returned (`before`), it stays a failure until it is checked; one that a reason excuses says nothing.
 */
export function showsOf({
  status,
  before,
  missedOn,
}: {
  status: RunStatus
  before: RunStatus
  missedOn: string | null
}): Showing['outcome'] | null {
  if (status === 'verified') return 'shown'
  if (status === 'missed' || status === 'rejected' || status === 'omitted') return 'failed'
  return status === 'executed' && (missedOn !== null || before === 'rejected') ? 'failed' : null
}
