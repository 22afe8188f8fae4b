import { type ActRow, markDone, markRefused, requireAct } from '../db/acts.ts'
import { listHeadPositions } from '../db/agency-heads.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { faultPoint } from '../db/fault-points.ts'
import { hasAccepted, recordGrantEvent, recordGrantSignature } from '../db/grant-acts.ts'
import { holdGrant, type LoadedGrant, moveGrant } from '../db/grants.ts'
import { recordRefusal } from '../db/refusals.ts'
import { findLiveTenure, handOf } from '../db/tenures.ts'
import { grantRow } from '../domain/permission-rows.ts'
import { whyNot } from '../domain/permissions.ts'
import { type GrantRecord, grantRecord } from './grant-record.ts'
import { tellOfGrant } from './tell-of-grant.ts'
import type { Tools } from './tools.ts'

export interface RecordGrantRequest {
  entityId: string
  grantId: string
  actId: string
  /** Workflow's clock, ISO. */
  now: string
}

/**
 * Records that an access was asked for: signature, event, the act done, the person told. Who has accepted the commitment of
 * this vigencia already is not asked for it again. Repeating it answers the same.
 */
export async function recordGrantRequest(tools: Tools, input: RecordGrantRequest): Promise<GrantRecord> {
  faultPoint('worker:before-record')
  const record = await withEntity(tools.database, input.entityId, async (trx) => {
    const grant = await holdGrant(trx, input.grantId)
    if (grant.state.status === 'filed') await file(trx, tools, grant, input)
    const after = await grantRecord(trx, input.grantId)
    faultPoint('worker:before-commit')
    return after
  })
  faultPoint('worker:after-commit')
  return record
}

async function file(trx: Trx, tools: Tools, grant: LoadedGrant, input: RecordGrantRequest): Promise<void> {
  const act = await requireAct(trx, input.actId)
  const now = new Date(input.now)
  const tenure = await findLiveTenure(trx, handOf(act))
  if (!tenure || !(await mayAsk(trx, grant, act))) return await refuse(trx, grant, act, now)
  const isKnown = await hasAccepted(trx, grant.state.granteeId, grant.vigencia)
  const state = await moveGrant(trx, grant.state, { status: isKnown ? 'accepted' : 'asked', at: now })
  const after = { ...grant, state }
  await recordGrantSignature(trx, after, act, tenure)
  await markDone(trx, act.id)
  await recordGrantEvent(trx, after, act)
  await tellOfGrant(trx, tools, after, now)
}

/** Whether the position heads the organismo still. */
async function mayAsk(trx: Trx, { entityId, agencyId, state }: LoadedGrant, act: ActRow): Promise<boolean> {
  const row = grantRow(entityId, await listHeadPositions(trx, agencyId), state.granteeId)
  const asker = { entityId, personId: act.person_id, positionId: act.position_id, duty: act.duty }
  return whyNot(asker, 'ask', 'Grant', row) === null
}

/** Whoever asked holds the position no longer, or it heads nothing: it ends before it was recorded. */
async function refuse(trx: Trx, grant: LoadedGrant, act: ActRow, now: Date): Promise<void> {
  await moveGrant(trx, grant.state, { status: 'refused', at: now })
  await markRefused(trx, act.id, 'tenure_ended')
  await recordRefusal(trx, {
    ...{ entityId: grant.entityId, personId: act.person_id, positionId: act.position_id, objectId: grant.state.id },
    ...{
      code: 'tenure_ended',
      actId: act.id,
      origin: 'workflow',
      requestId: act.request_id,
      actingFor: act.acting_for,
    },
  })
}
