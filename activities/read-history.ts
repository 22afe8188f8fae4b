import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import { machineDeadline } from '../db/clock.ts'
import type { HistoryReading } from '../db/workflow-cases.ts'
import { grpcCode, historyPages, NOT_FOUND } from '../workflows/histories.ts'

type Update = HistoryReading['updates'][number]

const PATIENCE_MS = 5_000

/** What the newest run of a workflow says of itself, and every Update it took. */
export async function readHistory(client: Client, workflowId: string): Promise<HistoryReading> {
  const handle = client.workflow.getHandle(workflowId)
  try {
    const described = await client.withDeadline(machineDeadline(PATIENCE_MS), () => handle.describe())
    const { runId, status, closeTime } = described
    const updates = await updatesOf(client, { workflowId, runId })
    return { workflowId, runId, status: status.name as string, closedAt: closeTime ?? null, updates }
  } catch (failure) {
    if (!(failure instanceof WorkflowNotFoundError) && grpcCode(failure) !== NOT_FOUND) throw failure
    return { workflowId, runId: '', status: 'MISSING', closedAt: null, updates: [] }
  }
}

async function updatesOf(client: Client, run: { workflowId: string; runId: string }): Promise<Update[]> {
  const updates = new Map<string, Update>()
  for await (const page of historyPages(client, run))
    for (const { workflowExecutionUpdateAcceptedEventAttributes: accepted, ...event } of page) {
      const completed = event.workflowExecutionUpdateCompletedEventAttributes
      const id = accepted?.protocolInstanceId ?? completed?.meta?.updateId
      if (!id) continue
      const name = accepted?.acceptedRequest?.input?.name ?? ''
      const known = updates.get(id) ?? { id, name, outcome: 'accepted' }
      updates.set(id, completed ? { ...known, outcome: completed.outcome?.failure ? 'refused' : 'done' } : known)
    }
  return [...updates.values()]
}
