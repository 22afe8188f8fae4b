/** The days by which risks are reviewed, when a change of the calendar moves them (features D10, N13). */
import { sql } from 'kysely'
import type { Calendar } from '../domain/calendar.ts'
import { nextReviewOn } from '../domain/risk-reviews.ts'
import type { Trx } from './client.ts'
import { findCadence, planReview } from './risk-reviews.ts'
import type { MovedTerm } from './terms.ts'

/** More days in a row than ever pass without one on which people work. */
const SPAN = 15

/** Days of reviews that a change of one day would move, by the calendar as it would be then; nothing changes. */
export async function listMovedReviews(
  trx: Trx,
  entityId: string,
  day: string,
  calendar: Calendar,
): Promise<(MovedTerm & { riskId: string })[]> {
  const found = await sql<{ termId: string; riskId: string; code: string; before: string }>`
    select id as "termId", object_id as "riskId", code, due_on::text as before from follow_up
    where entity_id = ${entityId} and kind = 'risk_review' and status = 'open'
      and due_on between ${day}::date and ${day}::date + ${sql.lit(SPAN)}
    order by due_on, code`.execute(trx)
  const moved: (MovedTerm & { riskId: string })[] = []
  for (const { code, before, ...row } of found.rows) {
    const cadence = await findCadence(trx, row.riskId)
    const after = cadence && nextReviewOn(cadence.lastOn, cadence.months, calendar)
    if (after && after !== before)
      moved.push({ ...row, cycleId: null, cycleName: null, of: { review: code }, before, after })
  }
  return moved
}

/** Asks for each of them by its new day. */
export async function moveReviews(trx: Trx, entityId: string, day: string, calendar: Calendar): Promise<MovedTerm[]> {
  const moved = await listMovedReviews(trx, entityId, day, calendar)
  for (const { riskId } of moved) await planReview(trx, entityId, riskId)
  return moved
}
