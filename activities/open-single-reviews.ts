import { insertCampaign } from '../db/campaigns.ts'
import { withEntity } from '../db/client.ts'
import { appToday } from '../db/clock.ts'
import { faultPoint } from '../db/fault-points.ts'
import { idOf } from '../db/ids.ts'
import { listAccessHolders, listFiledSingles } from '../db/single-reviews.ts'
import { entityCalendar } from '../db/terms.ts'
import { yearOf } from '../domain/civil-dates.ts'
import { causeOfReview, SINGLE_REVIEW } from '../domain/review-causes.ts'
import type { OpenReviews } from './open-yearly-review.ts'
import type { Tools } from './tools.ts'

/**
 * Opens a review of the accesses of each person to whom something happened (C11), once a day. Their workflow takes the accesses
 * in and tells whoever reviews, and the person. Answers those that are to begin, so that none is lost on the way.
 */
export async function openSingleReviews(tools: Tools, { entityId, day }: OpenReviews): Promise<string[]> {
  faultPoint('worker:before-record')
  return await withEntity(tools.database, entityId, async (trx) => {
    const calendar = await entityCalendar(trx, entityId)
    for (const { personId, ...facts } of await listAccessHolders(trx, entityId, day)) {
      const cause = causeOfReview(facts, day, calendar)
      if (cause === null) continue
      const id = idOf('campaign', entityId, personId, day)
      const about = { kind: 'event' as const, cause, subjectId: personId, openedBy: null, vigencia: yearOf(day) }
      await insertCampaign(trx, { id, entityId, ...about, ...SINGLE_REVIEW }, yearOf(appToday()))
    }
    return await listFiledSingles(trx, entityId)
  })
}
