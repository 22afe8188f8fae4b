import { recordEvent } from '../db/audit.ts'
import { type Trx, withEntity } from '../db/client.ts'
import {
  acceptanceEvent,
  holdAcceptance,
  type LoadedAcceptance,
  moveAcceptance,
  systemOf,
} from '../db/risk-acceptances.ts'
import { askToTreat, endAskToAccept } from '../db/risk-follow-ups.ts'
import { settleAskToTreat } from '../db/risk-next.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import { hasExpired, isAcceptanceOver, warnOn } from '../domain/risk-treatment.ts'
import { type AcceptanceRecord, acceptanceRecord } from './acceptance-record.ts'
import type { Tools } from './tools.ts'

export interface TendAcceptance {
  entityId: string
  acceptanceId: string
  /** Workflow's clock, ISO. */
  now: string
}

/**
 * Does what the calendar asks of an acceptance: before its end whoever answers for the risk is asked what comes after it, and
 * after its last day it expires. Repeating it finds nothing left to do.
 */
export async function tendAcceptance(tools: Tools, input: TendAcceptance): Promise<AcceptanceRecord> {
  return await withEntity(tools.database, input.entityId, async (trx) => {
    const acceptance = await holdAcceptance(trx, input.acceptanceId)
    const now = new Date(input.now)
    const { state } = acceptance
    if (!isAcceptanceOver(state.status) && hasExpired(state, bogotaDate(now))) await expire(trx, acceptance, now)
    else if (state.status === 'accepted' && bogotaDate(now) >= warnOn(state))
      await askToTreat(trx, acceptance, state.until)
    return await acceptanceRecord(trx, input.acceptanceId, now)
  })
}

async function expire(trx: Trx, acceptance: LoadedAcceptance, at: Date): Promise<void> {
  await moveAcceptance(trx, acceptance, { status: 'expired', at })
  await endAskToAccept(trx, acceptance, 'dropped')
  await settleAskToTreat(trx, acceptance)
  await recordEvent(trx, acceptanceEvent(acceptance, 'risk.acceptance_expired', systemOf(acceptance)))
}
