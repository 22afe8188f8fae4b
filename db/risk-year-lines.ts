/** What happened to the risks of an entity, line by line, for its files: runs, reviews, readings and what came true. */
import { type RawBuilder, sql } from 'kysely'
import type { RunStatus } from '../domain/control-runs.ts'
import type { IndicatorFrequency, IndicatorUnit, ReadingLevel } from '../domain/risk-indicators.ts'
import type { ReviewConclusion } from '../domain/risk-reviews.ts'
import { inYear } from './civil-years.ts'
import type { Trx } from './client.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import type { ReportedYear } from './risk-year.ts'

interface YearFilters {
  /** Civil year; every year where it is not given. */
  year?: number
  cursor?: string | null
  limit?: number
}

/** The year in which it was written down, for the report of that year: what comes later stands in the next one. */
interface Known {
  knownIn?: ReportedYear
}

const writtenIn = (at: RawBuilder<unknown>, { year }: ReportedYear) =>
  inYear(sql`(${at} at time zone 'America/Bogota')::date`, year)

/** Day first, the last ones first; `day` and `id` are expressions of the query. */
function within(
  conditions: RawBuilder<unknown>[],
  { day, id }: { day: RawBuilder<unknown>; id: RawBuilder<unknown> },
  { year, cursor }: YearFilters,
): RawBuilder<unknown> {
  const after = decodeCursor(cursor, ['date', 'id'])
  const all = [...conditions]
  if (year !== undefined) all.push(inYear(day, year))
  if (after) all.push(sql`(${day}, ${id}) < (${after[0]}::date, ${after[1]}::uuid)`)
  return sql`where ${sql.join(all, sql` and `)} order by ${day} desc, ${id} desc`
}

const paged = <R extends { key: string; id: string }>(rows: R[], limit: number) =>
  pageOf(rows, limit, ({ key, id }) => [key, id])

export interface RunOfYear {
  risk: string
  control: string
  owner: string
  start: string
  end: string
  dueOn: string
  status: RunStatus
  missedOn: string | null
  executedBy: string | null
  checkedBy: string | null
}

/** Runs of all controls, or of one, by the first day of their period. */
export async function listRunsOfEntity(
  trx: Trx,
  entityId: string,
  { control, limit = 25, ...filters }: YearFilters & { control?: string } = {},
): Promise<Page<RunOfYear>> {
  const of = sql`u.entity_id = ${entityId} ${control === undefined ? sql`` : sql`and c.code = ${control}`}`
  const found = await sql<RunOfYear & { key: string; id: string }>`
    select r.code as risk, c.code as control, p.name as owner, u.period_start as start, u.period_end as end,
      u.due_on as "dueOn", u.status, u.missed_on as "missedOn", e.name as "executedBy", k.name as "checkedBy",
      u.period_start::text as key, u.id
    from control_run u join risk_control c on c.id = u.control_id join risk r on r.id = c.risk_id
      join position p on p.id = c.owner_position left join position e on e.id = u.executed_position
      left join position k on k.id = u.checked_position
    ${within([of], { day: sql`u.period_start`, id: sql`u.id` }, filters)} limit ${limit + 1}`.execute(trx)
  return paged(found.rows, limit)
}

export interface ReviewOfYear {
  risk: string
  on: string
  dueOn: string
  conclusion: ReviewConclusion
  lookedAt: string
  reason: string
  position: string
}

export async function listReviewsOfEntity(
  trx: Trx,
  entityId: string,
  { limit = 25, ...filters }: YearFilters = {},
): Promise<Page<ReviewOfYear>> {
  const found = await sql<ReviewOfYear & { key: string; id: string }>`
    select r.code as risk, v.reviewed_on as on, v.due_on as "dueOn", v.conclusion, v.looked_at as "lookedAt", v.reason,
      p.name as position, v.reviewed_on::text as key, v.id
    from risk_review v join risk r on r.id = v.risk_id join position p on p.id = v.position_id
    ${within([sql`v.entity_id = ${entityId}`], { day: sql`v.reviewed_on`, id: sql`v.id` }, filters)}
    limit ${limit + 1}`.execute(trx)
  return paged(found.rows, limit)
}

export interface EventOfYear {
  id: string
  risk: string
  occurredOn: string
  endedOn: string | null
  times: number
  description: string
  consequences: string
  measures: string
  position: string
}

/** What came true, by the day on which it happened. */
export async function listEventsOfEntity(
  trx: Trx,
  entityId: string,
  { knownIn, limit = 25, ...filters }: YearFilters & Known = {},
): Promise<Page<EventOfYear>> {
  const of = [sql`e.entity_id = ${entityId}`, ...(knownIn ? [writtenIn(sql`e.written_at`, knownIn)] : [])]
  const found = await sql<EventOfYear & { key: string }>`
    select e.id, r.code as risk, e.occurred_on as "occurredOn", e.ended_on as "endedOn", e.times, e.description,
      e.consequences, e.measures, p.name as position, e.occurred_on::text as key
    from risk_event e join risk r on r.id = e.risk_id join position p on p.id = e.position_id
    ${within(of, { day: sql`e.occurred_on`, id: sql`e.id` }, filters)}
    limit ${limit + 1}`.execute(trx)
  return paged(found.rows, limit)
}

export interface ReadingOfYear {
  indicator: string
  name: string
  risk: string
  from: string
  to: string
  numerator: number
  denominator: number | null
  value: number
  unit: IndicatorUnit
  level: ReadingLevel
  note: string | null
  position: string
}

/** Readings of all indicators, or of one, by the first day of their period. */
export async function listReadingsOfEntity(
  trx: Trx,
  entityId: string,
  { indicator, limit = 25, ...filters }: YearFilters & { indicator?: string } = {},
): Promise<Page<ReadingOfYear>> {
  const of = sql`m.entity_id = ${entityId} ${indicator === undefined ? sql`` : sql`and i.code = ${indicator}`}`
  const found = await sql<ReadingOfYear & { key: string; id: string }>`
    select i.code as indicator, i.name, r.code as risk, m.period_from as "from", m.period_to as "to",
      m.numerator::float8 as numerator, m.denominator::float8 as denominator, m.value::float8 as value, i.unit, m.level,
      m.note, p.name as position, m.period_from::text as key, m.id
    from indicator_reading m join risk_indicator i on i.id = m.indicator_id join risk r on r.id = i.risk_id
      join position p on p.id = m.position_id
    ${within([of], { day: sql`m.period_from`, id: sql`m.id` }, filters)} limit ${limit + 1}`.execute(trx)
  return paged(found.rows, limit)
}

export interface IndicatorOfYear {
  code: string
  n: number
  name: string
  risk: string
  owner: string
  unit: IndicatorUnit
  frequency: IndicatorFrequency
  goal: number
  critical: number
  /** In the year, or ever. */
  readings: number
  criticals: number
  /** Of the last reading among them; null where there is none. */
  value: number | null
  level: ReadingLevel | null
  retired: boolean
}

/** Every indicator in the order of its code, with its readings of a year; `knownIn`: what was corrected later reads as it did at the end of that year. */
export async function listIndicatorsOfEntity(
  trx: Trx,
  entityId: string,
  { year, knownIn, cursor, limit = 25 }: YearFilters & Known = {},
): Promise<Page<IndicatorOfYear>> {
  const after = decodeCursor(cursor, ['number'])
  const later = after ? sql`and i.n > ${Number(after[0])}` : sql``
  const ofPeriod = year === undefined ? sql`` : sql`and ${inYear(sql`m.period_from`, year)}`
  const counted = knownIn ? sql`and ${writtenIn(sql`m.written_at`, knownIn)}` : ofPeriod
  const end = sql`${knownIn?.before ?? 'infinity'}::timestamptz`
  const found = await sql<IndicatorOfYear>`
    select i.code, i.n, coalesce(s.sheet ->> 'name', i.name) as name, r.code as risk, 
      coalesce(s.sheet ->> 'owner', p.name) as owner, i.unit, i.frequency,
      coalesce((s.sheet ->> 'goal')::float8, i.goal::float8) as goal,
      coalesce((s.sheet ->> 'critical')::float8, i.critical::float8) as critical, c.readings, c.criticals, l.value, l.level, coalesce(i.retired_at < ${end}, false) as retired
    from risk_indicator i join risk r on r.id = i.risk_id join position p on p.id = i.owner_position
      join lateral (select count(*)::int as readings, (count(*) filter (where m.level = 'critical'))::int as criticals
        from indicator_reading m where m.indicator_id = i.id ${counted}) c on true
      left join lateral (select m.value::float8 as value, m.level from indicator_reading m
        where m.indicator_id = i.id ${counted} order by m.period_from desc limit 1) l on true
      left join lateral (select o.sheet from indicator_version o
        where o.indicator_id = i.id and o.corrected_at >= ${end} order by o.n limit 1) s on true
    where i.entity_id = ${entityId} and i.created_at < ${end} ${later} order by i.n limit ${limit + 1}`.execute(trx)
  return pageOf(found.rows, limit, ({ n }) => [String(n)])
}
