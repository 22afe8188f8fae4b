import { type RawBuilder, sql } from 'kysely'
import { type Examination, KEPT_VIOLATIONS, type Violation } from '../../domain/controls.ts'
import type { Trx } from '../client.ts'
import { cameAt } from '../imported-log.ts'
import { TRACED_TABLES } from '../traced-tables.ts'
import type { Examine } from './examination.ts'
import { placeViolations } from './placed-violations.ts'

/** What was found of one row, before it has its page. */
interface SilentWrite {
  aboutId: string | null
  table: string
  reason: 'row_added' | 'row_changed' | 'row_removed'
  /** Null where no trace says when and by which role: it was written past the triggers. */
  at: string | null
  writer: string | null
  /** What an explanation names it by, and of how many rows it is. */
  difference: string
  rows: number
}

/**
 * Nothing with legal effect is written without its event (I3, P36; decision 0060): every transaction that left a trace wrote an event, or stored
 * an act that came to one; and every row is as its last trace left it.
 */
export const writeWithoutEvent: Examine = async (trx, { entityId }) => {
  await sql`set local work_mem = '128MB'`.execute(trx)
  const unwatched = await listUnwatched(trx)
  const { rows } = await sql<
    Omit<Examination, 'violations'> & { kept: SilentWrite[]; settled: string; open: string | null }
  >`
    with prior as materialized (${priorRun(entityId)}),
    writes as materialized (select xid from row_write where entity_id = ${entityId} and (
      xid >= least(pg_snapshot_xmin(pg_current_snapshot()), (select settled from prior))
      or xid = any(array(select unnest(string_to_array(open, ' '))::xid8 from prior)))
    ), judged as materialized (
      select w.xid from (select distinct xid from writes) w
      where not exists (select from event e where e.entity_id = ${entityId} and e.xid = w.xid and e.at >= ${cameAt(entityId)})
        and not exists (select from migration_xids() m where m = (w.xid::text::bigint & 4294967295))
    ), silent as materialized (select w.xid from judged w where not ${ofAnAct(entityId, sql`${TOLD} or ${WAITING}`)}
    ), unsettled as materialized (select w.xid, row_number() over (order by w.xid) as n from judged w where not ${ofAnAct(entityId, TOLD)}
        and not exists (select from difference_explanation x
          where x.entity_id = ${entityId} and x.difference = 'transaction ' || w.xid) order by w.xid limit ${KEPT_OPEN + 1}
    ), mark as (select least((select xid from unsettled where n > ${KEPT_OPEN}), pg_snapshot_xmin(pg_current_snapshot())) as xid
    ), differing as materialized (
      select distinct on (w.xid, w.table_name, w.row_id) w.about_id as "aboutId", w.table_name as "table",
        case when w.digest is null then 'row_removed'
          when exists (select from row_write b where b.entity_id = w.entity_id and b.table_name = w.table_name
            and b.row_id = w.row_id and b.seq < w.seq and b.digest is not null) then 'row_changed'
          else 'row_added' end as reason,
        to_char(w.written_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, w.writer, 'transaction ' || w.xid as difference
      from row_write w join silent using (xid) where w.entity_id = ${entityId}
      order by w.xid, w.table_name, w.row_id, w.seq desc
    ), past as materialized (
      select u.about_id as "aboutId", u.table_name as "table", u.reason, null::text as at, null::text as writer,
        'row ' || u.table_name || ' ' || u.row_id || ' ' || coalesce(encode(u.digest, 'hex'), 'gone') as difference
      from untraced_rows(${entityId}) u
    ), everything as materialized (
      select d.*, count(*) over (partition by d.difference)::int as rows from (select * from differing union all select * from past) d
      where not exists (select from difference_explanation x where x.entity_id = ${entityId} and x.difference = d.difference)
    ), kept as (select * from everything order by at, "table", difference limit ${KEPT_VIOLATIONS})
    select (select count(*)::int from writes) as "lookedAt", (select xid from mark)::text as settled,
      (select string_agg(xid::text, ' ' order by xid) from unsettled where xid < (select xid from mark)) as open,
      (select count(*)::int from everything) as found, (select coalesce(jsonb_agg(to_jsonb(kept)), '[]') from kept) as kept`.execute(
    trx,
  )
  const [row] = rows
  if (!row) throw new Error('a count is always one row')
  const placed = await placeViolations(
    trx,
    entityId,
    row.kept.map(({ aboutId, reason, table, at, writer, difference, rows: all }) => ({
      aboutId,
      reason,
      facts: { table, difference, rows: String(all), ...(at !== null && writer !== null && { at, writer }) },
    })),
  )
  return {
    lookedAt: row.lookedAt,
    found: row.found + unwatched.length,
    violations: [...unwatched, ...placed].slice(0, KEPT_VIOLATIONS),
    facts: { settled: row.settled, ...(row.open !== null && { open: row.open }) },
  }
}

/** Transactions in question that a run hands on by name; where there are more, the next judges again all since the first beyond them. */
const KEPT_OPEN = 100

/**
 * What the last run left to the next: `settled`, before which transaction all were in order for good but those `open`, and none runs any more. What
 * is asked each night does not grow with the years. Only a run that is over and on record says so, and of nothing to come. One transaction that is silent,
 * or whose act waits, stays in question until it is explained or told, and holds up no other.
 */
const priorRun = (entityId: string) => sql`
  select coalesce(max(p.settled), '0'::xid8) as settled, max(p.open) as open from (
    select (r.facts ->> 'settled')::xid8 as settled, r.facts ->> 'open' as open from automatic_check_run r
    where r.entity_id = ${entityId} and r.control = 'write_without_event' and r.finished_at is not null and r.facts ? 'settled'
      and r.finished_at >= ${cameAt(entityId)}
      and exists (select from event e where e.entity_id = r.entity_id and e.object_id = r.id and e.type in ('check.passed', 'check.failed'))
    order by r.finished_at desc limit 1) p`

/** A row before anything is sent (model.md §3): the act itself and what it names come to their event later, or wait for it. */
const TOLD = sql`exists (select from event e where e.act_id = a.row_id::uuid)`
const WAITING = sql`exists (select from act where act.id = a.row_id::uuid and act.status = 'stored')`
const ofAnAct = (entityId: string, stands: RawBuilder<unknown>) => sql`exists (select from row_write a
  where a.entity_id = ${entityId} and a.xid = w.xid and a.table_name = 'act' and a.writer in ('caracteriza_web', 'caracteriza_worker')
    and (${stands}))`

/** Tables whose trigger somebody took away or switched off: nothing would be seen of them. */
async function listUnwatched(trx: Trx): Promise<Violation[]> {
  const { rows } = await sql<{ name: string }>`select table_name as name from traced_tables()`.execute(trx)
  const watched = new Set(rows.map(({ name }) => name))
  const missing = Object.keys(TRACED_TABLES).filter((table) => !watched.has(table))
  return missing.map((table) => ({
    ...{ kind: 'none', id: table, place: null, label: '', reason: 'not_watched' },
    facts: { table, difference: `table ${table}` },
  }))
}
