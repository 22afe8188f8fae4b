/** The lines of an inbox that the state of a cycle calls for. */
import { approversLeft, type CycleState, reopeners, reviewersLeft, type StepState } from './cycle-state.ts'
import { type Procedure, type StepCode, type StepTemplate, stepTemplate } from './procedures.ts'

export type TaskKind = 'elaborate' | 'review' | 'approve' | 'consent' | 'decide_reopening' | 'confirm_columns'

export interface ExpectedTask {
  stepCode: StepCode
  kind: TaskKind
  duty: string
}

/** Every inbox line the state calls for, one per duty that can act now; the record transaction makes rows equal it. */
export function expectedTasks(cycle: CycleState, procedure: Procedure): ExpectedTask[] {
  if (cycle.status !== 'active') return []
  return cycle.steps.flatMap((step) => tasksOf(step, stepTemplate(procedure, step.code)))
}

function tasksOf(step: StepState, template: StepTemplate): ExpectedTask[] {
  const line = (kind: TaskKind) => (duty: string) => ({ stepCode: step.code, kind, duty })
  switch (step.status) {
    case 'in_progress':
    case 'returned':
      return template.authors.map(line('elaborate'))
    case 'in_review':
      return reviewersLeft(step, template).map(line('review'))
    case 'in_approval':
      return approversLeft(step, template).map(({ duty, role }) =>
        line(role === 'consent' ? 'consent' : 'approve')(duty),
      )
    case 'approved':
      return step.reopening ? reopeners(template).map(line('decide_reopening')) : []
    default:
      return []
  }
}
