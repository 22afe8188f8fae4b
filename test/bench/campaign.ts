/**
 * Bench `campaign` (issue 5): a thousand accesses and 28 reviewers, on everything as it runs in production: from the opening
 * until every reviewer has been told of a list that is ready, and from the close until every access is ended and its end proved.
 */

import { setTimeout as sleep } from 'node:timers/promises'
import { closeCampaign } from '../../app/commands/close-campaign.server.ts'
import { openDatabase } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { demoEntityId } from '../../db/seed.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { eventually } from '../../scripts/processes.ts'
import { openProduct } from '../support/lived-in.ts'
import { manyAccesses, startDelegations } from '../support/many-accesses.ts'
import {
  answerLists,
  cameOut,
  countUnproved,
  countUnshown,
  listsTold,
  mustHaveEndedOnce,
  openReview,
} from '../support/reviews.ts'
import { type BenchRow, below, timed } from './figures.ts'
import { onRealSystem } from './real-services.ts'

const SIZE = { agencies: 28, grants: 1_000, alone: 0 }
const READY_S = 30
const EXECUTED_S = 300
/** A review that misses its target is measured to the end all the same. */
const PATIENCE_S = 1_200

export function campaign(): Promise<BenchRow[]> {
  return onRealSystem(async (system) => {
    const entityId = demoEntityId('santamarta')
    const owner = openDatabase(system.ownerUrl, { max: 2 })
    const product = openProduct(system)
    try {
      const { context } = product
      const { heads, reviewed } = await manyAccesses(owner, entityId, SIZE, 'medida')
      await startDelegations(context.temporal, { owner, entityId }, reviewed)
      const lead = await acts.actorOf(context, entityId, 'jefatura_ogac')
      const reviewing = { owner, context, entityId }
      let id = ''
      const ready = await timed(async () => {
        id = await openReview(context, lead, 'retire')
        await eventually(() => listsTold(reviewing, id, reviewed), PATIENCE_S)
      })
      await answerLists(reviewing, id, heads, () => 'retire')
      const executed = await timed(async () => {
        await closeCampaign(context, { ...lead, provedAt: appNow() }, { campaignId: id })
        await eventually(async () => {
          const unproved = await countUnproved(reviewing, id)
          if (unproved === 0) return
          // Looking is work too.
          await sleep(1_000)
          throw new Error(`${unproved} ends are not proved`)
        }, PATIENCE_S)
      })
      for (const one of await cameOut(reviewing, id, reviewed)) mustHaveEndedOnce(one)
      const unshown = await countUnshown(reviewing, reviewed)
      return [
        below('campaign: 1,000 accesses, 28 lists ready', ready / 1_000, 's', READY_S),
        below('campaign: 1,000 accesses ended and proved', executed / 1_000, 's', EXECUTED_S),
        below('campaign: accesses ended without a proof from before', unshown, 'accesses', 1),
      ]
    } finally {
      await product.close()
      await owner.close()
    }
  })
}
