import type { Trx } from '../db/client.ts'
import { holdDisposal } from '../db/disposals.ts'
import { listUnheard } from '../db/open-acts.ts'
import type { DisposalState } from '../domain/disposal.ts'

/** What a record transaction answers: the disposal as its row now tells it, and when it begins. */
export interface DisposalRecord {
  state: DisposalState
  /** ISO instant at which it begins; null until it is approved, and once it has. */
  nextAt: string | null
  /** Verdicts that stand recorded while nobody has heard so (as in cycle-record.ts). */
  unheard: string[]
}

export async function disposalRecord(trx: Trx, disposalId: string): Promise<DisposalRecord> {
  const { state } = await holdDisposal(trx, disposalId)
  const unheard = (await listUnheard(trx, { column: 'disposal_id', id: disposalId })).map((act) => act.id)
  return { state, unheard, nextAt: state.status === 'approved' ? state.beginsAt : null }
}
