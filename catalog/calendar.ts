/** The national calendar every entity starts from; an entity's own days come from its rows. */
import type { Calendar } from '../domain/calendar.ts'
import { HOLIDAY_RULES, HOLIDAYS_VERSION } from './holidays.ts'

export const NATIONAL_CALENDAR: Calendar = {
  version: HOLIDAYS_VERSION,
  holidayRules: HOLIDAY_RULES,
  extra: [],
  removed: [],
}

/** The national calendar with an entity's own non-working and suspended days; `revision` names that set of days. */
export function entityCalendar(
  own: { extra: Calendar['extra']; removed: Calendar['removed'] },
  revision: string,
): Calendar {
  return { ...NATIONAL_CALENDAR, ...own, version: `${HOLIDAYS_VERSION}+${revision}` }
}
