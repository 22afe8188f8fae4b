/** The events of the transactions that recorded a fact: the act behind what a past date is answered with (decision 0052). */
import { sql } from 'kysely'
import { KEPT, type Trx } from './client.ts'
import { EVENT_LINE, type TimelineEntry } from './timeline.ts'

/** The event with which a row began; undefined where its version has none, as of one that was written past the product. */
export async function findBeginning(trx: Trx, entityId: string, rowId: string) {
  return await eventOf(trx, entityId, sql`v.row_id = ${rowId}`)
}

/** The event with which an access came into the status it has. */
export async function findTurning(trx: Trx, entityId: string, { id, status }: { id: string; status: string }) {
  return await eventOf(trx, entityId, sql`v.row_id = ${id} and v.body ->> 'status' = ${status}`)
}

async function eventOf(trx: Trx, entityId: string, which: ReturnType<typeof sql>): Promise<TimelineEntry | undefined> {
  const { rows } = await sql<TimelineEntry>`${KEPT}
    ${EVENT_LINE}
    where e.entity_id = ${entityId} and e.id = (
      select made.id from (select v.row_id, v.xid from fact_version v where ${which} order by v.recorded_at, v.seq limit 1) v
        join event made on made.object_id = v.row_id and made.xid = v.xid order by made.at desc, made.id desc limit 1)`.execute(
    trx,
  )
  return rows[0]
}
