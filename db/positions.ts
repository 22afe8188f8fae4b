import { sql } from 'kysely'
import type { Trx } from './client.ts'

/** Of a tenure `t`, its position `pos` and person `p`: it is held today, by somebody who has not left. */
export const isHeldToday = sql<boolean>`t.from_date <= app_today() and (t.to_date is null or t.to_date >= app_today())
  and (pos.ended_on is null or pos.ended_on >= app_today()) and (p.ended_on is null or p.ended_on >= app_today())`

export interface HeldPosition {
  id: string
  tenureId: string
  name: string
  duty: string
  kind: 'titular' | 'encargado'
  headsAgency: boolean
  agencyId: string
  agencyName: string
}

export interface PersonAtWork {
  displayName: string
  entity: { id: string; name: string; shortName: string; slogan: string | null; shieldHash: string | null }
  /** Positions held today, own ones before those held as encargado. */
  positions: HeldPosition[]
  /** What their delegated accesses in force let them enter and read (`scopeKey` in domain/capture.ts). */
  scopes: string[]
}

interface PersonRow {
  scopes: string[]
  display_name: string
  entity_id: string
  name: string
  short_name: string
  slogan: string | null
  shield_hash: string | null
}

/** A person with entity and the positions held today (`app_today()`); null when the person has left. */
export async function findPersonAtWork(trx: Trx, personId: string): Promise<PersonAtWork | null> {
  const found = await sql<PersonRow>`
    select p.display_name, e.id as entity_id, e.name, e.short_name, e.slogan, e.shield_hash,
      array(select scope_of(g.point_id, g.form, g.vigencia) from grants_in_force(p.id) g) as scopes
    from person p join entity e on e.id = p.entity_id
    where p.id = ${personId} and (p.ended_on is null or p.ended_on >= app_today())`.execute(trx)
  const row = found.rows[0]
  if (!row) return null
  return {
    displayName: row.display_name,
    entity: {
      id: row.entity_id,
      name: row.name,
      shortName: row.short_name,
      slogan: row.slogan,
      shieldHash: row.shield_hash,
    },
    positions: await listPositionsToday(trx, personId),
    scopes: row.scopes,
  }
}

/** Positions held today, those of one's own before those one stands in for. */
export async function listPositionsToday(trx: Trx, personId: string): Promise<HeldPosition[]> {
  const held = await sql<HeldPosition>`
    select pos.id, t.id as "tenureId", pos.name, pos.duty, t.kind, pos.heads_agency as "headsAgency",
      a.id as "agencyId", a.name as "agencyName"
    from tenure t join position pos on pos.id = t.position_id join agency a on a.id = pos.agency_id
    where t.person_id = ${personId} and t.from_date <= app_today() and (t.to_date is null or t.to_date >= app_today())
      and (pos.ended_on is null or pos.ended_on >= app_today())
    order by t.kind = 'encargado', pos.name, pos.id`.execute(trx)
  return held.rows
}
