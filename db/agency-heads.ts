/** Who heads a dependencia, and those above it. */
import { sql } from 'kysely'
import { GRANTERS } from '../domain/grants.ts'
import type { Trx } from './client.ts'

export interface AgencyHead {
  personId: string
  /** 0: heads the dependencia itself; above, how many dependencias higher. */
  height: number
}

/** Who heads a dependencia and those above it on a day, the nearest first; a vacant position is nobody. */
export async function headsAbove(trx: Trx, entityId: string, agencyId: string, day: string): Promise<AgencyHead[]> {
  const found = await sql<AgencyHead>`
    with recursive up as (
      select id, parent_id, 0 as height from agency where id = ${agencyId} and entity_id = ${entityId}
      union select a.id, a.parent_id, up.height + 1 from agency a join up on a.id = up.parent_id where up.height < 20
    )
    select t.person_id as "personId", min(up.height)::int as height from up
    join position pos on pos.agency_id = up.id and pos.heads_agency and (pos.ended_on is null or pos.ended_on >= ${day})
    join tenure t on t.position_id = pos.id and t.from_date <= ${day} and (t.to_date is null or t.to_date >= ${day})
    join person p on p.id = t.person_id and (p.ended_on is null or p.ended_on >= ${day})
    group by t.person_id order by 2, 1`.execute(trx)
  return found.rows
}

/** Positions that head a dependencia today, held or vacant. */
export async function listHeadPositions(trx: Trx, agencyId: string): Promise<{ id: string; name: string }[]> {
  return await trx
    .selectFrom('position')
    .select(['id', 'name'])
    .where('agency_id', '=', agencyId)
    .where('heads_agency', '=', true)
    .where(({ or, eb }) => or([eb('ended_on', 'is', null), eb('ended_on', '>=', sql<string>`app_today()`)]))
    .orderBy('name')
    .execute()
}

/** Positions that lead the process and decide on its accesses (R3), as the entity calls them; held or vacant. */
export async function listLeadPositions(trx: Trx, entityId: string): Promise<{ id: string; name: string }[]> {
  return await trx
    .selectFrom('position')
    .select(['id', 'name'])
    .where('entity_id', '=', entityId)
    .where('duty', 'in', GRANTERS)
    .where(({ or, eb }) => or([eb('ended_on', 'is', null), eb('ended_on', '>=', sql<string>`app_today()`)]))
    .orderBy('name')
    .execute()
}
