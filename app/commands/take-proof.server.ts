import { findCheckpoint, listLogKeys } from '../../db/log-checkpoints.ts'
import { findSealedEvent, pathOf } from '../../db/sealed-log.ts'
import { findTrailEvent } from '../../db/timeline.ts'
import { Refused } from '../../domain/refusals.ts'
import { leafOf, provesInclusion } from '../../verifier/merkle.ts'
import { eventProofText } from '../../verifier/proofs.ts'
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
    const event = await findSealedEvent(trx, entityId, eventId)
    const checkpoint = event && (await findCheckpoint(trx, entityId, event.n))
    if (!event || !checkpoint) throw new Refused('not_sealed_yet')
    const { size, root, note } = checkpoint
    const path = await pathOf(trx, entityId, event.n, size)
    const leaf = leafOf(Buffer.from(event.line))
    if (!provesInclusion({ place: event.n, size, leaf, root }, path)) throw new Refused('seal_broken')
    const keys = await listLogKeys(trx, entityId)
    return { place: String(event.n), text: eventProofText({ line: event.line, place: event.n, path, note, keys }) }
  })
}
