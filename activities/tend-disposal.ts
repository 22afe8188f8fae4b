import { recordEvent } from '../db/audit.ts'
import { withEntity } from '../db/client.ts'
import { disposalEvent, holdDisposal, moveDisposal } from '../db/disposals.ts'
import { type DisposalRecord, disposalRecord } from './disposal-record.ts'
import type { Tools } from './tools.ts'

export interface TendDisposal {
  entityId: string
  disposalId: string
  /** Workflow's clock, ISO. */
  now: string
}

/** Begins an approved disposal whose time to be withdrawn went by. Repeating it finds nothing left to do. */
export async function tendDisposal(tools: Tools, { entityId, disposalId, now }: TendDisposal): Promise<DisposalRecord> {
  return await withEntity(tools.database, entityId, async (trx) => {
    const disposal = await holdDisposal(trx, disposalId)
    const { status, beginsAt } = disposal.state
    if (status === 'approved' && beginsAt !== null && beginsAt <= now) {
      await moveDisposal(trx, disposal, { status: 'running', at: new Date(now) })
      await recordEvent(trx, disposalEvent(disposal, 'disposal.begun'))
    }
    return await disposalRecord(trx, disposalId)
  })
}
