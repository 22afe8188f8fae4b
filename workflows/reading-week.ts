import { workflowInfo } from '@temporalio/workflow'
import { listUnusualReading } from './activities.ts'
import type { ReviewTurnInput } from './messages.ts'
import { scheduledDay } from './scheduled-day.ts'

/** A Monday: the reading of citizens' data in the week that ended is looked over (features I8). */
export async function readingWeek({ entityId }: ReviewTurnInput): Promise<void> {
  await listUnusualReading({ entityId, workflowId: workflowInfo().workflowId, day: scheduledDay() })
}
