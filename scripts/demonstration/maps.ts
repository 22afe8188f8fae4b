/** The map of the demonstration's divisions, brought along as a person would. */
import { keepMap } from '../../app/commands/keep-map.server.ts'
import { receiveMap } from '../../app/commands/receive-map.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { DEMO_MAP_FILE, DEMO_MAP_NAME, demoMap } from '../../catalog/demo/divisions.ts'
import { withEntity } from '../../db/client.ts'
import { listMaps } from '../../db/division-maps.ts'
import { actorOf } from './acts.ts'

/** Profesional TIC uploads and keeps the map; again, it is the same one. Answers the ids of its pages. */
export async function bringMap(context: AppContext, entityId: string): Promise<{ fileId: string; mapId: string }> {
  const tic = await actorOf(context, entityId, 'profesional_tic')
  const form = new FormData()
  form.append('archivo', new Blob([demoMap()], { type: 'application/geo+json' }), DEMO_MAP_FILE)
  const received = await receiveMap(context, tic, new Request('http://localhost/', { method: 'POST', body: form }))
  if (!received.ok) throw new Error('the demonstration map was refused')
  const { fileId } = received
  const chosen = { code: 'codigo', name: 'nombre' }
  const kept = await keepMap(context, tic, { fileId, name: DEMO_MAP_NAME, chosen })
  if (!kept.ok) throw new Error('the demonstration map was refused')
  return { fileId, mapId: kept.mapId }
}

/** Hash of the map figures of the demonstration are drawn on; empty where the entity has none. */
export async function mapOf(context: AppContext, entityId: string): Promise<string> {
  const [map] = await withEntity(context.db, entityId, (trx) => listMaps(trx, entityId))
  return map?.hash ?? ''
}
