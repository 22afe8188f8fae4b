import { setHandler } from '@temporalio/workflow'
import type { DisposalRecord } from '../activities/disposal-record.ts'
import {
  applyToDisposal,
  type DisposalDecision,
  type DisposalState,
  isDisposalSettled,
  objectionsToDisposal,
} from '../domain/disposal.ts'
import { carryOutDisposal, recordDisposalVerdict, tendDisposal } from './activities.ts'
import { type DisposalInput, decideDisposal, disposalMoved } from './messages.ts'
import { TendedCase } from './tended.ts'

/**
 * One disposal (features I4): a second person decides it; approved, it waits a day in which it can be withdrawn; then it is
 * carried out to its end, and nobody stops it half way.
 */
export async function disposal(input: DisposalInput): Promise<void> {
  const { entityId } = input
  const proposed = new TendedCase<DisposalState, DisposalDecision, DisposalRecord>({
    tend: (now) => tendDisposal({ ...input, now }),
    record: (verdict, now) => recordDisposalVerdict({ entityId, verdict, now }),
    apply: applyToDisposal,
    objections: objectionsToDisposal,
    isOver: ({ status }) => isDisposalSettled(status),
  })
  setHandler(disposalMoved, () => proposed.move())
  setHandler(decideDisposal, (verdict) => proposed.decide(verdict), { validator: (verdict) => proposed.admit(verdict) })
  await proposed.run()
  if ((await proposed.begun()).status === 'running') await carryOutDisposal(input)
}
