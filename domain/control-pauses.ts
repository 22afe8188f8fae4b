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

/** How far ahead a pause is said: later than that nobody knows what will be asked of the control. */
const SAID_AHEAD_MONTHS = 12

/**
 * Pauses with this many days between them, or fewer, count as one from the first day to the last: a longest pause that begins anew
 * the day after would be none. More than a month apart, a control of every month is asked for at least once in between.
 */
export const DAYS_BETWEEN_PAUSES = 30

const joins = (one: PauseDays, other: PauseDays) =>
  one.from <= addDays(other.lastDay, DAYS_BETWEEN_PAUSES) && other.from <= addDays(one.lastDay, DAYS_BETWEEN_PAUSES)

/** From the first day to the last of a pause and all that joins it, one by one. */
function joinedWith(pause: PauseDays, others: readonly PauseDays[]): PauseDays {
  const near = others.filter((one) => joins(one, pause))
  if (near.length === 0) return pause
  const [from = pause.from] = [pause, ...near].map((one) => one.from).sort()
  const lastDay =
    [pause, ...near]
      .map((one) => one.lastDay)
      .sort()
      .at(-1) ?? pause.lastDay
  return joinedWith(
    { from, lastDay },
    others.filter((one) => !near.includes(one)),
  )
}

/** Why a control that has other pauses is not paused between two days; null where it is. */
export function objectionToPausing(
  { from, until }: { from: string; until: string },
  { pauses, today }: { pauses: readonly PauseDays[]; today: string },
): Objection | null {
  if (until < today) return objection('pause_past')
  if (from > addMonths(today, SAID_AHEAD_MONTHS)) return objection('pause_far', { months: SAID_AHEAD_MONTHS })
  const own = addMonths(from, LONGEST_PAUSE_MONTHS)
  // No last day would do: one that began then is over.
  if (own < today) return objection('pause_stale', { ...PAUSE_LIMITS, day: own })
  if (until > own) return objection('pause_long', { ...PAUSE_LIMITS, day: own })
  const others = pauses.filter((one) => one.lastDay >= one.from)
  if (others.some((one) => one.from <= until && one.lastDay >= from)) return objection('pause_overlaps')
  const whole = joinedWith({ from, lastDay: until }, others)
  if (whole.lastDay <= addMonths(whole.from, LONGEST_PAUSE_MONTHS)) return null
  const day = lastDayFrom(from, others)
  if (day >= from && day >= today) return objection('pause_joined', { ...PAUSE_LIMITS, day })
  const neighbours = others.filter((one) => joins(one, whole)).map((one) => one.lastDay)
  const last = neighbours.sort().at(-1) ?? until
  return objection('pause_full', { ...PAUSE_LIMITS, day: addDays(last, DAYS_BETWEEN_PAUSES + 1) })
}

const PAUSE_LIMITS = { months: LONGEST_PAUSE_MONTHS, days: DAYS_BETWEEN_PAUSES }

/** The last day of a pause that begins on one: with what it follows it is no longer than one may be, and it joins none that comes. */
function lastDayFrom(from: string, others: readonly PauseDays[]): string {
  const before = others.filter((one) => one.lastDay < from)
  const longest = addMonths(joinedWith({ from, lastDay: from }, before).from, LONGEST_PAUSE_MONTHS)
  const ahead = others.filter((one) => one.from > from).map((one) => addDays(one.from, -DAYS_BETWEEN_PAUSES - 1))
  return [longest, ...ahead].sort()[0] ?? longest
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
