import type { Trx } from '../db/client.ts'
import { findCycle } from '../db/cycles.ts'
import { listUnheard } from '../db/open-acts.ts'
import { nextNoticeAt } from '../db/terms.ts'
import type { CycleState } from '../domain/cycle-state.ts'

/** What a record transaction answers: the cycle as its rows now tell it, and when somebody must be told next. */
export interface CycleRecord {
  state: CycleState
  nextNoticeAt: string | null
  /** Decisions that stand recorded while nobody has heard so; sent again, each is an answer and never a refusal. */
  unheard: string[]
}

/** The cycle as its rows tell it now: what every record transaction answers the workflow with. */
export async function cycleRecord(trx: Trx, cycleId: string): Promise<CycleRecord> {
  const cycle = await findCycle(trx, cycleId)
  if (!cycle) throw new Error(`cycle ${cycleId} has no row`)
  const next = await nextNoticeAt(trx, cycleId)
  const unheard = (await listUnheard(trx, { column: 'cycle_id', id: cycleId })).map((act) => act.id)
  return { state: cycle.state, nextNoticeAt: next?.toISOString() ?? null, unheard }
}
