import { sql } from 'kysely'
import { Refused } from '../domain/refusals.ts'
import { reachesAct, type SubstitutionScope } from '../domain/substitutions.ts'
import type { Trx } from './client.ts'
import { isHeldToday } from './positions.ts'

export interface LiveTenure {
  personName: string
  positionName: string
  duty: string
  /** How the position is held, by the person or by whom they act for. */
  kind: string
  /** How far they act for somebody; null in a position of their own. */
  scope: SubstitutionScope | null
}

/** Whose hand acts, in which position, and for whom. */
export interface Hand {
  personId: string
  positionId: string
  actingFor?: string | null
}

export function handOf(act: { person_id: string; position_id: string; acting_for: string | null }): Hand {
  return { personId: act.person_id, positionId: act.position_id, actingFor: act.acting_for }
}

/**
 * By what the person acts in the position today (`app_today()`): their tenure, or the substitution of whom they act for.
 * Undefined when there is neither any longer.
 */
export async function findLiveTenure(trx: Trx, hand: Hand): Promise<LiveTenure | undefined> {
  const { personId, positionId, actingFor } = hand
  const found = actingFor
    ? await sql<LiveTenure>`
        select s.substitute_name as "personName", s.position_name as "positionName", s.duty, s.kind, s.scope
        from substitutions_on(app_today()) s where s.substitute_id = ${personId} and s.position_id = ${positionId}
          and s.absent_id = ${actingFor}
        order by s.scope limit 1`.execute(trx)
    : await sql<LiveTenure>`
        select p.display_name as "personName", pos.name as "positionName", pos.duty, t.kind, null as scope
        from tenure t join person p on p.id = t.person_id join position pos on pos.id = t.position_id
        where t.person_id = ${personId} and t.position_id = ${positionId} and ${isHeldToday} limit 1`.execute(trx)
  return found.rows[0]
}

/** The same for an act of this kind, judged when it is recorded: what is no longer held, or not reached, is refused. */
export async function requireLiveTenure(trx: Trx, hand: Hand & { duty: string }, kind: string): Promise<LiveTenure> {
  const tenure = await findLiveTenure(trx, hand)
  if (!tenure || tenure.duty !== hand.duty) throw new Refused(hand.actingFor ? 'substitution_ended' : 'tenure_ended')
  if (tenure.scope && !reachesAct(tenure.scope, kind)) throw new Refused('beyond_substitution')
  return tenure
}
