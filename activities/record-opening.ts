import { withEntity } from '../db/client.ts'
import { findCycle } from '../db/cycles.ts'
import { saveTransition } from '../db/transitions.ts'
import { openStep } from '../domain/cycles.ts'
import type { StepCode } from '../domain/procedures.ts'
import { type CycleRecord, cycleRecord } from './cycle-record.ts'
import type { Tools } from './tools.ts'

export interface RecordOpening {
  entityId: string
  cycleId: string
  stepCode: StepCode
  now: string
}

/** Opens the next step: attempt, draft, term, notices and tasks in one transaction. Opening an open step changes nothing. */
export async function recordOpening({ database }: Tools, input: RecordOpening): Promise<CycleRecord> {
  return await withEntity(database, input.entityId, async (trx) => {
    const cycle = await findCycle(trx, input.cycleId, { lock: true })
    if (!cycle) throw new Error(`cycle ${input.cycleId} has no row`)
    const workflowId = `cycle:${input.cycleId}`
    await saveTransition(trx, cycle, openStep(cycle.state, input.stepCode), {
      decision: null,
      origin: 'workflow',
      workflowId,
      now: new Date(input.now),
      requestId: null,
      bodyHash: null,
    })
    return await cycleRecord(trx, input.cycleId)
  })
}
