import { withEntity } from '../db/client.ts'
import { lockCycle } from '../db/cycles.ts'
import { insertSummary, isDelivered } from '../db/summaries.ts'
import { emitSummaryGrounds, findSummaryGrounds } from '../db/summary-grounds.ts'
import { summaryFor } from '../domain/summaries.ts'
import { disseminationWorkflowId } from '../workflows/messages.ts'
import { type TellAgencies, tellOfSummaries } from './tell-agencies.ts'
import type { Tools } from './tools.ts'

/**
 * Hands its summary to every dependencia of the entity once the results of a cycle are public, and tells whoever heads it
 * (features H9). Answers the ISO instant of the next reminder; null where the cycle has no report to make summaries of.
 * A second run hands nothing over again.
 */
export async function disseminate(tools: Tools, input: TellAgencies): Promise<string | null> {
  const { entityId, cycleId } = input
  const stored = await withEntity(tools.database, entityId, (trx) => findSummaryGrounds(trx, cycleId))
  if (!stored) return null
  const grounds = await emitSummaryGrounds(tools.dataDir, stored)
  const cause = { now: new Date(input.now), workflowId: disseminationWorkflowId(cycleId) }
  await withEntity(tools.database, entityId, async (trx) => {
    await lockCycle(trx, cycleId)
    if (await isDelivered(trx, cycleId)) return
    for (const agency of stored.agencies) await insertSummary(trx, entityId, summaryFor(agency, grounds), cause)
  })
  return await tellOfSummaries(tools, input)
}
