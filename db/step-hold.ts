import type { StepCode } from '../domain/procedures.ts'
import type { Trx } from './client.ts'
import { isSubmissionOpen } from './open-acts.ts'

const OPEN = ['in_progress', 'returned']

/**
 * Whether a step's content may still change, held until this transaction ends: the draft's row is locked, and a
 * submission that was stored but not yet recorded counts as closed.
 */
export async function holdStepOpen(trx: Trx, cycleId: string, code: StepCode): Promise<boolean> {
  // First the lock, then the reading: what a transaction before us committed must be seen.
  await trx
    .selectFrom('step_draft')
    .innerJoin('step', 'step.id', 'step_draft.step_id')
    .select('step_draft.rev')
    .where('step.cycle_id', '=', cycleId)
    .where('step.code', '=', code)
    .forUpdate('step_draft')
    .execute()
  const step = await trx
    .selectFrom('step')
    .innerJoin('cycle', 'cycle.id', 'step.cycle_id')
    .select(['step.status', 'cycle.status as cycleStatus'])
    .where('step.cycle_id', '=', cycleId)
    .where('step.code', '=', code)
    .executeTakeFirst()
  if (step?.cycleStatus !== 'active' || !OPEN.includes(step.status)) return false
  return !(await isSubmissionOpen(trx, cycleId, code))
}
