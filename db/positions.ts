import { sql } from 'kysely'
import { OF_ANY_OFFICE } from '../domain/administration.ts'
import type { ActingFor } from '../domain/substitutions.ts'
import { KEPT, type Trx } from './client.ts'

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

/** A person with entity and the positions held today (`app_today()`); null when the person has left. */
export async function findPersonAtWork(trx: Trx, personId: string): Promise<PersonAtWork | null> {
  const found = await sql<{ person: PersonAtWork | null }>`${KEPT}
    select person_at_work(${personId}, ${[...OF_ANY_OFFICE]}::text[]) as person`.execute(trx)
  return found.rows[0]?.person ?? null
}

/**
 * Positions one acts in today: one's own, those one holds as encargado, then those of absent people one substitutes. Who
 * holds nothing of their own is not at work, and substitutes nobody.
 */
export async function listPositionsToday(trx: Trx, personId: string): Promise<HeldPosition[]> {
  const found = await sql<HeldPosition>`select * from positions_today(${personId})`.execute(trx)
  return found.rows
}
