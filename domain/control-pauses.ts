/** A pause of a control may end before its last day; what was asked of nobody meanwhile stays so. */
import { addDays, addMonths } from './civil-dates.ts'
import { type Objection, objection } from './refusals.ts'

/** `lastDay`: as it stands, whoever moved it; before `from` where the pause was called off before it began. */
export interface PauseDays {
  from: string
  lastDay: string
}

/** Longest that nothing is asked of a control: whoever needs more says so again, with what stands then. */
export const LONGEST_PAUSE_MONTHS = 6

/** Why a control is not paused between two days; null where it is. */
export function objectionToPausing({ from, until }: { from: string; until: string }, today: string): Objection | null {
  if (until < today) return objection('pause_past')
  const last = addMonths(from, LONGEST_PAUSE_MONTHS)
  return until > last ? objection('pause_long', { months: LONGEST_PAUSE_MONTHS, day: last }) : null
}

/** Nothing is asked yet, or will not be: there is something to lift. */
export const isPauseStanding = ({ from, lastDay }: PauseDays, today: string) => lastDay >= today && lastDay >= from

/** Why a pause is not lifted from a day on; null where it is. */
export function objectionToResuming(pause: PauseDays | undefined, resumesOn: string, today: string): Objection | null {
  if (!pause) return objection('pause_unknown')
  if (!isPauseStanding(pause, today)) return objection('pause_over', { day: addDays(pause.lastDay, 1) })
  if (resumesOn < today) return objection('resume_past')
  return resumesOn > pause.lastDay ? objection('resume_late', { day: pause.lastDay }) : null
}
