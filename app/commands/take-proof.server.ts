import { findCheckpoint, findSealedEvent, listLogKeys, pathOf } from '../../db/sealed-log.ts'
import { findTrailEvent } from '../../db/timeline.ts'
import { Refused } from '../../domain/refusals.ts'
import { leafOf, provesInclusion } from '../../verifier/merkle.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { readingEvent } from './consult-trail.server.ts'

/** What a stranger needs to check one event without this product: `verifier/` reads it. Sizes and places as decimal text. */
export interface EventProof {
  formato: 'caracteriza-comprobante'
  version: 1
  /** The canonical line of the event. */
  linea: string
  lugar: string
  /** Hashes beside the way to the root, base64. */
  camino: string[]
  /** The signed note. */
  punto_de_control: string
  llaves: string[]
}

/** The proof of one event. Refuses what no checkpoint holds yet, and what no longer is what was sealed. */
export async function takeProof(context: AppContext, actor: Actor, eventId: string): Promise<EventProof> {
  const { entityId } = actor
  return await readingEvent(context, actor, { eventId, type: 'audit.proof_taken' }, async (trx) => {
    if (!(await findTrailEvent(trx, entityId, eventId))) throw new Refused('not_visible')
    const event = await findSealedEvent(trx, entityId, eventId)
    const checkpoint = event && (await findCheckpoint(trx, entityId, event.n))
    if (!event || !checkpoint) throw new Refused('not_sealed_yet')
    const { size, root, note } = checkpoint
    const path = await pathOf(trx, entityId, event.n, size)
    const leaf = leafOf(Buffer.from(event.line))
    if (!provesInclusion({ place: event.n, size, leaf, root }, path)) throw new Refused('seal_broken')
    return {
      ...({ formato: 'caracteriza-comprobante', version: 1 } as const),
      ...{ linea: event.line, lugar: String(event.n), camino: path.map((hash) => hash.toString('base64')) },
      ...{ punto_de_control: note, llaves: await listLogKeys(trx, entityId) },
    }
  })
}
