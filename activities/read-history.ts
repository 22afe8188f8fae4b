import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import type { HistoryReading } from '../db/workflow-cases.ts'

type Update = HistoryReading['updates'][number]

/** What the newest run of a workflow says of itself, and every Update it took. */
export async function readHistory(client: Client, workflowId: string): Promise<HistoryReading> {
  const handle = client.workflow.getHandle(workflowId)
  try {
    const { runId, status, closeTime } = await handle.describe()
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory()
    const updates = new Map<string, Update>()
    for (const { workflowExecutionUpdateAcceptedEventAttributes: accepted, ...event } of events ?? []) {
      const completed = event.workflowExecutionUpdateCompletedEventAttributes
      const id = accepted?.protocolInstanceId ?? completed?.meta?.updateId
      if (!id) continue
      const name = accepted?.acceptedRequest?.input?.name ?? ''
      const known = updates.get(id) ?? { id, name, outcome: 'accepted' }
      updates.set(id, completed ? { ...known, outcome: completed.outcome?.failure ? 'refused' : 'done' } : known)
    }
    const read = { workflowId, runId, status: status.name as string, closedAt: closeTime ?? null }
    return { ...read, updates: [...updates.values()] }
  } catch (failure) {
    if (!(failure instanceof WorkflowNotFoundError)) throw failure
    return { workflowId, runId: '', status: 'MISSING', closedAt: null, updates: [] }
  }
}
