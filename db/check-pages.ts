/** What pages read of the automatic controls: how each stands, its runs, and how far a round is. */
import { sql } from 'kysely'
import type { CheckResult, ControlId, ControlState, Violation } from '../domain/controls.ts'
import { KEPT, type Trx } from './client.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

export interface ControlStanding {
  control: ControlId
  state: ControlState
  lastAt: Date | null
  lookedAt: number | null
  found: number | null
  /** Since when its incident is open; null where it has none. */
  openSince: Date | null
}

/** How each control that was ever run or asked for stands; one that never was is left out. */
export async function listControlStandings(trx: Trx, entityId: string): Promise<ControlStanding[]> {
  const { rows } = await sql<ControlStanding>`
    select c.control, case when exists (select from automatic_check_run w join check_round o on o.id = w.round_id
        where w.entity_id = ${entityId} and w.control = c.control and w.finished_at is null and o.ended_at is null) then 'running'
        else coalesce(l.result, 'never') end as state,
      l.finished_at as "lastAt", l.looked_at as "lookedAt", l.found, i.opened_at as "openSince"
    from (select distinct control from automatic_check_run where entity_id = ${entityId}) c
    left join lateral (select result, finished_at, looked_at, found from automatic_check_run r
      where r.entity_id = ${entityId} and r.control = c.control and r.finished_at is not null
      order by r.finished_at desc, r.id desc limit 1) l on true
    left join incident i on i.entity_id = ${entityId} and i.control = c.control and i.closed_at is null`.execute(trx)
  return rows
}

/** How many runs of the rounds under way are over, and of how many; null where none is. */
export async function findProgress(trx: Trx, entityId: string): Promise<{ done: number; all: number } | null> {
  const { rows } = await sql<{ done: number; all: number }>`
    select count(r.finished_at)::int as done, count(*)::int as all from check_round o
    join automatic_check_run r on r.round_id = o.id where o.entity_id = ${entityId} and o.ended_at is null`.execute(trx)
  const [row] = rows
  return row && row.all > row.done ? row : null
}

export interface RunLine {
  id: string
  finishedAt: Date
  result: CheckResult
  lookedAt: number | null
  found: number | null
  seconds: number
  failureCode: string | null
  contentHash: string
  /** Position of who asked for it; null where the Schedule did. */
  askedBy: string | null
}

/** Runs of a control, the latest first, 25 a page. */
export async function listRuns(
  trx: Trx,
  entityId: string,
  control: ControlId,
  { cursor = null, limit = 25 }: { cursor?: string | null; limit?: number } = {},
): Promise<Page<RunLine>> {
  const after = decodeCursor(cursor, ['instant', 'id'])
  const later = after ? sql`and (r.finished_at, r.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``
  const { rows } = await sql<RunLine & { key: string }>`${KEPT}
    select r.id, r.finished_at as "finishedAt", r.result, r.looked_at as "lookedAt", r.found, r.failure_code as "failureCode",
      extract(epoch from r.finished_at - r.started_at)::float8 as seconds, r.content_hash as "contentHash", pos.name as "askedBy",
      r.finished_at::text as key
    from automatic_check_run r join check_round o on o.id = r.round_id left join position pos on pos.id = o.asked_position
    where r.entity_id = ${entityId} and r.control = ${control} and r.finished_at is not null ${later}
    order by r.finished_at desc, r.id desc limit ${sql.lit(limit + 1)}`.execute(trx)
  return pageOf(rows, limit, (row) => [row.key, row.id])
}

export interface LastRun {
  violations: Violation[]
  found: number | null
  facts: Record<string, string | number>
  failureCode: string | null
}

/** What the last run of a control kept of the rows that break it. */
export async function findLastRun(trx: Trx, entityId: string, control: ControlId): Promise<LastRun | undefined> {
  const { rows } = await sql<LastRun>`
    select violations, found, facts, failure_code as "failureCode" from automatic_check_run
    where entity_id = ${entityId} and control = ${control} and finished_at is not null
    order by finished_at desc, id desc limit 1`.execute(trx)
  return rows[0]
}

/** Controls in red, the longest first. */
export async function listControlsInRed(trx: Trx, entityId: string): Promise<{ control: ControlId; since: Date }[]> {
  const { rows } = await sql<{ control: ControlId; since: Date }>`
    select control, opened_at as since from incident
    where entity_id = ${entityId} and control is not null and closed_at is null order by opened_at, control`.execute(
    trx,
  )
  return rows
}
