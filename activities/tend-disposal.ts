import { recordEvent } from '../db/audit.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { disposalEvent, holdDisposal, type LoadedDisposal, moveDisposal, requireDisposable } from '../db/disposals.ts'
import { holdContent } from '../db/gone-content.ts'
import { Refused } from '../domain/refusals.ts'
import { type DisposalRecord, disposalRecord } from './disposal-record.ts'
import type { Tools } from './tools.ts'

export interface TendDisposal {
  entityId: string
  disposalId: string
  /** Workflow's clock, ISO. */
  now: string
}

/**
 * Begins an approved disposal whose time to be withdrawn went by, or ends it where the table, the cycle or its content is no longer as
 * it was approved. Repeating it finds nothing left to do.
 */
export async function tendDisposal(tools: Tools, { entityId, disposalId, now }: TendDisposal): Promise<DisposalRecord> {
  return await withEntity(tools.database, entityId, async (trx) => {
    const disposal = await holdDisposal(trx, disposalId)
    const { status, beginsAt } = disposal.state
    if (status === 'approved' && beginsAt !== null && beginsAt <= now) {
      const begins = await standsAsApproved(trx, disposal)
      await moveDisposal(trx, disposal, { status: begins ? 'running' : 'withdrawn', at: new Date(now) })
      await recordEvent(trx, disposalEvent(disposal, begins ? 'disposal.begun' : 'disposal.not_begun'))
    }
    return await disposalRecord(trx, disposalId)
  })
}

async function standsAsApproved(trx: Trx, { entityId, cycleId, state }: LoadedDisposal): Promise<boolean> {
  await holdContent(trx, cycleId, 'taking')
  try {
    const { contentHash } = await requireDisposable(trx, { entityId, cycleId, ownId: state.id })
    return contentHash === state.contentHash
  } catch (failure) {
    if (failure instanceof Refused) return false
    throw failure
  }
}
