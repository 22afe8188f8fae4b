/** The technical history of a workflow as Temporal keeps it, for whoever audits or administers (I1). */
import { type Client, isGrpcServiceError } from '@temporalio/client'
import proto from '@temporalio/proto'
import type { TechnicalOutcome } from './text/workflow-history.ts'

/** One event of the history of a workflow, by names and codes alone: what its payloads say is not read. */
export interface TechnicalEvent {
  n: number
  at: Date
  /** As Temporal calls it: `ACTIVITY_TASK_COMPLETED`. */
  code: string
  /** Of the activity, update, signal, child workflow or marker. */
  name: string | null
  /** Id of the update, which is that of the act behind it. */
  updateId: string | null
  /** How what the event ends came out; null where it only asks for something, or begins it. */
  outcome: TechnicalOutcome | null
  /** The run before or after this one of the same workflow, where one continues the other. */
  otherRun: string | null
}

export interface TechnicalHistory {
  events: TechnicalEvent[]
  hasMore: boolean
}

/** Temporal ends a run of more events than this itself. */
export const MOST_EVENTS = 51_200

/**
 * Events `after` a number of the history of a workflow, oldest first. 'gone' where Temporal does not keep it, or not any more;
 * 'away' where Temporal does not answer in time.
 */
export async function readWorkflowHistory(
  client: Client,
  { workflowId, runId }: { workflowId: string; runId?: string },
  { now, after, limit }: { now: Date; after: number; limit: number },
): Promise<TechnicalHistory | 'gone' | 'away'> {
  const read: proto.temporal.api.history.v1.IHistoryEvent[] = []
  const execution = { workflowId, ...(runId && { runId }) }
  try {
    let nextPageToken: Uint8Array | null | undefined
    do {
      const page = await client.connection.withDeadline(now.getTime() + 5_000, () =>
        client.workflowService.getWorkflowExecutionHistory({
          ...{ namespace: client.options.namespace, execution, maximumPageSize: 500 },
          ...(nextPageToken && { nextPageToken }),
        }),
      )
      read.push(...(page.history?.events ?? []))
      nextPageToken = page.nextPageToken
    } while (nextPageToken?.length && read.length <= after + limit && read.length < MOST_EVENTS)
  } catch (failure) {
    if (!isGrpcServiceError(failure)) throw failure
    return failure.code === NOT_FOUND || failure.code === INVALID_ARGUMENT ? 'gone' : 'away'
  }
  const names = namesOf(read)
  const events = read.map((event) => technicalEvent(event, names))
  return { events: events.slice(after, after + limit), hasMore: events.length > after + limit }
}

/** Codes of gRPC. */
const [INVALID_ARGUMENT, NOT_FOUND] = [3, 5]

type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent

/** What was asked for by an event, which those that answer it name by its number only. */
function namesOf(events: HistoryEvent[]): Map<number, string> {
  return new Map(
    events.flatMap((event) => {
      const name = ownName(event)
      return name ? [[Number(event.eventId), name] as const] : []
    }),
  )
}

function ownName(event: HistoryEvent): string | null {
  return (
    event.activityTaskScheduledEventAttributes?.activityType?.name ??
    event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name ??
    event.startChildWorkflowExecutionInitiatedEventAttributes?.workflowType?.name ??
    event.workflowExecutionSignaledEventAttributes?.signalName ??
    event.workflowExecutionStartedEventAttributes?.workflowType?.name ??
    null
  )
}

/** The event that asked for what this one answers. */
function askedBy(event: HistoryEvent): number {
  return Number(
    event.activityTaskStartedEventAttributes?.scheduledEventId ??
      event.activityTaskCompletedEventAttributes?.scheduledEventId ??
      event.activityTaskFailedEventAttributes?.scheduledEventId ??
      event.activityTaskTimedOutEventAttributes?.scheduledEventId ??
      event.workflowExecutionUpdateCompletedEventAttributes?.acceptedEventId ??
      event.childWorkflowExecutionStartedEventAttributes?.initiatedEventId ??
      event.childWorkflowExecutionCompletedEventAttributes?.initiatedEventId ??
      event.childWorkflowExecutionFailedEventAttributes?.initiatedEventId ??
      event.childWorkflowExecutionTimedOutEventAttributes?.initiatedEventId ??
      event.childWorkflowExecutionCanceledEventAttributes?.initiatedEventId ??
      event.childWorkflowExecutionTerminatedEventAttributes?.initiatedEventId ??
      0,
  )
}

function technicalEvent(event: HistoryEvent, names: Map<number, string>): TechnicalEvent {
  const updated = event.workflowExecutionUpdateCompletedEventAttributes
  const type = proto.temporal.api.enums.v1.EventType[event.eventType ?? 0] ?? ''
  return {
    n: Number(event.eventId),
    at: new Date(Number(event.eventTime?.seconds ?? 0) * 1000 + Math.floor((event.eventTime?.nanos ?? 0) / 1e6)),
    code: type.replace(/^EVENT_TYPE_/, ''),
    name: ownName(event) ?? names.get(askedBy(event)) ?? localActivity(event),
    updateId:
      updated?.meta?.updateId ??
      event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.meta?.updateId ??
      null,
    outcome: outcomeOf(event, type),
    otherRun:
      event.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ||
      event.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ||
      null,
  }
}

function outcomeOf(event: HistoryEvent, type: string): TechnicalOutcome | null {
  const marker = event.markerRecordedEventAttributes
  if (/FAILED|TIMED_OUT/.test(type)) return 'failed'
  if (event.workflowExecutionUpdateCompletedEventAttributes?.outcome?.failure || marker?.failure) return 'failed'
  // A timer that is no longer waited for ends nothing.
  if (/TERMINATED|(EXECUTION|ACTIVITY_TASK)_CANCELED/.test(type)) return 'stopped'
  return /COMPLETED/.test(type) || marker?.markerName === LOCAL_ACTIVITY ? 'fine' : null
}

/** As the engine calls the marker of a local activity. */
const LOCAL_ACTIVITY = 'core_local_activity'

/** A local activity stands in the history as a marker; of what it carries only the name of the activity is taken. */
function localActivity(event: HistoryEvent): string | null {
  const marker = event.markerRecordedEventAttributes
  if (!marker) return null
  const data = marker.details?.data?.payloads?.[0]?.data
  try {
    const known: unknown = data && JSON.parse(Buffer.from(data).toString())
    const name = (known as { activity_type?: unknown } | undefined)?.activity_type
    return typeof name === 'string' && /^\w{1,80}$/.test(name) ? name : null
  } catch {
    return null
  }
}
