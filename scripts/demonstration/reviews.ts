/** The review of accesses of the demonstration, opened by whoever leads the process. */
import { openCampaign } from '../../app/commands/open-campaign.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { findStanding } from '../../db/campaigns.ts'
import { withEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { idOf } from '../../db/ids.ts'
import { eventually } from '../processes.ts'
import * as acts from './acts.ts'

const LEAD = 'jefatura_ogac'
const HEAD = 'dependencia'

/** Opens the review of the vigencia, unless it stands; answers it, with the list in it of one head of an organismo. */
export async function liveReview(
  context: AppContext,
  entityId: string,
): Promise<{ campaign: string; reviewList: string }> {
  const year = appToday().slice(0, 4)
  const standing = await withEntity(context.db, entityId, (trx) => findStanding(trx, entityId, Number(year)))
  const campaign = standing ?? (await open(context, entityId, year))
  const head = await acts.actorOf(context, entityId, HEAD)
  const reviewList = await eventually(
    () =>
      withEntity(context.db, entityId, (trx) =>
        trx
          .selectFrom('review_list')
          .select('id')
          .where('campaign_id', '=', campaign)
          .where('agency_id', '=', head.position.agencyId)
          .executeTakeFirstOrThrow(),
      ),
    60,
  )
  return { campaign, reviewList: reviewList.id }
}

async function open(context: AppContext, entityId: string, year: string): Promise<string> {
  const lead = await acts.actorOf(context, entityId, LEAD)
  const formKey = idOf('demo-review', entityId, year)
  const opened = await openCampaign(context, lead, { formKey, vigencia: year, workingDays: '10', onSilence: 'retire' })
  if (!opened.ok) throw new Error(JSON.stringify(opened.errors))
  return opened.campaignId
}
