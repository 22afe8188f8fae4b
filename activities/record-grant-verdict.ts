import { type ActRow, markDone } from '../db/acts.ts'
import { listHeadPositions } from '../db/agency-heads.ts'
import type { Trx } from '../db/client.ts'
import { recordAcceptance, recordGrantEvent, recordGrantSignature } from '../db/grant-acts.ts'
import { endGrantNotices, planGrantNotices } from '../db/grant-notices.ts'
import { holdGrant, type LoadedGrant, settleGrant } from '../db/grants.ts'
import { requireLiveTenure } from '../db/tenures.ts'
import { entityCalendar } from '../db/terms.ts'
import { type GrantDecision, isOver, objectionsToGrant } from '../domain/grants.ts'
import { GRANT_RIGHTS, grantRow } from '../domain/permission-rows.ts'
import { whyNot } from '../domain/permissions.ts'
import { Refused, refuseIf } from '../domain/refusals.ts'
import { type GrantRecord, grantRecord } from './grant-record.ts'
import { recordVerdict } from './record-verdict.ts'
import { tellOfGrant } from './tell-of-grant.ts'
import type { Tools } from './tools.ts'

export interface RecordGrantVerdict {
  entityId: string
  verdict: GrantDecision
  /** Workflow's clock, ISO. */
  now: string
}

/**
 * The record transaction of one verdict on a delegated access: live tenure, signature, commitment, status, notices, event,
 * mail, act → done, all or nothing. Already recorded is an answer.
 */
export async function recordGrantVerdict(tools: Tools, input: RecordGrantVerdict): Promise<GrantRecord> {
  const { verdict, entityId } = input
  return await recordVerdict(tools, {
    ...{ entityId, actId: verdict.id },
    hold: (trx) => holdGrant(trx, verdict.grantId),
    write: (trx, grant, act) => write(trx, tools, grant, act, input),
    read: (trx) => grantRecord(trx, verdict.grantId),
  })
}

async function write(
  trx: Trx,
  tools: Tools,
  grant: LoadedGrant,
  act: ActRow,
  { verdict, now }: RecordGrantVerdict,
): Promise<void> {
  const tenure = await requireLiveTenure(trx, verdict, verdict.kind)
  await refuseWithoutRight(trx, grant, verdict)
  const first = objectionsToGrant(grant.state, verdict)[0]
  if (first) throw new Refused(first.code, first.facts)
  const at = new Date(now)
  await recordGrantSignature(trx, grant, act, tenure)
  if (verdict.kind === 'accept') await recordAcceptance(trx, grant, act)
  const after = { ...grant, state: await settleGrant(trx, grant.state, verdict, at) }
  if (verdict.kind === 'grant') await planGrantNotices(trx, after, await entityCalendar(trx, grant.entityId))
  if (isOver(after.state.status)) await endGrantNotices(trx, verdict.grantId, at)
  await recordGrantEvent(trx, after, act)
  await tellOfGrant(trx, tools, after, at)
  await markDone(trx, act.id)
}

/** Judged again when it is recorded: a position may head the organismo no longer. */
async function refuseWithoutRight(trx: Trx, grant: LoadedGrant, verdict: GrantDecision): Promise<void> {
  const { entityId, agencyId, state } = grant
  const row = grantRow(entityId, await listHeadPositions(trx, agencyId), state.granteeId)
  refuseIf(whyNot({ entityId, ...verdict }, GRANT_RIGHTS[verdict.kind], 'Grant', row))
}
