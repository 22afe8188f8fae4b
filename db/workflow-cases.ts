/** The things whose workflow takes acts or brings them to the public, and how far what Temporal says of each was read (I3; decision 0060). */
import { type RawBuilder, sql } from 'kysely'
import type { Trx } from './client.ts'

/** Beginnings of the ids of workflows, which `workflows/messages.ts` knows. */
export interface WorkflowNames {
  cycle: string
  grant: string
  rights: string
  acceptance: string
  disposal: string
  campaign: string
  /** What stands between a campaign and a list of it. */
  list: string
  publication: string
  correction: string
  dissemination: string
  /** Names of the Updates by which somebody decides; others only ask whether a beginning stands. */
  deciding: readonly string[]
}

/** How long a workflow has to begin, after the row that begins it. */
const BEGINNING = '10 minutes'

/** `is_open`: its workflow has to run; `over_at`: since when it has not; `takes_acts`: it begins by one. */
export function casesOf(entityId: string, names: WorkflowNames): RawBuilder<unknown> {
  return sql`
    select 'cycle' as table_name, id, id as about_id, ${names.cycle}::text || id as workflow_id, status = 'active' as is_open,
      closed_at as over_at, true as takes_acts from cycle where entity_id = ${entityId} and status <> 'requested'
    union all select 'access_grant', id, id, ${names.grant}::text || id, status in ('asked', 'accepted', 'granted'), ended_at, true
      from access_grant where entity_id = ${entityId}
    union all select 'rights_request', id, id, ${names.rights}::text || id, ended_at is null, ended_at, true
      from rights_request where entity_id = ${entityId}
    union all select 'risk_acceptance', id, risk_id, ${names.acceptance}::text || id, ended_at is null, ended_at, true
      from risk_acceptance where entity_id = ${entityId}
    union all select 'disposal', id, cycle_id, ${names.disposal}::text || id, ended_at is null, ended_at, true
      from disposal where entity_id = ${entityId}
    union all select 'control_run', id, control_id, workflow_id, closed_at is null, closed_at, true
      from control_run where entity_id = ${entityId}
    union all select 'access_campaign', id, id, ${names.campaign}::text || id, closed_at is null and status <> 'refused', closed_at, true
      from access_campaign where entity_id = ${entityId}
    union all select 'review_list', l.id, c.id, ${names.campaign}::text || c.id || ${names.list}::text || l.id, null, c.closed_at, true
      from review_list l join access_campaign c on c.id = l.campaign_id where l.entity_id = ${entityId}
    union all select 'release', r.id, r.id, ${names.publication}::text || coalesce(r.step_version_id, s.version_id), r.status in ('draft', 'scheduled'),
      coalesce(r.published_at, r.held_at), false
      from release r join cycle c on c.id = r.cycle_id left join step s on s.cycle_id = r.cycle_id and s.code = '7' and s.status = 'approved'
      where r.entity_id = ${entityId} and r.corrects_id is null
        and (r.step_version_id is not null or s.version_id is not null and c.closed_at < app_now() - ${sql.lit(BEGINNING)}::interval)
    union all select 'correction', c.id, c.id, ${names.correction}::text || c.id, c.status = 'approved',
      case c.status when 'withdrawn' then c.settled_at else coalesce(r.published_at, r.held_at) end, false
      from correction c join release r on r.id = c.release_id where c.entity_id = ${entityId} and not c.start_wanted
        and (c.status in ('approved', 'published', 'held') or c.status = 'withdrawn' and r.approved_at is not null)
    union all select distinct 'agency_summary', s.cycle_id, s.cycle_id, ${names.dissemination}::text || s.cycle_id,
      exists (select from notice n join agency_summary o on o.id = n.summary_id where o.cycle_id = s.cycle_id and n.status = 'planned'),
      null::timestamptz, false from agency_summary s where s.entity_id = ${entityId}`
}

/** The case an act is carried by. */
export const caseOfAct = (act: string) => sql`coalesce(${sql.ref(`${act}.cycle_id`)}, ${sql.ref(`${act}.grant_id`)},
  ${sql.ref(`${act}.rights_id`)}, ${sql.ref(`${act}.list_id`)}, ${sql.ref(`${act}.campaign_id`)}, ${sql.ref(`${act}.acceptance_id`)},
  ${sql.ref(`${act}.run_id`)}, ${sql.ref(`${act}.disposal_id`)})`

/** How long after a thing is over its workflow may still prove, tell or wait before that is a difference. */
const WINDING_UP = '3 days'

/** By its last reading `l`, the workflow of a case `c` does not stand as the case does: it may be put right, and the next reading says so. */
export const standsApart = sql`(l.status = 'MISSING' or c.is_open and l.status <> 'RUNNING'
  or c.over_at < l.read_at - ${sql.lit(WINDING_UP)}::interval and l.status = 'RUNNING')`

/** Days after which a history that still runs is read again, whether or not something moved here. */
const ROUND_DAYS = 7

/** How long after it was recorded an act may still be on its way into the history of its workflow, and clocks may differ. */
const ON_ITS_WAY = '10 minutes'

/** From when on a round reads: what is committed or confirmed later may not be in the histories that it finds. */
export interface RoundBeginning {
  /** Every transaction before it was over. */
  xid: string
  at: Date
}

/**
 * Workflows whose history has to be read: those never read of cases that have begun; those that did not stand as their case does; those that ran when
 * they were last read and of which rows were committed or acts confirmed since, or which are over by now; and every one that runs once a week. One
 * that was over with its case never changes.
 */
export async function listUnread(
  trx: Trx,
  { entityId, names, limit }: { entityId: string; names: WorkflowNames; limit: number },
): Promise<{ workflowIds: string[]; all: number; beginning: RoundBeginning }> {
  const begun =
    await sql<RoundBeginning>`select pg_snapshot_xmin(pg_current_snapshot())::text as xid, clock_timestamp() as at`.execute(
      trx,
    )
  const [beginning] = begun.rows
  if (!beginning) throw new Error('an instant is always one row')
  const { rows } = await sql<{ id: string; all: number }>`
    with acted as materialized (select ${caseOfAct('a')} as id, max(a.settled_at) as settled_at from act a
        where a.entity_id = ${entityId} and a.status in ('done', 'confirmed') group by 1),
      cases as materialized (select c.*, acted.settled_at from (${casesOf(entityId, names)}) c left join acted on acted.id = c.id
        where not c.takes_acts or acted.id is not null),
      last as (select distinct on (workflow_id) * from workflow_reading where entity_id = ${entityId} order by workflow_id, read_at desc),
      moved as (select about_id, max(xid) as xid from row_write where entity_id = ${entityId}
        and xid >= (select min(before_xid) from last where status = 'RUNNING') group by about_id)
    select c.workflow_id as id, count(*) over ()::int as "all" from cases c
      left join last l on l.workflow_id = c.workflow_id left join moved m on m.about_id = c.about_id left join moved o on o.about_id = c.id
    where l.workflow_id is null or ${standsApart} or l.status = 'RUNNING' and (greatest(m.xid, o.xid) >= l.before_xid
      or c.settled_at > l.read_at - ${sql.lit(ON_ITS_WAY)}::interval
      or c.over_at is not null and l.read_at < clock_timestamp() - interval '1 hour'
      or l.read_at < clock_timestamp() - make_interval(days => ${ROUND_DAYS}))
    order by l.read_at nulls first, c.workflow_id limit ${limit}`.execute(trx)
  return { workflowIds: rows.map(({ id }) => id), all: rows[0]?.all ?? 0, beginning }
}

export interface HistoryReading {
  workflowId: string
  /** Empty where Temporal has none. */
  runId: string
  /** As Temporal calls it; `MISSING` where it has none. */
  status: string
  closedAt: Date | null
  updates: { id: string; name: string; outcome: 'accepted' | 'done' | 'refused' }[]
}

/** Keeps what a history says, in place of what was read of it before: as of the beginning of its round, which is before it was read. */
export async function storeReading(
  trx: Trx,
  { entityId, beginning }: { entityId: string; beginning: RoundBeginning },
  reading: HistoryReading,
): Promise<void> {
  const { workflowId, runId, status, closedAt, updates } = reading
  const of = { entity_id: entityId, workflow_id: workflowId, run_id: runId }
  const read = { status, closed_at: closedAt, read_at: beginning.at, before_xid: beginning.xid }
  await trx
    .insertInto('workflow_reading')
    .values({ ...of, ...read })
    .onConflict((oc) => oc.columns(['workflow_id', 'run_id']).doUpdateSet(read))
    .execute()
  if (updates.length === 0) return
  await trx
    .insertInto('workflow_update')
    .values(updates.map(({ id, name, outcome }) => ({ ...of, update_id: id, name, outcome })))
    .onConflict((oc) =>
      oc.columns(['workflow_id', 'run_id', 'update_id']).doUpdateSet((eb) => ({ outcome: eb.ref('excluded.outcome') })),
    )
    .execute()
}
