import { listHeadPositions } from '../../db/agency-heads.ts'
import { findGrant } from '../../db/grants.ts'
import { findGrantReview, insertStatement } from '../../db/review-statements.ts'
import { isCampaignOpen } from '../../domain/campaigns.ts'
import { grantRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { StatementInput } from '../../domain/review-inputs.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

/** The person whose access is under review says something to it, as long as the review is open (C12). */
export async function stateAboutReview(context: AppContext, actor: Actor, input: StatementInput): Promise<void> {
  const { grantId, body } = input
  await recordingRefusals(context, actor, { objectId: grantId }, async (trx, by) => {
    const grant = await findGrant(trx, grantId)
    if (!grant) throw new Refused('not_visible')
    const row = grantRow(actor.entityId, await listHeadPositions(trx, grant.agencyId), grant.state.granteeId)
    refuseIf(whyNot(permitted(actor), 'read', 'Grant', row))
    refuseIf(whyNot(permitted(actor), 'accept', 'Grant', row))
    const review = await findGrantReview(trx, grantId)
    if (!review || review.hasLeft || !isCampaignOpen(review.status)) throw new Refused('review_over')
    await insertStatement(trx, by, { grantId, itemId: review.itemId, code: review.code, body })
  })
}
