import { recordEvent } from '../../db/audit.ts'
import { findMapFile, insertMap, readMapText, storeDivisions } from '../../db/division-maps.ts'
import { type ChosenProperties, divisionsOf, type MapFault, readMapFile } from '../../domain/geojson.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'
import { mapObjection } from './receive-map.server.ts'

export interface MapToKeep {
  fileId: string
  /** From 3 to 80 letters; that of a map kept before makes its next version. */
  name: string
  chosen: ChosenProperties
}

export type KeptMap = { ok: true; mapId: string; outcome: 'kept' | 'same' } | { ok: false; faults: MapFault[] }

/** Keeps a received file as a map, with the properties chosen for code and name (F1). */
export async function keepMap(
  context: AppContext,
  actor: Actor,
  { fileId, name, chosen }: MapToKeep,
): Promise<KeptMap> {
  const { entityId, personId, position } = actor
  const { DATA_DIR } = context.config
  return await recordingRefusals(context, actor, { objectId: fileId }, async (trx): Promise<KeptMap> => {
    const file = await findMapFile(trx, entityId, fileId)
    if (!file) throw new Refused('not_visible')
    refuseIf(mapObjection(permitted(actor)))
    const read = readMapFile(await readMapText(DATA_DIR, file))
    const made = read.ok ? divisionsOf(read.features, chosen) : read
    if (!made.ok) return made
    const hash = await storeDivisions(DATA_DIR, made.divisions)
    const by = { entityId, personId, positionId: position.id }
    const properties = { codeProperty: chosen.code, nameProperty: chosen.name }
    const map = { name, fileId, ...properties, hash, divisionCount: made.divisions.length }
    const { id, n, isNew } = await insertMap(trx, by, map)
    if (!isNew) return { ok: true, mapId: id, outcome: 'same' }
    await recordEvent(trx, {
      ...{ entityId, type: 'map.kept', objectId: id, objectVersion: String(n), contentHash: hash },
      changes: [
        { field: 'name', before: null, after: name },
        { field: 'code_property', before: null, after: chosen.code },
        { field: 'name_property', before: null, after: chosen.name },
      ],
      ...{ actorPerson: personId, actorPosition: position.id, origin: 'web', requestId: context.requestId },
    })
    return { ok: true, mapId: id, outcome: 'kept' }
  })
}
