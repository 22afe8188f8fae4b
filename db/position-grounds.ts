import { sql } from 'kysely'
import type { Trx } from './client.ts'
import { isHeldToday } from './positions.ts'
import type { Hand } from './tenures.ts'

/** By which act somebody acts in a position today, and until when (J2). */
export interface PositionGrounds {
  kind: string
  /** Resolución, decreto: as it was typed. */
  act: string
  /** Civil dates; `to` is null where no end was set. */
  from: string
  to: string | null
  /** Name of whoever is absent, where they act for somebody. */
  absentName: string | null
}

/** Undefined where neither a tenure nor a substitution holds today. */
export async function findPositionGrounds(trx: Trx, hand: Hand): Promise<PositionGrounds | undefined> {
  const { personId, positionId, actingFor } = hand
  const found = actingFor
    ? await sql<PositionGrounds>`
        select s.kind, s.act_reference as act, s.from_date as "from", s.to_date as "to", s.absent_name as "absentName"
        from substitutions_on(app_today()) s where s.substitute_id = ${personId} and s.position_id = ${positionId}
          and s.absent_id = ${actingFor} order by s.to_date desc limit 1`.execute(trx)
    : await sql<PositionGrounds>`
        select t.kind, t.act_reference as act, t.from_date as "from", t.to_date as "to", null as "absentName"
        from tenure t join person p on p.id = t.person_id join position pos on pos.id = t.position_id
        where t.person_id = ${personId} and t.position_id = ${positionId} and ${isHeldToday} limit 1`.execute(trx)
  return found.rows[0]
}
