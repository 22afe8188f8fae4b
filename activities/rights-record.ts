import type { Trx } from '../db/client.ts'
import { listUnheard } from '../db/open-acts.ts'
import { holdRights } from '../db/rights.ts'
import { nextRightsNoticeAt } from '../db/rights-notices.ts'
import { findCompletion } from '../db/rights-texts.ts'
import { isRightsSettled, nextRightsTurn, type RightsState } from '../domain/rights.ts'

/** What a record transaction answers: the request as its row now tells it, and when something is due. */
export interface RightsRecord {
  state: RightsState
  /** ISO instant of the next turn of the calendar or notice; null once it is over. */
  nextAt: string | null
  /** Verdicts that stand recorded while nobody has heard so (as in cycle-record.ts). */
  unheard: string[]
}

export async function rightsRecord(trx: Trx, requestId: string): Promise<RightsRecord> {
  const { state } = await holdRights(trx, requestId)
  const unheard = (await listUnheard(trx, { column: 'rights_id', id: requestId })).map((act) => act.id)
  if (isRightsSettled(state)) return { state, nextAt: null, unheard }
  const notice = (await nextRightsNoticeAt(trx, requestId))?.toISOString() ?? null
  const turn = nextRightsTurn(state)
  const isCompleted = state.status === 'incomplete' && (await findCompletion(trx, requestId)) !== undefined
  const next = [turn, notice].filter((at) => at !== null).sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null
  // Completed while it was being recorded: read it again at once.
  return { state, nextAt: isCompleted ? new Date(0).toISOString() : next, unheard }
}
