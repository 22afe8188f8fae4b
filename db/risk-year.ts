/** What a year of the risk process comes to (features D10 to D12): counts, and what stood out. */
import { sql } from 'kysely'
import type { RunStatus } from '../domain/control-runs.ts'
import type { FindingOrigin, FindingStatus } from '../domain/findings.ts'
import type { ActionStatus } from '../domain/improvement.ts'
import { inYear } from './civil-years.ts'
import type { Trx } from './client.ts'

interface Counted<K extends string> {
  key: K
  n: number
}

/** Runs whose period begins in the year, by what became of them; `late`: missed at first, and made up for. */
export async function countRunsOfYear(
  trx: Trx,
  entityId: string,
  year: number,
): Promise<(Counted<RunStatus> & { late: number })[]> {
  const found = await sql<Counted<RunStatus> & { late: number }>`
    select status as key, count(*)::int as n,
      (count(*) filter (where missed_on is not null and status <> 'missed'))::int as late
    from control_run where entity_id = ${entityId} and ${inYear(sql`period_start`, year)}
    group by status order by status`.execute(trx)
  return found.rows
}

export interface MissedControl {
  control: string
  risk: string
  owner: string
  runs: number
  missed: number
}

/** Controls with a run of the year that nobody carried out in time, those with most first. */
export async function listMissedOfYear(trx: Trx, entityId: string, year: number, limit = 50): Promise<MissedControl[]> {
  const found = await sql<MissedControl>`
    select c.code as control, r.code as risk, p.name as owner, count(*)::int as runs,
      (count(*) filter (where u.missed_on is not null))::int as missed
    from control_run u join risk_control c on c.id = u.control_id join risk r on r.id = c.risk_id
      join position p on p.id = c.owner_position
    where u.entity_id = ${entityId} and ${inYear(sql`u.period_start`, year)}
    group by c.code, c.n, r.code, p.name having count(*) filter (where u.missed_on is not null) > 0
    order by missed desc, c.n limit ${limit}`.execute(trx)
  return found.rows
}

export interface ReviewsOfYear {
  kept: number
  reassess: number
  /** After the day by which they were to be. */
  late: number
  /** Due in the year and still open. */
  open: number
}

export async function countReviewsOfYear(trx: Trx, entityId: string, year: number): Promise<ReviewsOfYear> {
  const found = await sql<ReviewsOfYear>`
    select (count(*) filter (where conclusion = 'kept'))::int as kept,
      (count(*) filter (where conclusion = 'reassess'))::int as reassess,
      (count(*) filter (where reviewed_on > due_on))::int as late,
      (select count(*)::int from follow_up f where f.entity_id = ${entityId} and f.kind = 'risk_review'
        and f.status = 'open' and ${inYear(sql`f.due_on`, year)}) as open
    from risk_review where entity_id = ${entityId} and ${inYear(sql`reviewed_on`, year)}`.execute(trx)
  return found.rows[0] ?? { kept: 0, reassess: 0, late: 0, open: 0 }
}

/** Findings of the year by where they come from and how far they are. */
export async function countFindingsOfYear(
  trx: Trx,
  entityId: string,
  year: number,
): Promise<{ origin: FindingOrigin; status: FindingStatus; n: number }[]> {
  const found = await sql<{ origin: FindingOrigin; status: FindingStatus; n: number }>`
    select origin, status, count(*)::int as n from finding where entity_id = ${entityId} and year = ${year}
    group by origin, status order by origin, status`.execute(trx)
  return found.rows
}

/** Actions of findings and of treatments that were to be done in the year, by their state. */
export async function countActionsOfYear(trx: Trx, entityId: string, year: number): Promise<Counted<ActionStatus>[]> {
  const found = await sql<Counted<ActionStatus>>`
    select status as key, count(*)::int as n from improvement_action
    where entity_id = ${entityId} and (finding_id is not null or origin in ('finding', 'risk')) and ${inYear(sql`due_date`, year)}
    group by status order by status`.execute(trx)
  return found.rows
}

/** Years in which something of the process happened, the last first. */
export async function listRiskYears(trx: Trx, entityId: string): Promise<number[]> {
  const found = await sql<{ year: number }>`
    select distinct year::int from (
      select extract(year from min(period_start)) as year from control_run where entity_id = ${entityId}
      union select extract(year from created_at at time zone 'America/Bogota') from risk where entity_id = ${entityId}
      union select extract(year from reviewed_on) from risk_review where entity_id = ${entityId}
      union select extract(year from occurred_on) from risk_event where entity_id = ${entityId}
      union select year from finding where entity_id = ${entityId}) known
    where year is not null order by 1 desc limit 30`.execute(trx)
  return found.rows.map(({ year }) => year)
}
