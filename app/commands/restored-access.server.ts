import { listHeadPositions } from '../../db/agency-heads.ts'
import type { Trx } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { findGrantPage, findLaterRequest } from '../../db/grant-pages.ts'
import { findGrantReview } from '../../db/review-statements.ts'
import { entityCalendar } from '../../db/terms.ts'
import { objectionToUndo } from '../../domain/campaigns.ts'
import { isId } from '../../domain/ids.ts'
import { grantRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { Actor } from '../session.server.ts'
import { undoText } from '../text/reviews.ts'
import { permitted } from './permitted.server.ts'

/**
 * The request of an access that a review ended, as it stood, for the days it had left; the case of the review is its
 * communication (C7). Throws `Refused('not_visible')` for one of another organismo, `undo_over` once its days are over, `undo_done`
 * where it was asked for again.
 */
export async function restoredRequest(trx: Trx, actor: Actor, id: string) {
  const grant = isId(id) ? await findGrantPage(trx, actor.entityId, id) : undefined
  if (!grant || grant.agencyId !== actor.position.agencyId) throw new Refused('not_visible')
  const heads = await listHeadPositions(trx, grant.agencyId)
  refuseIf(whyNot(permitted(actor), 'ask', 'Grant', grantRow(actor.entityId, heads, grant.granteeId)))
  const today = appToday()
  const review = await findGrantReview(trx, id)
  const askedAgain = (await findLaterRequest(trx, actor.entityId, id)) ?? null
  const ended = { status: grant.status, endsOn: grant.endsOn, closedOn: review?.closedOn ?? null, askedAgain }
  refuseIf(objectionToUndo(ended, today, await entityCalendar(trx, actor.entityId)))
  if (!review?.closedOn) throw new Refused('undo_over')
  const hasBegun = grant.startsOn <= today
  const saidOn = review.ticketOn ?? review.closedOn
  // Around midnight the clock of the close may be ahead of this one.
  const isAhead = saidOn > today
  return {
    ...{ granteeId: grant.granteeId, pointId: grant.pointId, form: grant.form },
    ...{ startsOn: hasBegun ? today : grant.startsOn, endsOn: grant.endsOn },
    ...{ radicado: undoText.communication(review.code, review.ticket), radicadoOn: isAhead ? today : saidOn },
  }
}
