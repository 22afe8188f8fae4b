import { workflowInfo } from '@temporalio/workflow'
import { bogotaDate } from '../domain/civil-dates.ts'

/** The civil date a workflow started by a Schedule stands for, which is not today where the server was away. */
export function scheduledDay(): string {
  const [due] = workflowInfo().searchAttributes.TemporalScheduledStartTime ?? []
  return bogotaDate(due instanceof Date ? due : workflowInfo().startTime)
}
