import { sql } from 'kysely'
import type { Trx } from './client.ts'

export interface LiveTenure {
  personName: string
  positionName: string
  duty: string
  kind: string
}

/** The person's tenure of the position in force today (`app_today()`); undefined when they hold it no longer. */
export async function findLiveTenure(trx: Trx, personId: string, positionId: string): Promise<LiveTenure | undefined> {
  return await trx
    .selectFrom('tenure')
    .innerJoin('person', 'person.id', 'tenure.person_id')
    .innerJoin('position', 'position.id', 'tenure.position_id')
    .select([
      'person.display_name as personName',
      'position.name as positionName',
      'position.duty as duty',
      'tenure.kind as kind',
    ])
    .where('tenure.person_id', '=', personId)
    .where('tenure.position_id', '=', positionId)
    .where('tenure.from_date', '<=', sql<string>`app_today()`)
    .where((eb) => eb.or([eb('tenure.to_date', 'is', null), eb('tenure.to_date', '>=', sql<string>`app_today()`)]))
    .where((eb) => eb.or([eb('person.ended_on', 'is', null), eb('person.ended_on', '>=', sql<string>`app_today()`)]))
    .where((eb) =>
      eb.or([eb('position.ended_on', 'is', null), eb('position.ended_on', '>=', sql<string>`app_today()`)]),
    )
    .executeTakeFirst()
}
