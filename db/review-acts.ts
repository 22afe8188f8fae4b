/** The signature of an act of a review, with name, cargo, statement and method as they were then (Ley 527 de 1999). */
import { sql } from 'kysely'
import { REVIEW_STATEMENTS, signatureMethod } from '../catalog/statements.ts'
import type { ActRow, CampaignAct } from './acts.ts'
import type { Trx } from './client.ts'
import type { LiveTenure } from './tenures.ts'

/** `items`: how many cases the act is about; null for a whole campaign. */
export async function recordReviewSignature(
  trx: Trx,
  campaignId: string,
  act: ActRow,
  { tenure, items }: { tenure: LiveTenure; items: number | null },
): Promise<void> {
  const kind = act.kind as CampaignAct
  await trx
    .insertInto('review_signature')
    .values({
      ...{ id: act.id, entity_id: act.entity_id, campaign_id: campaignId, kind, items },
      ...{ person_id: act.person_id, position_id: act.position_id, person_name: tenure.personName },
      ...{ position_name: tenure.positionName, tenure_kind: tenure.kind, statement: REVIEW_STATEMENTS[kind] },
      method: signatureMethod(act.proof),
      ...{ receipt_code: act.receipt_code, signed_at: sql<Date>`app_now()` },
    })
    .execute()
}
