import { type CalendarSpec, type Client, ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client'
import type { Rhythm } from '../domain/control-periods.ts'
import { type ControlRunInput, controlScheduleId, evidenceScheduleId, TASK_QUEUE } from './messages.ts'
import { keepSchedule, MONTHS } from './schedules.ts'

const MORNING = { hour: 5, minute: 30 }
const AFTER_MIDNIGHT = { hour: 0, minute: 5 }

/** Of five, three is what everything else has: a thousand runs that come due at once keep nobody's act waiting. */
const AFTER_PEOPLE = { priorityKey: 4 }

/** All controls of an entity are due at the same minute; nobody is told before eight, so their runs open one after another. */
const SPREAD = '4 minutes' as const

/** No run is lost while the server is away, however long, and none waits for another: a period has one, whoever opens it. */
const POLICIES = {
  ...{ overlap: ScheduleOverlapPolicy.ALLOW_ALL, catchupWindow: '365 days' as const, pauseOnFailure: false },
}

interface ControlToSchedule extends ControlRunInput {
  rhythm: Rhythm
}

/** Makes or changes the Schedule of a control (features D5); one that is new starts with the period that runs. */
export async function keepControlSchedule(client: Client, control: ControlToSchedule): Promise<void> {
  const state = { triggerImmediately: true }
  await keepSchedule(client, controlScheduleId(control.controlId), { ...controlSchedule(control), state })
}

/** A run on the morning each period of a control begins. */
export function controlSchedule({ entityId, controlId, rhythm }: ControlToSchedule) {
  const workflowId = controlScheduleId(controlId)
  const started = { type: 'startWorkflow' as const, workflowType: 'controlRun', workflowId, taskQueue: TASK_QUEUE }
  return {
    action: { ...started, args: [{ entityId, controlId }], priority: AFTER_PEOPLE },
    spec: { calendars: [firstMornings(rhythm)], timezone: 'America/Bogota', jitter: SPREAD },
    policies: POLICIES,
  }
}

function firstMornings(rhythm: Rhythm): CalendarSpec {
  if (rhythm === 365) return { ...MORNING, dayOfWeek: { start: 'MONDAY', end: 'FRIDAY' } }
  if (rhythm === 52) return { ...MORNING, dayOfWeek: 'MONDAY' }
  if (rhythm === 24) return { ...MORNING, dayOfMonth: [1, 16] }
  return { ...MORNING, dayOfMonth: 1, month: MONTHS.filter((_, i) => i % (12 / rhythm) === 0) }
}

/** The control was retired: nothing is asked of anybody any more. */
export async function dropControlSchedule(client: Client, controlId: string): Promise<void> {
  try {
    await client.schedule.getHandle(controlScheduleId(controlId)).delete()
  } catch (failure) {
    if (!(failure instanceof ScheduleNotFoundError)) throw failure
  }
}

/** Makes the Schedule by which an entity looks, as each day begins, which evidence has expired. */
export async function keepEvidenceSchedule(client: Client, entityId: string): Promise<void> {
  const scheduleId = evidenceScheduleId(entityId)
  const action = {
    ...{ type: 'startWorkflow' as const, workflowType: 'evidenceDay', workflowId: scheduleId, taskQueue: TASK_QUEUE },
    args: [{ entityId }],
  }
  const spec = { calendars: [AFTER_MIDNIGHT], timezone: 'America/Bogota' }
  const policies = { ...POLICIES, overlap: ScheduleOverlapPolicy.BUFFER_ALL }
  await keepSchedule(client, scheduleId, { action, spec, policies, state: {} })
}
