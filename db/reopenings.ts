import { type CycleState, stepOf } from '../domain/cycle-state.ts'
import type { Decision } from '../domain/decisions.ts'
import type { StepCode } from '../domain/procedures.ts'
import type { Trx } from './client.ts'
import type { LoadedCycle } from './cycles.ts'
import { idOf } from './ids.ts'

/** One request at a time for a step: the open one, or the next after those already answered. */
export async function nextReopeningId(trx: Trx, cycle: LoadedCycle, stepCode: StepCode): Promise<string> {
  const open = stepOf(cycle.state, stepCode).reopening
  if (open) return open.id
  const answered = await trx
    .selectFrom('reopening')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where('cycle_id', '=', cycle.state.id)
    .where('step_code', '=', stepCode)
    .executeTakeFirstOrThrow()
  return idOf('reopening', cycle.stepIds[stepCode] ?? '', answered.n)
}

/**
 * The request to reopen a step, and its answer (model.md §2). A request whose step lapsed or whose cycle was cancelled
 * is superseded by the decision that did it: nobody is asked about it again.
 */
export async function recordReopening(
  trx: Trx,
  cycle: LoadedCycle,
  after: CycleState,
  decision: Decision,
): Promise<void> {
  for (const step of cycle.state.steps) {
    const { reopening } = step
    const left = after.steps.find((candidate) => candidate.code === step.code)?.reopening ?? null
    if (reopening && left?.id !== reopening.id) await endRequest(trx, reopening.id, decision)
  }
  if (decision.kind !== 'ask_reopen') return
  await trx
    .insertInto('reopening')
    .values({
      id: decision.objectId,
      entity_id: cycle.entityId,
      cycle_id: decision.cycleId,
      step_code: decision.stepCode,
      asked_act: decision.id,
      asked_by: decision.personId,
    })
    .execute()
}

const OUTCOMES: Partial<Record<Decision['kind'], 'reopened' | 'declined'>> = {
  reopen: 'reopened',
  decline_reopen: 'declined',
}

async function endRequest(trx: Trx, id: string, decision: Decision): Promise<void> {
  const outcome = (decision.objectId === id && OUTCOMES[decision.kind]) || 'superseded'
  const ended = await trx
    .updateTable('reopening')
    .set({ decided_act: decision.id, outcome })
    .where('id', '=', id)
    .where('outcome', 'is', null)
    .executeTakeFirst()
  if (ended.numUpdatedRows !== 1n) throw new Error(`reopening ${id} is no longer open`)
}
