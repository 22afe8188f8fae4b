/**
 * A log that came from another installation (decision 0065). Events keep the transactions of the cluster they were written in, because those are
 * sealed; all that came are sealed. Transactions of this one count from the event `entity.imported` on, which is the first after them.
 */
import { type RawBuilder, sql } from 'kysely'
import { KEPT, type Trx } from './client.ts'

/** The event from which on the order of transactions begins anew. */
export const IMPORTED = 'entity.imported'

/** When the entity came here; long ago where it began here. Its transactions since are of this cluster. */
export const cameAt = (
  entityId: string,
): RawBuilder<Date> => sql<Date>`(select coalesce(max(i.at), '-infinity') from event i
  where i.entity_id = ${entityId} and i.type = ${sql.lit(IMPORTED)})`

interface Place {
  xid: string
  eventId: string
}

/**
 * Condition on `event e`: it waits for its seal. `last`: the last that has one. Where the log came from elsewhere the number of a transaction
 * says nothing of those before, which have their leaves.
 */
export async function waitsAfter(trx: Trx, entityId: string, last: Place | undefined): Promise<RawBuilder<unknown>> {
  if (!last) return sql``
  const came = await findImport(trx, entityId)
  if (!came) return sql`and (e.xid, e.id) > (${last.xid}::xid8, ${last.eventId}::uuid)`
  const after = came.isSealed
    ? sql`> (${last.xid}::xid8, ${last.eventId}::uuid)`
    : sql`>= (${came.xid}::xid8, ${came.eventId}::uuid)`
  return sql`and (e.xid, e.id) ${after} and not exists (select from log_leaf l where l.event_id = e.id)`
}

/** The last time the entity came from elsewhere, and whether that event has its seal. */
export async function findImport(trx: Trx, entityId: string): Promise<(Place & { isSealed: boolean }) | undefined> {
  const { rows } = await sql<Place & { isSealed: boolean }>`${KEPT}
    select i.xid::text as xid, i.id as "eventId", exists (select from log_leaf l where l.event_id = i.id) as "isSealed"
    from event i where i.entity_id = ${entityId} and i.type = ${sql.lit(IMPORTED)} order by "isSealed", i.at desc limit 1`.execute(
    trx,
  )
  return rows[0]
}
