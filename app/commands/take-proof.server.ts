import { provenEvent } from '../../db/sealed-log.ts'
import { findTrailEvent } from '../../db/timeline.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { auditing } from './consult-trail.server.ts'

interface TakenProof {
  place: string
  text: string
}

/** The proof of one event as its file, and its place in the log. Refuses what no checkpoint holds yet, and what no longer is what was sealed. */
export async function takeProof(context: AppContext, actor: Actor, eventId: string): Promise<TakenProof> {
  const { entityId } = actor
  return await auditing(context, actor, { objectId: eventId, type: 'audit.proof_taken' }, async (trx) => {
    if (!(await findTrailEvent(trx, entityId, eventId))) throw new Refused('not_visible')
    const { place, text } = await provenEvent(trx, entityId, eventId)
    return { place: String(place), text }
  })
}
