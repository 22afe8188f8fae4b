import {
  addCalendarDay,
  type CalendarChange,
  previewCalendarDay,
  refuseDay,
  removeCalendarDay,
} from '../../db/calendar-days.ts'
import type { MovedTerm } from '../../db/terms.ts'
import { addCalendarDayInput, type Problem, removeCalendarDayInput } from '../../domain/administration.ts'
import { administer, type Change, type Typed } from '../administration.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'

export type CalendarPreview = { moved: MovedTerm[]; problems?: undefined } | { problems: Problem[] }

/** What a day would move, before anybody confirms it; nothing changes. */
export function previewDay(context: AppContext, actor: Actor, typed: Typed): Promise<Change<CalendarPreview>> {
  return administer(
    context,
    actor,
    { schema: addCalendarDayInput, typed },
    async (trx, by, input): Promise<CalendarPreview> => {
      const refused = await refuseDay(trx, by.entityId, input)
      return refused ?? { moved: await previewCalendarDay(trx, by.entityId, input) }
    },
  )
}

export function registerDay(context: AppContext, actor: Actor, typed: Typed): Promise<Change<CalendarChange>> {
  return administer(context, actor, { schema: addCalendarDayInput, typed }, addCalendarDay)
}

export function takeDayBack(context: AppContext, actor: Actor, typed: Typed): Promise<Change<CalendarChange>> {
  return administer(context, actor, { schema: removeCalendarDayInput, typed }, (trx, by, input) =>
    removeCalendarDay(trx, by, input.day),
  )
}
