import { setHandler } from '@temporalio/workflow'
import type { RightsRecord } from '../activities/rights-record.ts'
import {
  applyToRights,
  isRightsSettled,
  objectionsToRights,
  type RightsDecision,
  type RightsState,
} from '../domain/rights.ts'
import { recordRightsVerdict, tendRights } from './activities.ts'
import { decideRights, type RightsInput, rightsMoved } from './messages.ts'
import { TendedCase } from './tended.ts'

/**
 * One request of a citizen about their data, from its receipt to its answer (Ley 1581 de 2012, arts. 14 and 15): it runs
 * its term, waits for whoever answers and, where more was asked, for the citizen, reminds, escalates and gives up.
 */
export async function rightsRequest(input: RightsInput): Promise<void> {
  const { entityId } = input
  const request = new TendedCase<RightsState, RightsDecision, RightsRecord>({
    tend: (now) => tendRights({ ...input, now }),
    record: (verdict, now) => recordRightsVerdict({ entityId, verdict, now }),
    apply: applyToRights,
    objections: objectionsToRights,
    isOver: isRightsSettled,
  })
  setHandler(rightsMoved, () => request.move())
  setHandler(decideRights, (verdict) => request.decide(verdict), { validator: (verdict) => request.admit(verdict) })
  await request.run()
}
