import { Context } from '@temporalio/activity'
import { type Client, isGrpcServiceError } from '@temporalio/client'
import { historyDiffers } from '../db/automatic-checks/history-differs.ts'
import { withEntity } from '../db/client.ts'
import { listUnread, storeReading, type WorkflowNames } from '../db/workflow-cases.ts'
import type { Examination } from '../domain/controls.ts'
import {
  acceptanceWorkflowId,
  campaignWorkflowId,
  cycleWorkflowId,
  delegationWorkflowId,
  reviewListWorkflowId,
  rightsWorkflowId,
} from '../workflows/messages.ts'
import { readHistory } from './read-history.ts'
import type { Tools } from './tools.ts'

export const NAMES: WorkflowNames = {
  cycle: cycleWorkflowId(''),
  grant: delegationWorkflowId(''),
  rights: rightsWorkflowId(''),
  acceptance: acceptanceWorkflowId(''),
  campaign: campaignWorkflowId(''),
  list: reviewListWorkflowId('', '').slice(campaignWorkflowId('').length),
}

/** As many a round as it reads in about half a minute; the others wait for the next night, and the run says how many. */
const HISTORIES = 2_000
const AT_ONCE = 8
const PATIENCE_MS = 10_000

/**
 * Reads what Temporal says since the last round and holds it against the tables. Without Temporal nothing can be said: that is no green.
 */
export async function compareHistories(
  tools: Tools,
  entityId: string,
  client: Client = Context.current().client,
): Promise<{ examination: Examination } | { failureCode: string }> {
  const read = <T>(work: Parameters<typeof withEntity<T>>[2]) => withEntity(tools.database, entityId, work)
  const { workflowIds, all } = await read((trx) => listUnread(trx, { entityId, names: NAMES, limit: HISTORIES }))
  const waiting = [...workflowIds]
  const reader = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const reading = await client.withDeadline(deadline(), () => readHistory(client, id))
      await read((trx) => storeReading(trx, entityId, reading))
    }
  }
  try {
    await client.withDeadline(deadline(), () => client.workflowService.getSystemInfo({}))
    await Promise.all(Array.from({ length: AT_ONCE }, reader))
  } catch (failure) {
    if (!isAway(failure)) throw failure
    return { failureCode: 'temporal_away' }
  }
  const examination = await read((trx) => historyDiffers(trx, { entityId, names: NAMES }))
  const facts = { histories: workflowIds.length, ...(all > workflowIds.length && { unread: all - workflowIds.length }) }
  return { examination: { ...examination, facts } }
}

/** By the machine's clock, which no test moves. */
const deadline = () => performance.timeOrigin + performance.now() + PATIENCE_MS

function isAway(failure: unknown): boolean {
  return isGrpcServiceError(failure) || (failure instanceof Error && isGrpcServiceError(failure.cause))
}
