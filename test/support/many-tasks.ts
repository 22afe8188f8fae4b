/** A database as full as after years of work, for measuring: rows made in SQL, never for testing behaviour. */
import pg from 'pg'
import type { Town } from './town.ts'

export interface ManyTasks {
  tasks: number
  open: number
}

/**
 * `open` steps, each with a running term, an author and one open line, spread over the town's positions with every
 * second one for `duty`; closed lines fill up to `tasks`.
 */
export async function manyTasks(town: Town, duty: string, { tasks, open }: ManyTasks): Promise<void> {
  const client = new pg.Client({ connectionString: town.database.superuserUrl })
  await client.connect()
  try {
    await client.query('set session_replication_role = replica')
    await client.query('create temporary table holder (n serial, duty text, person uuid, position uuid)')
    for (const holder of Object.values(town.holders))
      await client.query('insert into holder (duty, person, position) values ($1, $2, $3)', [
        holder.duty,
        holder.personId,
        holder.positionId,
      ])
    await client.query(filling, [town.entityId, open, town.admin.personId])
    await client.query(lines, [town.entityId, duty])
    await client.query(closed, [town.entityId, Math.ceil((tasks - open) / open)])
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}

const filling = `
with made as (
  select g, gen_random_uuid() as cycle, 2020 + g % 7 as vigencia from generate_series(1, ceil($2::int / 7.0)::int) g
), cycles as (
  insert into cycle (id, entity_id, procedure_version_id, vigencia, name, radicado, trd, status, requested_by)
  select cycle, $1, (select id from procedure_version where entity_id = $1 limit 1), vigencia,
    'Ejercicio ' || g, 'R' || g, '100', 'active', $3 from made
), steps as (
  insert into step (id, entity_id, cycle_id, code, status, attempt_n, attempt_id)
  select gen_random_uuid(), $1, cycle, c::text, 'in_review', 1, gen_random_uuid()
  from made, generate_series(1, 7) c limit $2 returning *
), attempts as (
  insert into attempt (id, entity_id, cycle_id, step_id, n, form_version, opened_at)
  select attempt_id, $1, cycle_id, id, 1, 1, now() from steps
), authors as (
  insert into attempt_author (entity_id, step_id, attempt_id, person_id, position_id)
  select $1, s.id, s.attempt_id, h.person, h.position from steps s
  join holder h on h.n = 1 + abs(hashtext(s.id::text)) % (select count(*) from holder)
)
insert into term (id, entity_id, cycle_id, step_id, attempt_id, start_date, working_days, due_date, due_at, calendar_version, arithmetic)
select gen_random_uuid(), $1, cycle_id, id, attempt_id, d - 14, 10, d, d + time '23:59:59', 'x', '[]'
from (select *, current_date - 60 + abs(hashtext(id::text)) % 120 as d from steps) dated`

const lines = `
insert into task (id, entity_id, cycle_id, step_id, step_code, attempt_id, kind, duty, due_at)
select gen_random_uuid(), $1, s.cycle_id, s.id, s.code, s.attempt_id, 'review',
  case when row_number() over () % 2 = 0 then $2 else h.duty end, t.due_at
from step s join term t on t.attempt_id = s.attempt_id and t.status = 'running' and t.calendar_version = 'x'
join holder h on h.n = 1 + abs(hashtext(s.attempt_id::text)) % (select count(*) from holder)
where s.entity_id = $1`

const closed = `
insert into task (id, entity_id, cycle_id, step_id, step_code, attempt_id, kind, duty, status, due_at, ended_at)
select gen_random_uuid(), $1, t.cycle_id, t.step_id, t.step_code, t.attempt_id, t.kind, t.duty, 'done', t.due_at, now()
from task t, generate_series(1, $2) where t.entity_id = $1 and t.status = 'open'`
