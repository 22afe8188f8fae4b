import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import type { HistoryReading } from '../db/workflow-cases.ts'

type Update = HistoryReading['updates'][number]

/** What the newest run of a workflow says of itself, and every Update it took. */
export async function readHistory(client: Client, workflowId: string): Promise<HistoryReading> {
  const handle = client.workflow.getHandle(workflowId)
  try {
    const { runId, status, historyLength, closeTime } = await handle.describe()
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory()
    const updates = new Map<string, Update>()
    for (const { eventTime, workflowExecutionUpdateAcceptedEventAttributes: accepted, ...event } of events ?? []) {
      const completed = event.workflowExecutionUpdateCompletedEventAttributes
      const id = accepted?.protocolInstanceId ?? completed?.meta?.updateId
      if (!id) continue
      const known = updates.get(id) ?? {
        ...{ id, name: accepted?.acceptedRequest?.input?.name ?? '', outcome: 'accepted' },
        acceptedAt: new Date(Number(eventTime?.seconds ?? 0) * 1_000),
      }
      updates.set(id, completed ? { ...known, outcome: completed.outcome?.failure ? 'refused' : 'done' } : known)
    }
    const read = {
      workflowId,
      runId,
      status: status.name as string,
      events: historyLength,
      closedAt: closeTime ?? null,
    }
    return { ...read, updates: [...updates.values()] }
  } catch (failure) {
    if (!(failure instanceof WorkflowNotFoundError)) throw failure
    return { workflowId, runId: '', status: 'MISSING', events: 0, closedAt: null, updates: [] }
  }
}
