import { setHandler } from '@temporalio/workflow'
import type { AcceptanceRecord } from '../activities/acceptance-record.ts'
import {
  type AcceptanceDecision,
  type AcceptanceState,
  applyToAcceptance,
  isAcceptanceOver,
  objectionsToVerdict,
} from '../domain/risk-treatment.ts'
import { recordAcceptanceVerdict, tendAcceptance } from './activities.ts'
import { type AcceptanceInput, acceptanceMoved, decideAcceptance } from './messages.ts'
import { TendedCase } from './tended.ts'

/**
 * One acceptance of a risk (features D9): it waits for whoever the policy names, tells before its end, and expires. That it
 * lapses because the risk changed is written where it changed; here people are told.
 */
export async function riskAcceptance(input: AcceptanceInput): Promise<void> {
  const { entityId } = input
  const acceptance = new TendedCase<AcceptanceState, AcceptanceDecision, AcceptanceRecord>({
    tend: (now) => tendAcceptance({ ...input, now }),
    record: (verdict, now) => recordAcceptanceVerdict({ entityId, verdict, now }),
    apply: applyToAcceptance,
    objections: objectionsToVerdict,
    isOver: ({ status }) => isAcceptanceOver(status),
  })
  setHandler(acceptanceMoved, () => acceptance.move())
  setHandler(decideAcceptance, (verdict) => acceptance.decide(verdict), {
    validator: (verdict) => acceptance.admit(verdict),
  })
  await acceptance.run()
}
