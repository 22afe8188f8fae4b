import { data, redirect } from '@remix-run/node'
import type { Trx } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { findLastTurn, findReviewCalendar, listEarlierCalendars } from '../../db/review-calendar.ts'
import { readInput } from '../../domain/input-reading.ts'
import { nextTurn } from '../../domain/review-calendar.ts'
import { ReviewCalendarInput } from '../../domain/review-inputs.ts'
import { type FieldError, invalid } from '../answer.server.ts'
import { setReviewCalendar } from '../commands/change-review-calendar.server.ts'
import type { AppContext } from '../context.server.ts'
import { shownRefusal } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { inputErrors } from '../text/inputs.ts'

export const CALENDAR_FORM = 'calendario'

/** When reviews open by themselves, when the next one does, what came of the last day, and what was in force before. */
export async function calendarOf(trx: Trx, entityId: string, search: URLSearchParams) {
  const calendar = await findReviewCalendar(trx, entityId)
  const last = (await findLastTurn(trx, entityId)) ?? null
  return {
    calendar: { ...calendar, last, nextOn: calendar.yearly ? nextTurn(calendar, appToday()) : null },
    earlier: await listEarlierCalendars(trx, entityId, { cursor: search.get('cambios') }),
  }
}

export async function changeCalendar(context: AppContext, actor: Actor, typed: Record<string, string>) {
  const read = readInput(ReviewCalendarInput, typed)
  if (!read.ok)
    return invalid(
      inputErrors(read.errors, (path) => `${CALENDAR_FORM}-${path}`),
      typed,
    )
  try {
    await setReviewCalendar(context, actor, read.input)
    return redirect('/accesos/campanas?hecho=calendario')
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    const errors: FieldError[] = [{ field: `${CALENDAR_FORM}-reason`, message: sentence }]
    return data({ errors, values: typed }, { status })
  }
}
