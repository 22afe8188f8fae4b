import type { Trx } from '../db/client.ts'
import { nextGrantNoticeAt } from '../db/grant-notices.ts'
import { holdGrant } from '../db/grants.ts'
import { listUnheard } from '../db/open-acts.ts'
import { nextTurn } from '../domain/grant-days.ts'
import type { GrantState } from '../domain/grants.ts'

/** What a record transaction answers: the access as its row now tells it, and when something is due. */
export interface GrantRecord {
  state: GrantState
  /** Its first day came and its person could hold it. */
  hasBegun: boolean
  /** ISO instant of the next turn of the calendar or notice; null once it is over. */
  nextAt: string | null
  /** Verdicts that stand recorded while nobody has heard so (as in cycle-record.ts). */
  unheard: string[]
}

export async function grantRecord(trx: Trx, grantId: string): Promise<GrantRecord> {
  const { state, hasBegun } = await holdGrant(trx, grantId)
  const turn = nextTurn(state, { hasBegun })
  const notice = turn === null ? null : await nextGrantNoticeAt(trx, grantId)
  const unheard = (await listUnheard(trx, { column: 'grant_id', id: grantId })).map((act) => act.id)
  return { state, hasBegun, nextAt: earlier(turn, notice?.toISOString() ?? null), unheard }
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return Date.parse(a) <= Date.parse(b) ? a : b
}
