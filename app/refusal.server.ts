import type { Claimant } from '../db/claims.ts'
import { type Trx, withActor } from '../db/client.ts'
import { recordRefusal } from '../db/refusals.ts'
import type { StepCode } from '../domain/procedures.ts'
import { Refused } from '../domain/refusals.ts'
import { permitted } from './commands/permitted.server.ts'
import type { AppContext } from './context.server.ts'
import type { Actor } from './session.server.ts'
import { type Reader, refusalSentence } from './text/refusals.ts'

export interface ShownRefusal {
  code: string
  status: number
  sentence: string
}

/** A "no" a page shows beside the form that was sent, with everything typed still in it; anything else is thrown on. */
export function shownRefusal(failure: unknown, reader: Reader): ShownRefusal {
  const isRefusal = failure instanceof Error && failure.name === 'Refused'
  const { code, status, facts } = failure as Refused
  if (!isRefusal || status === 404) throw failure
  return { code, status, sentence: refusalSentence(code, facts, reader) }
}

/** What a refusal is about. */
interface About {
  objectId: string
  /** Of an input that could not be taken: which field, and why. */
  faults?: readonly { path: string; code: string }[]
  cycleId?: string
  stepCode?: StepCode
}

/** Does a change in one transaction; a refusal leaves its event in another (model.md §3) and is thrown on. */
export async function recordingRefusals<T>(
  context: AppContext,
  actor: Actor,
  about: About,
  work: (trx: Trx, by: RequestClaimant) => Promise<T>,
): Promise<T> {
  return await leavingRefusals(context, actor, about, () =>
    withActor(context.db, actor, (trx) => work(trx, claimantOf(context, actor))),
  )
}

type RequestClaimant = Claimant & { requestId: string }

/** Whoever acts, as what this request changes is recorded by. */
export function claimantOf({ requestId }: AppContext, actor: Actor): RequestClaimant {
  return { ...permitted(actor), actingFor: actor.position.actingFor?.personId ?? null, requestId }
}

/** Does what takes more than one transaction; a refusal leaves its event and is thrown on. */
export async function leavingRefusals<T>(
  context: AppContext,
  actor: Actor,
  about: About,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (failure) {
    if (failure instanceof Refused) await recordRefusalOf(context, actor, about, failure)
    throw failure
  }
}

/** The event of a refusal, in a transaction of its own: what was refused has been rolled back. */
export async function recordRefusalOf(context: AppContext, actor: Actor, about: About, refusal: Refused) {
  const { entityId, personId, position } = actor
  const who = { entityId, personId, positionId: position.id, origin: 'web', requestId: context.requestId } as const
  await withActor(context.db, actor, (trx) => recordRefusal(trx, { ...who, ...about, code: refusal.code }))
}
