import { appToday } from '../../db/clock.ts'
import type { InboxActor, InboxLine } from '../../db/inbox.ts'
import type { WaitingReview } from '../../db/review-pages.ts'
import type { SummaryRow } from '../../db/summaries.ts'
import type { Calendar } from '../../domain/calendar.ts'
import { termChip, workingDaysLeft } from '../../domain/terms.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { Actor } from '../session.server.ts'

/** Whose inbox it is: the person in the position they act in. */
export function inboxReader(actor: Actor): InboxActor {
  const { kind, actingFor } = actor.position
  return { ...permitted(actor), kind, actingFor: actingFor?.personId ?? null }
}

export type ShownLine = ReturnType<typeof shownLine>

/** A line as the inbox shows it: without its key, with the term as a chip and the días hábiles left. */
export function shownLine(line: InboxLine, calendar: Calendar) {
  const { openedAt: _opened, claimedAt: _claimed, dueDate, ...facts } = line
  const shown = { ...facts, dueDate }
  if (!dueDate) return { ...shown, chip: null, daysLeft: null }
  const today = appToday()
  return { ...shown, chip: termChip(dueDate, today, calendar), daysLeft: workingDaysLeft(dueDate, today, calendar) }
}

/** The results that wait for a dependencia, with the días hábiles it has left. */
export function shownSummary(summary: SummaryRow, calendar: Calendar) {
  const { id, cycleId, agencyId, agencyName, vigencia, dueDate, readAt } = summary
  const daysLeft = workingDaysLeft(dueDate, appToday(), calendar)
  return { id, cycleId, agencyId, agencyName, vigencia, dueDate, daysLeft, isRead: readAt !== null }
}

/** A list of a review that waits for answers, with the working days left. */
export function shownReview(review: WaitingReview, calendar: Calendar) {
  return { ...review, daysLeft: workingDaysLeft(review.dueOn, appToday(), calendar) }
}
