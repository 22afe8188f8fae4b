import { type Kysely, sql } from 'kysely'

/**
 * A run that is executed because its risk happened begins with the day on which it did, no longer with the day on which that was
 * said: without this, what was said before would be asked for a second time. Where several days were said on one, the first has
 * the run and the others are asked for.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    update control_run r set period_start = said.day
    from (
      select c.id as control_id, (e.written_at at time zone 'America/Bogota')::date as written_on, min(e.occurred_on) as day
      from risk_event e join risk_control c on c.risk_id = e.risk_id and c.periodicity = 'al_materializarse'
      group by 1, 2) said
    where r.control_id = said.control_id and r.period_start = said.written_on and said.day <> said.written_on
      and not exists (select from control_run other where other.control_id = r.control_id and other.period_start = said.day)`.execute(
    db,
  )
}
