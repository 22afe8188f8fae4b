import {
  type CalendarSpec,
  type Client,
  ScheduleAlreadyRunning,
  ScheduleOverlapPolicy,
  type ScheduleUpdateOptions,
} from '@temporalio/client'
import { DAILY_AT } from '../domain/controls.ts'
import type { ReviewCalendar } from '../domain/review-calendar.ts'
import {
  logScheduleId,
  readingScheduleId,
  type SelfCheckInput,
  selfCheckScheduleId,
  singleReviewsScheduleId,
  TASK_QUEUE,
  yearlyReviewScheduleId,
} from './messages.ts'

export const MONTHS = [
  ...(['JANUARY', 'FEBRUARY', 'MARCH', 'APRIL', 'MAY', 'JUNE', 'JULY'] as const),
  ...(['AUGUST', 'SEPTEMBER', 'OCTOBER', 'NOVEMBER', 'DECEMBER'] as const),
]
const AFTER_MIDNIGHT = { hour: 0, minute: 10 }
/** A checkpoint is signed a quarter of an hour after the last at most. */
const ONCE_SIGNED = { hour: 0, minute: 40 }
/** Before anybody comes to work: who reviews finds it in the morning. */
const MORNING = { hour: 5, minute: 30 }

/**
 * Makes or changes the two Schedules of an entity (issue 5 part 5; C11): that of the review of each vigencia, and that of
 * reviews of one person. One that is off is paused. What was missed while the server was away is made up for.
 */
export async function keepReviewSchedules(client: Client, entityId: string, calendar: ReviewCalendar): Promise<void> {
  const { month, day, yearly, singles } = calendar
  const ofYear = { ...AFTER_MIDNIGHT, month: MONTHS[month - 1], dayOfMonth: day }
  await keepSchedule(client, yearlyReviewScheduleId(entityId), {
    ...starting('yearlyReview', yearlyReviewScheduleId(entityId), { entityId }),
    ...on(ofYear, '60 days', !yearly),
  })
  await keepSchedule(client, singleReviewsScheduleId(entityId), {
    ...starting('singleReviews', singleReviewsScheduleId(entityId), { entityId }),
    ...on(MORNING, '1 day', !singles),
  })
}

/** Makes the Schedule by which the automatic controls of an entity run every day (D6); what was missed is made up for once. */
export async function keepSelfCheckSchedule(client: Client, entityId: string): Promise<void> {
  const scheduleId = selfCheckScheduleId(entityId)
  const input: SelfCheckInput = { entityId, roundId: null }
  await keepSchedule(client, scheduleId, {
    ...starting('selfCheck', scheduleId, input),
    ...on(DAILY_AT, '1 day', false),
  })
}

/** Makes the Schedule that publishes the log of each day once it has been signed; the next one says what was missed. */
export async function keepLogSchedule(client: Client, entityId: string): Promise<void> {
  const scheduleId = logScheduleId(entityId)
  await keepSchedule(client, scheduleId, {
    ...starting('logDay', scheduleId, { entityId }),
    ...on(ONCE_SIGNED, '1 day', false),
  })
}

/** Makes the Schedule that looks over, on Monday, who saw citizens' data in the weeks that ended since the last one. */
export async function keepReadingSchedule(client: Client, entityId: string): Promise<void> {
  const scheduleId = readingScheduleId(entityId)
  await keepSchedule(client, scheduleId, {
    ...starting('readingWeek', scheduleId, { entityId }),
    ...on({ ...MORNING, dayOfWeek: 'MONDAY' }, '60 days', false),
  })
}

function on(when: CalendarSpec, catchupWindow: '60 days' | '1 day', paused: boolean) {
  const policies = { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow, pauseOnFailure: false }
  return { spec: { calendars: [when], timezone: 'America/Bogota' }, policies, state: { paused } }
}

/** The server appends the hour it stands for to the id of each workflow it starts. */
function starting(workflowType: string, workflowId: string, input: object): Pick<ScheduleUpdateOptions, 'action'> {
  return { action: { type: 'startWorkflow', workflowType, workflowId, taskQueue: TASK_QUEUE, args: [input] } }
}

/** Makes a Schedule, or changes the one that is. */
export async function keepSchedule(
  { schedule }: Client,
  scheduleId: string,
  options: ScheduleUpdateOptions,
): Promise<void> {
  try {
    await schedule.create({ scheduleId, ...options })
  } catch (failure) {
    if (!(failure instanceof ScheduleAlreadyRunning)) throw failure
    await schedule.getHandle(scheduleId).update(() => options)
  }
}
