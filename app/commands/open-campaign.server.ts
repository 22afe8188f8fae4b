import { type ActRow, findAct, requireAct, storeAct } from '../../db/acts.ts'
import { insertCampaign } from '../../db/campaigns.ts'
import type { Trx } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { hashOf } from '../../db/content-hash.ts'
import { idOf } from '../../db/ids.ts'
import { countInScope } from '../../db/review-scope.ts'
import { type InputError, readInput } from '../../domain/input-reading.ts'
import { campaignRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import { type CampaignInput, campaignInput } from '../../domain/review-inputs.ts'
import type { AppContext } from '../context.server.ts'
import { recordRefusalOf } from '../refusal.server.ts'
import { type Actor, isProofRecent } from '../session.server.ts'
import { type Receipt, receiptCode, sameBody } from './conduct-act.server.ts'
import { conductStored } from './conduct-stored.server.ts'
import { permitted } from './permitted.server.ts'

type Opened = (Receipt & { ok: true; campaignId: string }) | { ok: false; errors: InputError[] }

/**
 * Whoever leads the process opens the review of the accesses of a vigencia (D2, C4): row `filed`, act, then its workflow
 * starts under its id (model.md §3). What cannot be taken as typed is a refusal too.
 */
export async function openCampaign(context: AppContext, actor: Actor, typed: Record<string, string>): Promise<Opened> {
  const { entityId } = actor
  const read = readInput(campaignInput(Number(appToday().slice(0, 4))), typed)
  if (!read.ok) {
    await recordRefusalOf(context, actor, { objectId: entityId }, new Refused('campaign_input'))
    return read
  }
  const id = idOf('campaign', entityId, read.input.formKey)
  const receipt = await conductStored(context, actor, entityId, (trx) =>
    openOnce(trx, context, actor, { id, input: read.input }),
  )
  return { ok: true, ...receipt, campaignId: id }
}

async function openOnce(
  trx: Trx,
  context: AppContext,
  actor: Actor,
  { id: campaignId, input }: { id: string; input: CampaignInput },
): Promise<ActRow> {
  const { entityId, personId, position } = actor
  const id = idOf(campaignId, 'open', '', personId, position.id, 0)
  const bodyHash = hashOf(input)
  const known = await findAct(trx, id)
  if (known) return sameBody(known, bodyHash)
  refuseIf(whyNot(permitted(actor), 'lead', 'Campaign', campaignRow(entityId)))
  if (!isProofRecent(actor)) throw new Refused('proof_expired')
  const { vigencia, workingDays, onSilence } = input
  const openedBy = { personId, positionId: position.id }
  const about = { kind: 'yearly' as const, cause: null, subjectId: null }
  const campaign = { id: campaignId, entityId, ...about, vigencia, workingDays, onSilence }
  await insertCampaign(trx, { ...campaign, openedBy }, Number(appToday().slice(0, 4)))
  if ((await countInScope(trx, entityId, input.vigencia)) === 0) throw new Refused('nothing_to_review')
  const stored = await storeAct(trx, {
    ...{ id, entityId, cycleId: null, campaignId, stepCode: null, kind: 'open', objectType: 'access_campaign' },
    ...{ objectId: campaignId, signatureRole: null, personId, positionId: position.id, duty: position.duty },
    ...{
      actingFor: position.actingFor?.personId ?? null,
      k: 0,
      contentHash: null,
      bodyHash,
      proved: actor,
      requestId: context.requestId,
    },
    ...{ receiptCode: receiptCode(id), observations: [] },
  })
  return sameBody(stored ?? (await requireAct(trx, id)), bodyHash)
}
