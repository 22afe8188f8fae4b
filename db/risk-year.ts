/**
 * What a year of the risk process comes to (features D10 to D12): counts, and what stood out, as it was at the end of the year.
 * What came later is told by the record of events and by the entries of actions, so that the report of a past year stays as it was.
 */
import { type RawBuilder, sql } from 'kysely'
import { RUN_EVENTS, type RunStatus } from '../domain/control-runs.ts'
import { FINDING_EVENTS, type FindingOrigin, type FindingStatus } from '../domain/findings.ts'
import type { ActionStatus } from '../domain/improvement.ts'
import { inYear } from './civil-years.ts'
import type { Trx } from './client.ts'

export interface ReportedYear {
  year: number
  /** The instant it is over (`closeOfYear`); null for as things stand. */
  before: string | null
}

interface Counted<K extends string> {
  key: K
  n: number
}

const endOf = ({ before }: ReportedYear) => sql`${before ?? 'infinity'}::timestamptz`

/** What the last event of a row `of` before the end left of it; `statuses`: pairs of an event and the status it leaves. */
const leftBy = (of: RawBuilder<unknown>, statuses: readonly (readonly [string, string])[], year: ReportedYear) => sql`
  select k.status from event v join (values ${sql.join(statuses.map(([type, status]) => sql`(${type}, ${status})`))})
    k(type, status) on k.type = v.type
  where v.object_id = ${of} and v.at < ${endOf(year)} order by v.at desc, v.id desc limit 1`

const RUN_STATUS_OF = Object.entries(RUN_EVENTS).map(([status, type]) => [type, status] as const)

/** Runs whose period begins in the year and that had been opened by its end, each as it was then. */
function runsOf(entityId: string, year: ReportedYear): RawBuilder<unknown> {
  const of = sql`u.entity_id = ${entityId} and ${inYear(sql`u.period_start`, year.year)}`
  if (year.before === null)
    return sql`select u.control_id, u.status, u.missed_on is not null as missed from control_run u where ${of}`
  return sql`select u.control_id, s.status, exists (select from event m where m.object_id = u.id
      and m.type = ${RUN_EVENTS.missed} and m.at < ${endOf(year)}) as missed
    from control_run u join lateral (${leftBy(sql`u.id`, RUN_STATUS_OF, year)}) s on true where ${of}`
}

/** Runs of the year by what became of them; `late`: missed at first, and made up for. */
export async function countRunsOfYear(
  trx: Trx,
  entityId: string,
  year: ReportedYear,
): Promise<(Counted<RunStatus> & { late: number })[]> {
  const found = await sql<Counted<RunStatus> & { late: number }>`
    select status as key, count(*)::int as n, (count(*) filter (where missed and status <> 'missed'))::int as late
    from (${runsOf(entityId, year)}) u group by status order by status`.execute(trx)
  return found.rows
}

export interface MissedControl {
  control: string
  risk: string
  owner: string
  runs: number
  missed: number
}

/** Controls with a run of the year that nobody carried out in time, those with most first, of whoever answered for them then. */
export async function listMissedOfYear(
  trx: Trx,
  entityId: string,
  year: ReportedYear,
  limit = 50,
): Promise<MissedControl[]> {
  const found = await sql<MissedControl>`
    select c.code as control, r.code as risk, p.name as owner, u.runs, u.missed
    from (select control_id, count(*)::int as runs, (count(*) filter (where missed))::int as missed
        from (${runsOf(entityId, year)}) one group by control_id) u
      join risk_control c on c.id = u.control_id join risk r on r.id = c.risk_id
      join position p on p.id = coalesce((
        select (jsonb_path_query_first(h.changes, '$[*] ? (@.field == "owner_position").before') #>> '{}')::uuid
        from event h where h.object_id = c.id and h.type = 'control.handed' and h.at >= ${endOf(year)}
        order by h.at, h.id limit 1), c.owner_position)
    where u.missed > 0 order by u.missed desc, c.n limit ${limit}`.execute(trx)
  return found.rows
}

export interface ReviewsOfYear {
  kept: number
  reassess: number
  /** After the day by which they were to be. */
  late: number
  /** Due in the year, and open at its end. */
  open: number
}

export async function countReviewsOfYear(trx: Trx, entityId: string, year: ReportedYear): Promise<ReviewsOfYear> {
  const found = await sql<ReviewsOfYear>`
    select (count(*) filter (where conclusion = 'kept'))::int as kept,
      (count(*) filter (where conclusion = 'reassess'))::int as reassess,
      (count(*) filter (where reviewed_on > due_on))::int as late,
      (select count(*)::int from follow_up f where f.entity_id = ${entityId} and f.kind = 'risk_review'
        and f.opened_at < ${endOf(year)} and (f.status = 'open' or f.ended_at >= ${endOf(year)})
        and ${inYear(sql`f.due_on`, year.year)}) as open
    from risk_review where entity_id = ${entityId} and ${inYear(sql`reviewed_on`, year.year)}`.execute(trx)
  return found.rows[0] ?? { kept: 0, reassess: 0, late: 0, open: 0 }
}

/** Findings of the year by where they come from and how far they were. */
export async function countFindingsOfYear(
  trx: Trx,
  entityId: string,
  year: ReportedYear,
): Promise<{ origin: FindingOrigin; status: FindingStatus; n: number }[]> {
  const first: FindingStatus = 'to_analyse'
  const then = sql`coalesce((${leftBy(sql`f.id`, Object.entries(FINDING_EVENTS), year)}), ${first})`
  const found = await sql<{ origin: FindingOrigin; status: FindingStatus; n: number }>`
    select origin, status, count(*)::int as n from (
      select f.origin, ${year.before === null ? sql`f.status` : then} as status
      from finding f where f.entity_id = ${entityId} and f.year = ${year.year}) one
    group by origin, status order by origin, status`.execute(trx)
  return found.rows
}

/** Actions of findings and of treatments that were to be done in the year, by what had been said of them. */
export async function countActionsOfYear(
  trx: Trx,
  entityId: string,
  year: ReportedYear,
): Promise<Counted<ActionStatus>[]> {
  const first: ActionStatus = 'unreported'
  const then = sql`coalesce((select e.status from improvement_entry e where e.action_id = a.id
    and e.written_at < ${endOf(year)} order by e.n desc limit 1), ${first})`
  const found = await sql<Counted<ActionStatus>>`
    select status as key, count(*)::int as n from (
      select ${year.before === null ? sql`a.status` : then} as status from improvement_action a
      where a.entity_id = ${entityId} and a.created_at < ${endOf(year)} and ${inYear(sql`a.due_date`, year.year)}
        and (a.finding_id is not null or a.origin in ('finding', 'risk'))) one
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
