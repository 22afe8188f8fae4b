import { type Kysely, sql } from 'kysely'

/**
 * A run that is executed because its risk happened begins with the day on which it did, no longer with the day on which that was
 * said: without this, what was said before would be asked for a second time. Where several days were said on one, the first has
 * the run and the others are asked for; a run stays where its risk happened on that very day as well, and days that were said
 * twice have one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    update control_run r set period_start = moved.day
    from (
      select distinct on (said.control_id, said.day) said.control_id, said.written_on, said.day
      from (
        select c.id as control_id, (e.written_at at time zone 'America/Bogota')::date as written_on, min(e.occurred_on) as day,
          bool_or(e.occurred_on = (e.written_at at time zone 'America/Bogota')::date) as is_there
        from risk_event e join risk_control c on c.risk_id = e.risk_id and c.periodicity = 'al_materializarse'
        group by 1, 2) said
      where not said.is_there order by said.control_id, said.day, said.written_on) moved
    where r.control_id = moved.control_id and r.period_start = moved.written_on
      and not exists (select from control_run other where other.control_id = r.control_id and other.period_start = moved.day)`.execute(
    db,
  )
}
