import { type ActRow, markDone } from '../db/acts.ts'
import type { Trx } from '../db/client.ts'
import { recordDisposalEvent, recordDisposalSignature } from '../db/disposal-acts.ts'
import { holdDisposal, type LoadedDisposal, moveDisposal, requireDisposable } from '../db/disposals.ts'
import { requireLiveTenure } from '../db/tenures.ts'
import { applyToDisposal, type DisposalDecision, disposalRight, objectionsToDisposal } from '../domain/disposal.ts'
import { whyNot } from '../domain/permissions.ts'
import { Refused, refuseIf } from '../domain/refusals.ts'
import { type DisposalRecord, disposalRecord } from './disposal-record.ts'
import { recordVerdict } from './record-verdict.ts'
import type { Tools } from './tools.ts'

export interface RecordDisposalVerdict {
  entityId: string
  verdict: DisposalDecision
  /** Workflow's clock, ISO. */
  now: string
}

/**
 * The record transaction of one verdict on a disposal: live tenure, signature, status, event, act → done, all or nothing. Already
 * recorded is an answer.
 */
export async function recordDisposalVerdict(tools: Tools, input: RecordDisposalVerdict): Promise<DisposalRecord> {
  const { verdict, entityId } = input
  return await recordVerdict(tools, {
    ...{ entityId, actId: verdict.id },
    hold: (trx) => holdDisposal(trx, verdict.disposalId),
    write: (trx, disposal, act) => write(trx, disposal, act, input),
    read: (trx) => disposalRecord(trx, verdict.disposalId),
  })
}

async function write(
  trx: Trx,
  disposal: LoadedDisposal,
  act: ActRow,
  { verdict, now }: RecordDisposalVerdict,
): Promise<void> {
  const { state, entityId } = disposal
  const tenure = await requireLiveTenure(trx, verdict, verdict.kind)
  refuseIf(whyNot({ entityId, ...verdict }, disposalRight(verdict.kind, state.status), 'Entity', { entityId }))
  refuseIf(objectionsToDisposal(state, verdict)[0])
  if (verdict.kind === 'approve_disposal') await requireAsInventoried(trx, disposal)
  await recordDisposalSignature(trx, disposal, act, tenure)
  await moveDisposal(trx, disposal, { status: applyToDisposal(state, verdict).status, at: new Date(now) })
  await recordDisposalEvent(trx, disposal, act)
  await markDone(trx, act.id)
}

/** What is signed is what would go, by the rows themselves, and the table still orders it on this very day. */
async function requireAsInventoried(trx: Trx, { entityId, cycleId, state }: LoadedDisposal): Promise<void> {
  const { contentHash } = await requireDisposable(trx, { entityId, cycleId, ownId: state.id })
  if (contentHash !== state.contentHash) throw new Refused('inventory_changed')
}
