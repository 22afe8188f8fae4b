import type { Trx } from '../db/client.ts'
import { listUnheard } from '../db/open-acts.ts'
import { holdAcceptance } from '../db/risk-acceptances.ts'
import { addDays, bogotaInstant } from '../domain/civil-dates.ts'
import { type AcceptanceState, isAcceptanceOver, warnOn } from '../domain/risk-treatment.ts'

/** What a record transaction answers: the acceptance as its row now tells it, and when something is due. */
export interface AcceptanceRecord {
  state: AcceptanceState
  /** ISO instant of its next turn: the word before its end, or its end; null once it is over. */
  nextAt: string | null
  /** Verdicts that stand recorded while nobody has heard so (as in cycle-record.ts). */
  unheard: string[]
}

/** `now`: workflow's clock. */
export async function acceptanceRecord(trx: Trx, acceptanceId: string, now: Date): Promise<AcceptanceRecord> {
  const { state } = await holdAcceptance(trx, acceptanceId)
  const unheard = (await listUnheard(trx, { column: 'acceptance_id', id: acceptanceId })).map((act) => act.id)
  return { state, unheard, nextAt: isAcceptanceOver(state.status) ? null : nextTurn(state, now) }
}

function nextTurn(state: AcceptanceState, now: Date): string {
  const turns = [warnOn(state), addDays(state.until, 1)].map((day) => bogotaInstant(day, '00:00'))
  return turns.find((at) => at > now.toISOString()) ?? now.toISOString()
}
