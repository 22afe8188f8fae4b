/** Accesses by the hundred, each with its person at work, its account and its workflow, in organismos of their own. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '@temporalio/client'
import { type RawBuilder, sql } from 'kysely'
import { type Database, withEntity } from '../../db/client.ts'
import { eventually } from '../../scripts/processes.ts'
import { delegationWorkflowId, TASK_QUEUE } from '../../workflows/messages.ts'

const AT_ONCE = 20
const PATIENCE_S = 300

/** How many organismos, how many accesses in all, and how many more that nobody may review. */
export interface Size {
  agencies: number
  grants: number
  alone: number
}

export interface ManyAccesses {
  /** Positions that head the organismos. */
  heads: string[]
  /** Accesses a head reviews. */
  reviewed: string[]
  /** Those of whoever leads the process, in an organismo nobody heads: no seat is left for them. */
  alone: string[]
}

/** In force from today on, of this vigencia; `mark` tells those of one call apart. */
export async function manyAccesses(owner: Database, entityId: string, size: Size, mark: string): Promise<ManyAccesses> {
  const { agencies, grants, alone } = size
  const name = (word: string) => sql`${`${word} ${mark} `}`
  return await withEntity(owner, entityId, async (trx) => {
    const found = <T>(query: RawBuilder<T>) => query.execute(trx).then(({ rows }) => rows)
    const heads = await found(sql<{ name: string }>`
      with g as (insert into agency (id, entity_id, name) select gen_random_uuid(), ${entityId}, ${name('Organismo')} || n
          from generate_series(1, ${agencies}) n returning id, name),
        s as (insert into service_point (id, entity_id, agency_id, name) select gen_random_uuid(), ${entityId}, id, name from g),
        p as (insert into person (id, entity_id, display_name, document_hash)
          select gen_random_uuid(), ${entityId}, 'Dirección de ' || name, name from g returning id, display_name),
        pos as (insert into position (id, entity_id, agency_id, name, duty, heads_agency)
          select gen_random_uuid(), ${entityId}, id, 'Dirección de ' || name, 'dependencia', true from g returning id, name),
        t as (insert into tenure (id, entity_id, person_id, position_id, kind, from_date, act_reference)
          select gen_random_uuid(), ${entityId}, p.id, pos.id, 'titular', '2020-01-01', 'x' from p join pos on pos.name = p.display_name)
      select name from pos order by name`)
    await sql`with g as (select a.id, row_number() over (order by a.name) - 1 as n from agency a
          where a.entity_id = ${entityId} and a.name like ${name('Organismo')} || '%'),
        c as (select gen_random_uuid() as person, gen_random_uuid() as position, ${name('Auxiliar')} || n as name, n
          from generate_series(1, ${grants}) n),
        p as (insert into person (id, entity_id, display_name, document_hash)
          select person, ${entityId}, name, name from c),
        pos as (insert into position (id, entity_id, agency_id, name, duty, heads_agency)
          select c.position, ${entityId}, g.id, c.name, 'atencion', false from c join g on g.n = c.n % ${agencies}),
        a as (insert into account (name, email, email_verified, entity_id, person_id)
          select name, person || '@santamarta.demo.test', true, ${entityId}, person from c)
      insert into tenure (id, entity_id, person_id, position_id, kind, from_date, act_reference)
        select gen_random_uuid(), ${entityId}, person, position, 'titular', '2020-01-01', 'x' from c`.execute(trx)
    await sql`with g as (insert into agency (id, entity_id, name) values (gen_random_uuid(), ${entityId}, ${name('Sin dirección')})
        returning id)
      insert into service_point (id, entity_id, agency_id, name) select gen_random_uuid(), ${entityId}, g.id, ${name('Punto solo')} || n
        from g, generate_series(1, ${alone}) n`.execute(trx)
    const granted = await found(sql<{ id: string; isAlone: boolean }>`
      with asker as (select t.person_id, t.position_id from tenure t join position pos on pos.id = t.position_id
          where pos.entity_id = ${entityId} and pos.duty = 'dependencia' order by pos.id limit 1),
        leader as (select t.person_id from tenure t join position pos on pos.id = t.position_id
          where pos.entity_id = ${entityId} and pos.duty = 'jefatura_ogac' limit 1),
        given as (
          select p.id as person, pos.agency_id, s.id as point from person p join tenure t on t.person_id = p.id
            join position pos on pos.id = t.position_id join service_point s on s.agency_id = pos.agency_id
            where p.entity_id = ${entityId} and p.display_name like ${name('Auxiliar')} || '%'
          union all select leader.person_id, s.agency_id, s.id from service_point s, leader
            where s.entity_id = ${entityId} and s.name like ${name('Punto solo')} || '%'),
        numbered as (select given.*, row_number() over () + coalesce((select max(n) from access_grant), 0) as n from given)
      insert into access_grant (id, entity_id, year, n, code, vigencia, agency_id, point_id, grantee_id, form, radicado, radicado_on,
          reason, starts_on, ends_on, content_hash, asked_by, asked_position, status, begun_at)
        select gen_random_uuid(), ${entityId}, 2020, n, ${name('AD')} || n, extract(year from app_today()), agency_id, point, person,
          'F004', 'x', app_today(), 'x', app_today(), (extract(year from app_today()) || '-12-31')::date, 'x', asker.person_id,
          asker.position_id, 'granted', app_now()
        from numbered, asker
      returning id, grantee_id = (select person_id from leader) as "isAlone"`)
    const ids = (isAlone: boolean) => granted.filter((one) => one.isAlone === isAlone).map(({ id }) => id)
    return { heads: heads.map((head) => head.name), reviewed: ids(false), alone: ids(true) }
  })
}

/** The workflow of each access, as its request starts it, until each has shown what it opens. */
export async function startDelegations(
  client: Client,
  { owner, entityId }: { owner: Database; entityId: string },
  grantIds: readonly string[],
): Promise<void> {
  const waiting = [...grantIds]
  const start = async () => {
    for (let grantId = waiting.shift(); grantId !== undefined; grantId = waiting.shift())
      await client.workflow.start('delegation', {
        ...{ taskQueue: TASK_QUEUE, workflowId: delegationWorkflowId(grantId) },
        args: [{ entityId, grantId, actId: grantId }],
      })
  }
  await Promise.all(Array.from({ length: AT_ONCE }, start))
  await eventually(() => mustHaveShown(owner, entityId, grantIds), PATIENCE_S)
}

/** An access in force was probed when it began. */
async function mustHaveShown(owner: Database, entityId: string, grantIds: readonly string[]): Promise<void> {
  const { rows } = await withEntity(owner, entityId, (trx) =>
    sql<{ n: number }>`select count(distinct grant_id)::int as n from access_probe
      where moment = 'begun' and grant_id = any(${[...grantIds]}::uuid[])`.execute(trx),
  )
  const left = grantIds.length - (rows[0]?.n ?? 0)
  if (left === 0) return
  await sleep(500)
  throw new Error(`${left} accesses have shown nothing yet`)
}
