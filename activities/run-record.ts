import type { Trx } from '../db/client.ts'
import { nextRunNoticeAt } from '../db/control-notices.ts'
import { holdRun } from '../db/control-runs.ts'
import { listUnheard } from '../db/open-acts.ts'
import { nextRunTurn, type RunState } from '../domain/control-runs.ts'

/** What a record transaction answers: the run as its row now tells it, and when something is due. */
export interface RunRecord {
  state: RunState
  /** ISO instant of the next turn of the calendar or notice; null where none comes. */
  nextAt: string | null
  /** Verdicts that stand recorded while nobody has heard so (as in cycle-record.ts). */
  unheard: string[]
}

export async function runRecord(trx: Trx, runId: string): Promise<RunRecord> {
  const { state } = await holdRun(trx, runId)
  const unheard = (await listUnheard(trx, { column: 'run_id', id: runId })).map((act) => act.id)
  if (state.isClosed) return { state, nextAt: null, unheard }
  const notice = (await nextRunNoticeAt(trx, runId))?.toISOString() ?? null
  const due = [nextRunTurn(state), notice].filter((at) => at !== null)
  const next = due.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null
  return { state, nextAt: next, unheard }
}
