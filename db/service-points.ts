import type { AddPoint, End } from '../domain/administration.ts'
import type { PointKind } from '../domain/points.ts'
import { type ActingPerson, changesBetween, eventBy, refuse, type Saved } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'

/** Refused beside the field: an agency that is gone, a name that another point of the entity has. */
export async function addPoint(trx: Trx, actor: ActingPerson, input: AddPoint): Promise<Saved> {
  const { agencyId, name, kind, address } = input
  const agency = await trx
    .selectFrom('agency')
    .select('ended_on')
    .where('id', '=', agencyId)
    .where('entity_id', '=', actor.entityId)
    .executeTakeFirst()
  if (!agency || agency.ended_on !== null) return refuse('agencyId', 'not_found')
  const id = newId()
  const columns = { agency_id: agencyId, name, kind, address }
  const added = await trx
    .insertInto('service_point')
    .values({ id, entity_id: actor.entityId, ...columns })
    .onConflict((oc) => oc.columns(['entity_id', 'name']).doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) return refuse('name', 'name_taken')
  await recordEvent(trx, { ...eventBy(actor), type: 'point.added', objectId: id, changes: changesBetween({}, columns) })
  return { id }
}

/** Its last day; what was granted there lets nobody in after it. */
export async function endPoint(trx: Trx, actor: ActingPerson, { id, on }: End): Promise<Saved> {
  const ended = await trx
    .updateTable('service_point')
    .set({ ended_on: on })
    .where('id', '=', id)
    .where('entity_id', '=', actor.entityId)
    .where('ended_on', 'is', null)
    .executeTakeFirst()
  if (ended.numUpdatedRows !== 1n) return refuse('id', 'ended_already')
  const changes = [{ field: 'ended_on', before: null, after: on }]
  await recordEvent(trx, { ...eventBy(actor), type: 'point.changed', objectId: id, changes })
  return { id }
}

export interface PointLine {
  id: string
  name: string
  kind: PointKind
  address: string | null
  endedOn: string | null
}

/** Points of attention of an agency, those that are open first. */
export async function listPoints(trx: Trx, entityId: string, agencyId: string): Promise<PointLine[]> {
  const rows = await trx
    .selectFrom('service_point')
    .select(['id', 'name', 'kind', 'address', 'ended_on as endedOn'])
    .where('entity_id', '=', entityId)
    .where('agency_id', '=', agencyId)
    .orderBy('ended_on', (order) => order.desc().nullsFirst())
    .orderBy('name')
    .execute()
  return rows.map((row) => ({ ...row, kind: row.kind as PointKind }))
}
