import { recordEvent } from '../db/audit.ts'
import { findCampaign, type LoadedCampaign } from '../db/campaigns.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { faultPoint } from '../db/fault-points.ts'
import { grantEvent } from '../db/grant-acts.ts'
import { endGrantNotices, planGrantNotices } from '../db/grant-notices.ts'
import { endGrantEarlier, holdGrant, type LoadedGrant, moveGrant } from '../db/grants.ts'
import { endItem, holdPendingOutcome, type PendingOutcome } from '../db/review-closing.ts'
import { entityCalendar } from '../db/terms.ts'
import { endOf } from '../domain/campaigns.ts'
import type { GrantStatus } from '../domain/grants.ts'
import { type GrantRecord, grantRecord } from './grant-record.ts'
import { tellOfGrant } from './tell-of-grant.ts'
import type { Tools } from './tools.ts'

export interface SettleReview {
  entityId: string
  grantId: string
  /** Workflow's clock, ISO. */
  now: string
}

/**
 * The record transaction of what a closed review decided of one access: it ends, or has fewer days; the case is done, and
 * whom it concerns is told (C6, C12). Done once: repeating it, and an access that ended meanwhile, change nothing.
 */
export async function settleReview(tools: Tools, input: SettleReview): Promise<GrantRecord> {
  faultPoint('worker:before-record')
  const record = await withEntity(tools.database, input.entityId, async (trx) => {
    const grant = await holdGrant(trx, input.grantId)
    const pending = await holdPendingOutcome(trx, input.grantId)
    if (pending) await settle(trx, tools, grant, pending, new Date(input.now))
    faultPoint('worker:before-commit')
    return await grantRecord(trx, input.grantId)
  })
  faultPoint('worker:after-commit')
  return record
}

async function settle(trx: Trx, tools: Tools, grant: LoadedGrant, pending: PendingOutcome, at: Date): Promise<void> {
  const campaign = await findCampaign(trx, pending.campaignId)
  if (!campaign) throw new Error(`campaign ${pending.campaignId} has no row`)
  const status = await apply(trx, tools, grant, { pending, campaign, at })
  await endItem(trx, pending.itemId, status, at)
}

interface Settling {
  pending: PendingOutcome
  campaign: LoadedCampaign
  at: Date
}

/** Answers the status it has now. */
async function apply(trx: Trx, tools: Tools, grant: LoadedGrant, settling: Settling): Promise<GrantStatus> {
  const { pending } = settling
  if (grant.state.status !== 'granted') return grant.state.status
  if (pending.outcome === 'changed') return await shorten(trx, grant, settling)
  return await end(trx, tools, grant, settling)
}

async function end(
  trx: Trx,
  tools: Tools,
  grant: LoadedGrant,
  { pending, campaign, at }: Settling,
): Promise<GrantStatus> {
  const status = endOf(pending.outcome) ?? 'retired'
  const after = { ...grant, state: await moveGrant(trx, grant.state, { status, at }) }
  await endGrantNotices(trx, grant.state.id, at)
  const event = grantEvent(after, status === 'suspended' ? 'access.suspended' : 'access.retired')
  const about = [
    { field: 'campaign', before: null, after: campaign.code },
    { field: 'by', before: null, after: pending.by },
  ]
  await recordEvent(trx, { ...event, changes: [...(event.changes ?? []), ...about] })
  await tellOfGrant(trx, tools, after, at)
  return status
}

async function shorten(trx: Trx, grant: LoadedGrant, { pending, campaign, at }: Settling): Promise<GrantStatus> {
  const endsOn = pending.endsOn ?? grant.state.endsOn
  const after = { ...grant, state: await endGrantEarlier(trx, grant.state, endsOn) }
  await endGrantNotices(trx, grant.state.id, at)
  await planGrantNotices(trx, after, await entityCalendar(trx, grant.entityId))
  const event = grantEvent(after, 'access.shortened')
  const about = [
    { field: 'campaign', before: null, after: campaign.code },
    { field: 'ends_on', before: grant.state.endsOn, after: endsOn },
  ]
  await recordEvent(trx, { ...event, changes: [...(event.changes ?? []), ...about] })
  return after.state.status
}
