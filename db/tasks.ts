import type { StepStatus } from '../domain/cycle-state.ts'
import { PRIORITIES, priorityOf } from '../domain/inbox.ts'
import type { ExpectedTask } from '../domain/tasks.ts'
import type { Cause } from './cause.ts'
import type { Trx } from './client.ts'
import { columnLines } from './drifts.ts'
import { newId } from './ids.ts'

/** Makes the open inbox lines of a cycle equal what its state calls for (`expectedTasks`), columns to confirm included. */
export async function syncTasks(
  trx: Trx,
  entityId: string,
  cycleId: string,
  expected: ExpectedTask[],
  cause: Cause,
): Promise<void> {
  const steps = await trx
    .selectFrom('step')
    .leftJoin('term', (join) => join.onRef('term.attempt_id', '=', 'step.attempt_id').on('term.status', '=', 'running'))
    .select(['step.id', 'step.code', 'step.status', 'step.attempt_n', 'step.attempt_id', 'term.due_at'])
    .where('step.cycle_id', '=', cycleId)
    .execute()
  const open = await trx
    .selectFrom('task')
    .select(['id', 'step_code', 'attempt_id', 'kind', 'duty'])
    .where('cycle_id', '=', cycleId)
    .where('status', '=', 'open')
    .execute()
  const lines = [...expected, ...(await columnLines(trx, cycleId, expected))]
  const wanted = lines.flatMap((line) => {
    const step = steps.find((candidate) => candidate.code === line.stepCode)
    if (!step?.attempt_id) return []
    const priority = priorityOf(line.kind, { status: step.status as StepStatus, attempt: step.attempt_n })
    return [{ ...line, priority, stepId: step.id, attemptId: step.attempt_id, dueAt: step.due_at }]
  })
  const gone = open.filter(
    (task) =>
      !wanted.some((line) => line.attemptId === task.attempt_id && line.kind === task.kind && line.duty === task.duty),
  )
  for (const task of gone) await endTask(trx, task, cause)
  const missing = wanted.filter(
    (line) =>
      !open.some((task) => line.attemptId === task.attempt_id && line.kind === task.kind && line.duty === task.duty),
  )
  if (missing.length === 0) return
  await trx
    .insertInto('task')
    .values(
      missing.map((line) => ({
        id: newId(),
        entity_id: entityId,
        cycle_id: cycleId,
        step_id: line.stepId,
        step_code: line.stepCode,
        attempt_id: line.attemptId,
        kind: line.kind,
        duty: line.duty,
        priority: PRIORITIES.indexOf(line.priority) + 1,
        due_at: line.kind === 'decide_reopening' ? null : line.dueAt,
        opened_at: cause.now,
      })),
    )
    .execute()
}

/** The line of whoever decided is done; the others it made pointless are superseded. */
async function endTask(trx: Trx, task: { id: string; step_code: string; duty: string }, cause: Cause): Promise<void> {
  const { decision } = cause
  const done =
    decision !== null &&
    decision.kind !== 'cancel' &&
    decision.stepCode === task.step_code &&
    decision.duty === task.duty
  await trx
    .updateTable('task')
    .set({ status: done ? 'done' : 'superseded', ended_at: cause.now, ended_by_act: done ? decision.id : null })
    .where('id', '=', task.id)
    .where('status', '=', 'open')
    .execute()
}
