import { sql } from 'kysely'
import type { ActingFor } from '../domain/substitutions.ts'
import { askAsActor, type Database, KEPT, type Trx } from './client.ts'
import { dutyNamesOf } from './duty-names.ts'
import { isSubstitutedToday, SUBSTITUTED } from './substitutes.ts'

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
  /** For whom, where it is held by somebody who is absent; null in a position of one's own. */
  actingFor: ActingFor | null
}

/** What a session keeps of the position that was chosen: itself, or the substitution one acts under in it. */
export function choiceOf({ id, actingFor }: Pick<HeldPosition, 'id' | 'actingFor'>): string {
  return actingFor?.substitutionId ?? id
}

export interface PersonAtWork {
  displayName: string
  /** `requiresFactor`: whoever approves or administers has to have a second factor; `dutyNames`: as `listDutyNames`. */
  entity: {
    id: string
    name: string
    shortName: string
    slogan: string | null
    shieldHash: string | null
    requiresFactor: boolean
    dutyNames: Record<string, string>
  }
  /** An account of theirs has a second factor. */
  hasFactor: boolean
  /** Positions one acts in today (`listPositionsToday`). */
  positions: HeldPosition[]
  /** What their delegated accesses in force let them enter and read (`scopeKey` in domain/capture.ts). */
  scopes: string[]
}

interface PersonRow {
  positions: HeldPosition[]
  scopes: string[]
  display_name: string
  entity_id: string
  name: string
  short_name: string
  slogan: string | null
  shield_hash: string | null
  requires_factor: boolean
  has_factor: boolean
  duty_names: Record<string, string>
}

/** A person with entity and the positions held today (`app_today()`); null when the person has left. */
export async function findPersonAtWork(trx: Trx, personId: string): Promise<PersonAtWork | null> {
  return personIn((await personAtWork(personId).execute(trx)).rows)
}

/** As `findPersonAtWork`, asked at every request of whoever it is: one statement, sent at once. */
export async function askPersonAtWork(
  database: Database,
  who: { entityId: string; personId: string },
): Promise<PersonAtWork | null> {
  return personIn(await askAsActor(database, who, personAtWork(who.personId)))
}

const personAtWork = (personId: string) => sql<PersonRow>`${KEPT}
    select p.display_name, e.id as entity_id, e.name, e.short_name, e.slogan, e.shield_hash,
      e.second_factor_required as requires_factor, exists (select from account_factor f join account c on c.id = f.account_id
        where c.person_id = p.id and c.disabled_at is null and f.confirmed_at is not null) as has_factor,
      ${dutyNamesOf(sql`e.id`)} as duty_names,
      array(select scope_of(g.point_id, g.form, g.vigencia) from grants_in_force(p.id) g) as scopes,
      (select coalesce(json_agg(held), '[]') from (${positionsToday(personId)}) held) as positions
    from person p join entity e on e.id = p.entity_id
    where p.id = ${personId} and (p.ended_on is null or p.ended_on >= app_today())`

function personIn([row]: PersonRow[]): PersonAtWork | null {
  if (!row) return null
  return {
    displayName: row.display_name,
    entity: {
      id: row.entity_id,
      name: row.name,
      shortName: row.short_name,
      slogan: row.slogan,
      shieldHash: row.shield_hash,
      requiresFactor: row.requires_factor,
      dutyNames: row.duty_names,
    },
    hasFactor: row.has_factor,
    positions: row.positions,
    scopes: row.scopes,
  }
}

/**
 * Positions one acts in today: one's own, those one holds as encargado, then those of absent people one substitutes. Who
 * holds nothing of their own is not at work, and substitutes nobody.
 */
export async function listPositionsToday(trx: Trx, personId: string): Promise<HeldPosition[]> {
  const found = await positionsToday(personId).execute(trx)
  return found.rows
}

function positionsToday(personId: string) {
  return sql<HeldPosition>`
    with own as (
      select ${HELD}, null::jsonb as "actingFor"
      from tenure t join position pos on pos.id = t.position_id join agency a on a.id = pos.agency_id
      where t.person_id = ${personId} and t.from_date <= app_today() and (t.to_date is null or t.to_date >= app_today())
        and (pos.ended_on is null or pos.ended_on >= app_today())
    ), substituted as (
      select ${HELD}, jsonb_build_object('substitutionId', sub.id, 'personId', p.id, 'name', p.display_name,
        'scope', sub.scope, 'until', ab.to_date) as "actingFor"
      from ${SUBSTITUTED} join agency a on a.id = pos.agency_id
      where sub.substitute_id = ${personId} and ${isSubstitutedToday}
    )
    select * from (select * from own union all select * from substituted where exists (select from own)) held
    order by "actingFor" is not null, "actingFor" is null and kind = 'encargado', name, "actingFor" ->> 'name',
      "actingFor" ->> 'substitutionId', id`
}

const HELD = sql`pos.id, t.id as "tenureId", pos.name, pos.duty, t.kind, pos.heads_agency as "headsAgency",
  a.id as "agencyId", a.name as "agencyName"`
