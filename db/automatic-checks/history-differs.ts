import { type RawBuilder, sql } from 'kysely'
import type { Examination } from '../../domain/controls.ts'
import { KEPT_VIOLATIONS } from '../../domain/controls.ts'
import type { Trx } from '../client.ts'
import { caseOfAct, casesOf, standsApart, type WorkflowNames } from '../workflow-cases.ts'
import { anyOf } from './examination.ts'
import { placeViolations } from './placed-violations.ts'

/**
 * What Temporal says was done is what the tables say, both ways (I3; decision 0060), by what was read of the histories (db/workflow-cases.ts):
 * Updates that were carried out and acts, and workflows that run and things that are open. `unread`: what could not be read proves nothing.
 */
export async function historyDiffers(
  trx: Trx,
  { entityId, names, unread }: { entityId: string; names: WorkflowNames; unread: readonly string[] },
): Promise<Examination> {
  await sql`set local work_mem = '128MB'`.execute(trx)
  const { rows } = await sql<Omit<Examination, 'violations'> & { kept: Difference[] }>`
    with cases as materialized (${casesOf(entityId, names)}),
    last as materialized (select distinct on (workflow_id) * from workflow_reading where entity_id = ${entityId}
      order by workflow_id, read_at desc),
    updates as materialized (select u.*, case when u.update_id ~ '^[0-9a-f-]{36}$' then u.update_id::uuid end as act_id from workflow_update u where u.entity_id = ${entityId}),
    acts as materialized (select a.*, ${caseOfAct('a')} as case_id from act a where a.entity_id = ${entityId}),
    differing as materialized (select d.*, d.reason || ' ' || d.difference as name from (${differences(names, unread)}) d),
    everything as materialized (select * from differing d where not exists (select from difference_explanation x
      where x.entity_id = ${entityId} and x.difference = d.name)),
    kept as (select about_id as "aboutId", table_name as "table", reason, name as difference from everything
      order by reason, name limit ${KEPT_VIOLATIONS})
    select (select count(*) from acts where status in ('done', 'confirmed'))::int + (select count(*) from last)::int as "lookedAt",
      (select count(*)::int from everything) as found, (select coalesce(jsonb_agg(to_jsonb(kept)), '[]') from kept) as kept`.execute(
    trx,
  )
  const [row] = rows
  if (!row) throw new Error('a count is always one row')
  const unplaced = row.kept.map(({ aboutId, reason, table, difference }) => ({
    aboutId,
    reason,
    facts: { table, difference },
  }))
  return { lookedAt: row.lookedAt, found: row.found, violations: await placeViolations(trx, entityId, unplaced) }
}

interface Difference {
  aboutId: string | null
  table: string
  reason: string
  difference: string
}

/** An act that was recorded before its workflow ended and confirmed after: it was on its way, and the workflow ended by itself. */
const WENT_BY = sql`l.closed_at is not null and a.settled_at >= l.closed_at - interval '1 minute' and exists (select from event e
  where e.act_id = a.id and e.at <= l.closed_at)`

const differences = ({ deciding }: WorkflowNames, unread: readonly string[]): RawBuilder<unknown> =>
  anyOf(
    sql`select c.about_id, coalesce(c.table_name, '') as table_name, case when a.id is null then 'update_without_act' else 'update_undone' end as reason,
      u.update_id as difference
    from updates u left join acts a on a.id = u.act_id left join cases c on c.workflow_id = u.workflow_id
    where u.outcome = 'done' and u.name = any(${[...deciding]}::text[])
      and (a.id is null or a.status not in ('done', 'confirmed'))`,
    sql`select c.about_id, c.table_name, 'act_without_update', a.id::text
    from acts a join cases c on c.id = a.case_id join last l on l.workflow_id = c.workflow_id and l.status <> 'MISSING'
    where a.status = 'confirmed' and a.settled_at < l.read_at
      and not exists (select from updates u where u.act_id = a.id and u.workflow_id = c.workflow_id) and not (${WENT_BY})`,
    sql`select c.about_id, c.table_name, case when l.status = 'MISSING' then 'history_missing' when c.is_open then 'ended_early'
      else 'never_ended' end, c.workflow_id || case when l.status = 'MISSING' then coalesce((select ' ' || r.run_id from workflow_reading r
        where r.workflow_id = c.workflow_id and r.status <> 'MISSING' order by r.read_at desc limit 1), '') else '' end
    from cases c join last l on l.workflow_id = c.workflow_id where ${standsApart}`,
    sql`select c.about_id, c.table_name, 'history_unread', c.workflow_id from cases c where c.workflow_id = any(${[...unread]}::text[])`,
    sql`select null::uuid, '', 'thing_missing', l.workflow_id
    from last l where not exists (select from cases c where c.workflow_id = l.workflow_id)`,
  )
