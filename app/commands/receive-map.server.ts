import { recordEvent } from '../../db/audit.ts'
import { insertMapFile } from '../../db/division-maps.ts'
import { storeFile } from '../../db/files.ts'
import type { UnreadFile } from '../../domain/file-readings.ts'
import { MAX_MAP_BYTES, type MapFault, readMapFile } from '../../domain/geojson.ts'
import { type Permitted, whyNot } from '../../domain/permissions.ts'
import { refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { readSentFile } from '../uploads.server.ts'
import { permitted } from './permitted.server.ts'

export type ReceivedMap = { ok: true; fileId: string } | { ok: false; reason: UnreadFile | MapFault[] }

/** Why this person may not bring maps along; null when they may. The page asks it too. */
export const mapObjection = (actor: Permitted) => whyNot(actor, 'bring', 'Map', { entityId: actor.entityId })

/** Receives the file of a map (F1): read whole before anything is kept; the same file again is the same one. */
export async function receiveMap(context: AppContext, actor: Actor, request: Request): Promise<ReceivedMap> {
  const { entityId, personId, position } = actor
  const about = { objectId: entityId }
  // Nobody without the right gets to send a byte.
  await recordingRefusals(context, actor, about, async () => refuseIf(mapObjection(permitted(actor))))
  const sent = await readSentFile(request, MAX_MAP_BYTES)
  if (typeof sent === 'string') return { ok: false, reason: sent }
  const read = readMapFile(new TextDecoder().decode(sent.content))
  if (!read.ok) return { ok: false, reason: read.faults }
  const stored = await storeFile(context.config.DATA_DIR, sent.content)
  return await recordingRefusals(context, actor, about, async (trx) => {
    refuseIf(mapObjection(permitted(actor)))
    const by = { entityId, personId, positionId: position.id }
    const { id, isNew } = await insertMapFile(trx, by, { ...stored, name: sent.name })
    if (isNew)
      await recordEvent(trx, {
        ...{ entityId, type: 'map.received', objectId: id, contentHash: stored.sha256 },
        ...{ actorPerson: personId, actorPosition: position.id, origin: 'web', requestId: context.requestId },
      })
    return { ok: true, fileId: id }
  })
}
