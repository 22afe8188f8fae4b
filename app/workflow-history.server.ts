/** The technical history of a workflow as Temporal keeps it, for whoever audits or administers (I1). */
import type { Client } from '@temporalio/client'
import proto from '@temporalio/proto'
import {
  type Execution,
  grpcCode,
  type HistoryEvent,
  historyPages,
  INVALID_ARGUMENT,
  NOT_FOUND,
} from '../workflows/histories.ts'
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
  /**
   * Whether these are all up to now: 'cut' where more stand in it; 'gone' where Temporal does not keep it, or not any more; 'away' where
   * it does not answer in time, be it after some of them.
   */
  extent: 'whole' | 'cut' | 'gone' | 'away'
}

/** Events `after` a number of the history of a workflow, oldest first, as many as `limit` says at most. */
export async function readWorkflowHistory(
  client: Client,
  execution: Execution,
  { after, limit }: { after: number; limit: number },
): Promise<TechnicalHistory> {
  const events: TechnicalEvent[] = []
  const names = new Map<number, string>()
  let n = 0
  try {
    for await (const page of historyPages(client, execution))
      for (const event of page) {
        if (events.length === limit) return { events, extent: 'cut' }
        noteName(names, event)
        if (++n > after) events.push(technicalEvent(event, names))
      }
    return { events, extent: 'whole' }
  } catch (failure) {
    const code = grpcCode(failure)
    if (code === undefined) throw failure
    return { events, extent: code === NOT_FOUND || code === INVALID_ARGUMENT ? 'gone' : 'away' }
  }
}

/** What is asked for by an event, which those that answer it later name by its number only. */
function noteName(names: Map<number, string>, event: HistoryEvent): void {
  const name = ownName(event)
  if (name) names.set(Number(event.eventId), name)
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
