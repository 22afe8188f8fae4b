import { recordRefusal } from '../db/acts.ts'
import type { Claimant } from '../db/claims.ts'
import { type Trx, withActor } from '../db/client.ts'
import { Refused } from '../domain/refusals.ts'
import type { AppContext } from './context.server.ts'
import type { Actor } from './session.server.ts'
import { refusalSentence } from './text/refusals.ts'

export interface ShownRefusal {
  code: string
  status: number
  sentence: string
}

/** A "no" a page shows beside the form that was sent, with everything typed still in it; anything else is thrown on. */
export function shownRefusal(failure: unknown): ShownRefusal {
  const isRefusal = failure instanceof Error && failure.name === 'Refused'
  const { code, status, facts } = failure as Refused
  if (!isRefusal || status === 404) throw failure
  return { code, status, sentence: refusalSentence(code, facts) }
}

/** Does a change; a refusal leaves its event in a transaction of its own (model.md §3) and is thrown on. */
export async function recordingRefusals<T>(
  context: AppContext,
  actor: Actor,
  objectId: string,
  work: (trx: Trx, claimant: Claimant) => Promise<T>,
): Promise<T> {
  const { entityId, personId, position } = actor
  const { requestId } = context
  const claimant = { entityId, personId, positionId: position.id, duty: position.duty, requestId }
  try {
    return await withActor(context.db, actor, (trx) => work(trx, claimant))
  } catch (failure) {
    if (!(failure instanceof Refused)) throw failure
    const refused = { entityId, personId, positionId: position.id, objectId, code: failure.code }
    await withActor(context.db, actor, (trx) => recordRefusal(trx, { ...refused, origin: 'web', requestId }))
    throw failure
  }
}
