/** How what is demonstrated of a risk moves (features D7, N4): one rule for the event, the alert, the mail and the page. */
import { comparePercent, exactPercent } from './exact-percent.ts'
import type { Methodology } from './risk-methodology.ts'
import { graveness, type Place } from './risks.ts'

/** Why a risk stands elsewhere: what is shown of a control, its controls, how it is rated, or what is written over its residual. */
export const STANDING_CAUSES = [
  ...(['evidence', 'control_added', 'control_retired'] as const),
  ...(['reassessed', 'moved', 'overwritten', 'override_withdrawn'] as const),
] as const
export type StandingCause = (typeof STANDING_CAUSES)[number]

/** Where a risk stood; null for what is not known of it, or was said in a version of the methodology that is another now. */
export interface StoodAt {
  /** Exact, in percent. */
  p: string | null
  i: string | null
  /** Code of the zone. */
  zone: string | null
}

export type Turn = 'rises' | 'falls' | 'stays'

/** The zone decides where it is another one; within the same, whatever is more probable or harms more, be it by the least, rises. */
export function turnOf(methodology: Methodology, before: StoodAt, after: Pick<Place, 'p' | 'i' | 'zone'>): Turn {
  const zones = before.zone === null ? 0 : graveness(methodology, after.zone) - graveness(methodology, before.zone)
  if (zones !== 0) return zones > 0 ? 'rises' : 'falls'
  const axes = [compared(before.p, after.p), compared(before.i, after.i)]
  if (axes.some((one) => one > 0)) return 'rises'
  return axes.some((one) => one < 0) ? 'falls' : 'stays'
}

function compared(before: string | null, after: string): number {
  return before === null ? 0 : comparePercent(exactPercent(after), exactPercent(before))
}
