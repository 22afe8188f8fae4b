import { workflowInfo } from '@temporalio/workflow'
import { publishLogDay } from './activities.ts'
import type { ReviewTurnInput } from './messages.ts'
import { scheduledDay } from './scheduled-day.ts'

/** A day of an entity ended: its log is handed to the public and to control interno (promises §4.4). */
export async function logDay({ entityId }: ReviewTurnInput): Promise<void> {
  await publishLogDay({ entityId, workflowId: workflowInfo().workflowId, day: scheduledDay() })
}
