/** What in a week of reading citizens' data is unusual enough to be looked at (features I8; promises §3, abuse A15). */
import { addDays, mondayOf } from './civil-dates.ts'
import type { EventType } from './events.ts'

/** Each shows somebody the data of citizens: one record, who filed a request, cells of a personal column, rejected rows. */
export const PERSONAL_READS = [
  'capture.read',
  'rights.opened',
  'source.column_revealed',
  'source.rejects_taken',
] as const satisfies readonly EventType[]

/** Who is told of each week: whoever leads the process, and answers for who may see citizens' data. */
export const READING_TOLD_DUTIES = ['jefatura_ogac']

/** Weeks before that say what is usual for somebody. */
export const USUAL_WEEKS = 8

/**
 * Mondays of the full weeks before `day` that nobody looked over, the first one first: a server that was away skips Mondays. Only the
 * week before where `last`, the last one looked over, is none.
 */
export function weeksToLookOver(last: string | undefined, day: string): string[] {
  const newest = addDays(mondayOf(day), -7)
  const weeks: string[] = []
  for (let week = last === undefined ? newest : addDays(last, 7); week <= newest; week = addDays(week, 7))
    weeks.push(week)
  return weeks
}

/** Fewer than this in a week are never too many. */
const FEW = 20
/** Of whoever never read before. */
const FEW_FOR_NEW = 50
const TIMES_THE_USUAL = 3
/** Times or more that one record is seen in a week. */
export const SAME_OBJECT = 6
/** Hours of Colombia in which offices work, with room at both ends. */
export const DAY_HOURS = { from: 6, to: 20 }

/** What one person saw in a week. */
export interface WeekOfReading {
  reads: number
  /** How often the object seen most. */
  mostOfOne: number
  /** Civil dates with a read. */
  days: readonly string[]
  /** Hours of the day, 0 to 23, with a read. */
  hours: readonly number[]
  /** Reads of each week before that had any, `USUAL_WEEKS` at most. */
  before: readonly number[]
}

const UNUSUAL = ['many', 'day_off', 'night', 'same_object'] as const
export type Unusual = (typeof UNUSUAL)[number]

/** Why a week is unusual; none where it is as any other. `isWorkingDay`: by the calendar of the entity. */
export function unusualIn(week: WeekOfReading, isWorkingDay: (day: string) => boolean): Unusual[] {
  const usual = median(week.before)
  const limit = usual === null ? FEW_FOR_NEW : Math.max(FEW, TIMES_THE_USUAL * usual)
  const found: Record<Unusual, boolean> = {
    many: week.reads > limit,
    day_off: week.days.some((day) => !isWorkingDay(day)),
    night: week.hours.some((hour) => hour < DAY_HOURS.from || hour >= DAY_HOURS.to),
    same_object: week.mostOfOne >= SAME_OBJECT,
  }
  return UNUSUAL.filter((code) => found[code])
}

function median(of: readonly number[]): number | null {
  const sorted = [...of].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low, high] = sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : [sorted[middle - 1], sorted[middle]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}
