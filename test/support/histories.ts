/** What Temporal keeps of the workflows of a namespace, as whoever opens its store reads it. */
import type { Client } from '@temporalio/client'

export interface KeptHistory {
  workflowId: string
  /** Its description with search attributes and memo, and every event, payloads decoded. */
  text: string
}

export async function* everyHistory({ workflow }: Client): AsyncGenerator<KeptHistory> {
  for await (const { workflowId, runId, raw } of workflow.list()) {
    const history = await workflow.getHandle(workflowId, runId).fetchHistory()
    yield { workflowId, text: `${decoded(raw)}\n${decoded(history)}` }
  }
}

const decoded = (kept: unknown) =>
  JSON.stringify(kept, (_key, value) => {
    if (typeof value === 'bigint') return String(value)
    const isBytes = value?.type === 'Buffer' || value instanceof Uint8Array
    return isBytes ? Buffer.from(value.data ?? value).toString('utf8') : value
  })
