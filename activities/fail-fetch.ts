import { recordEvent } from '../db/audit.ts'
import { withEntity } from '../db/client.ts'
import { type FetchFacts, failFetchRow, findFetch } from '../db/fetches.ts'
import { type FetchInput, fetchWorkflowId } from '../workflows/messages.ts'
import { removeLeft } from './import-source.ts'
import type { Tools } from './tools.ts'

export interface FailedFetch extends FetchInput {
  /** `cancelled`, or why nothing came. */
  code: string
  facts?: FetchFacts
}

/** Ends a fetch that brought nothing; one that already ended stays as it is. */
export async function failFetch(tools: Tools, input: FailedFetch): Promise<void> {
  const { entityId, fetchId, code, facts = {} } = input
  const status = code === 'cancelled' ? 'cancelled' : 'failed'
  await withEntity(tools.database, entityId, async (trx) => {
    const row = await findFetch(trx, fetchId)
    const isEnded = await failFetchRow(trx, fetchId, { status, code, facts })
    // Whoever asked to cancel left the event then.
    if (!row || !isEnded || row.cancelAskedAt) return
    await recordEvent(trx, {
      entityId,
      type: status === 'cancelled' ? 'fetch.cancelled' : 'fetch.failed',
      objectId: fetchId,
      objectVersion: row.sourceId,
      reasonCode: code,
      cycleId: row.cycleId,
      stepCode: '3',
      origin: 'system',
      workflowId: fetchWorkflowId(fetchId),
    })
  })
  await removeLeft(tools, fetchId)
}
