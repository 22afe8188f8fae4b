/** A review of accesses from its opening to its evidence, for recording: that of the campaign and of one reviewer. */
import { closeCampaign } from '../../app/commands/close-campaign.server.ts'
import { findCampaign } from '../../db/campaigns.ts'
import { withEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { eventually } from '../../scripts/processes.ts'
import { campaignWorkflowId, reviewListWorkflowId } from '../../workflows/messages.ts'
import { grantedAccess } from '../support/accesses.ts'
import { answerLists, listsTold, openReview } from '../support/reviews.ts'
import type { World } from '../support/world.ts'

/** Ids of the workflows that ended, by the name of their history. */
export async function reviewed(world: World): Promise<Record<'review' | 'reviewer', string>> {
  const [head, grantee, lead] = await Promise.all(
    (['dependencia', 'atencion', 'jefatura_ogac'] as const).map((duty) => world.actor(duty)),
  )
  if (!head || !grantee || !lead) throw new Error('a position is vacant')
  const grantIds = [
    await grantedAccess(world.context, { head, lead, grantee }, 'F004'),
    await grantedAccess(world.context, { head, lead, grantee }, 'F006'),
  ]
  const campaignId = await openReview(world.context, lead, 'retire')
  const [listId = ''] = await eventually(() => listsTold(world, campaignId, grantIds), 60)
  await answerLists(world, campaignId, [head.position.name], (n) => (n === 0 ? 'confirm' : 'retire'))
  await closeCampaign(world.context, { ...lead, provedAt: appNow() }, { campaignId })
  await eventually(async () => {
    const campaign = await withEntity(world.owner, world.entityId, (trx) => findCampaign(trx, campaignId))
    if (campaign?.state.status !== 'closed') throw new Error('the review is being carried out')
  }, 60)
  return { review: campaignWorkflowId(campaignId), reviewer: reviewListWorkflowId(campaignId, listId) }
}
