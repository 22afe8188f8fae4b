import { changeReviewCalendar } from '../../db/review-calendar.ts'
import { campaignRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { refuseIf } from '../../domain/refusals.ts'
import type { ReviewCalendarInput } from '../../domain/review-inputs.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

/** Says when reviews of accesses open by themselves, and why that changes; the worker follows within seconds (C4, C11). */
export async function setReviewCalendar(context: AppContext, actor: Actor, input: ReviewCalendarInput): Promise<void> {
  await recordingRefusals(context, actor, { objectId: actor.entityId }, async (trx, by) => {
    refuseIf(whyNot(permitted(actor), 'lead', 'Campaign', campaignRow(actor.entityId)))
    await changeReviewCalendar(trx, by, input)
  })
}
