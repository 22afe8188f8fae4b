/** What Temporal keeps of a workflow, for web and worker alike. Never bundled, as `delivery.ts` is not. */
import { type Client, isGrpcServiceError } from '@temporalio/client'
import type proto from '@temporalio/proto'

export type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent

/** A run of it; without one its newest. */
export interface Execution {
  workflowId: string
  runId?: string
}

const EVENTS_OF_A_PAGE = 500
/** How long one page may take, by the machine's clock. A history may take longer, as long as its pages come. */
const PAGE_PATIENCE_MS = 5_000

/** Page by page, oldest first. Throws what Temporal says, whose code `grpcCode` knows. */
export async function* historyPages(client: Client, execution: Execution): AsyncGenerator<HistoryEvent[]> {
  const asked = { namespace: client.options.namespace, execution, maximumPageSize: EVENTS_OF_A_PAGE }
  let nextPageToken: Uint8Array | null | undefined
  do {
    const page = await client.withDeadline(Date.now() + PAGE_PATIENCE_MS, () =>
      client.workflowService.getWorkflowExecutionHistory({ ...asked, ...(nextPageToken && { nextPageToken }) }),
    )
    yield page.history?.events ?? []
    nextPageToken = page.nextPageToken
  } while (nextPageToken?.length)
}

/** Some codes of gRPC: it takes no such id; it keeps no such history; nobody answers. */
export const [INVALID_ARGUMENT, NOT_FOUND, UNAVAILABLE] = [3, 5, 14]

/** What gRPC calls a failure; undefined where it is none of its. */
export function grpcCode(failure: unknown): number | undefined {
  const cause = failure instanceof Error && !isGrpcServiceError(failure) ? failure.cause : failure
  return isGrpcServiceError(cause) ? cause.code : undefined
}
